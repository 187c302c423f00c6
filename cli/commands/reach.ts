import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { allDeployed } from '../../config/deployments.ts';
import { versionOf } from '../../policies/clone-facts.ts';
import { cloneWaivers } from '../../policies/clone-waivers.ts';
import { judgedReach } from '../../policies/reach/accepted.ts';
import { answersTo, principalsNamed, principalsOf } from '../../policies/reach/ask.ts';
import { decidingSide } from '../../policies/reach/decide-request.ts';
import { newAccess } from '../../policies/reach/new-access.ts';
import type { ReachInputs } from '../../policies/reach/reach-inputs.ts';
import { reachOf } from '../../policies/reach/reach.ts';
import { reachWaivers } from '../../policies/reach/waivers.ts';
import { baseSide } from '../base/side.ts';
import { Findings, WrongInput } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { inSynthesized } from '../platform/in-synthesized.ts';
import { answerLines } from '../reach/present-answers.ts';
import { newAccessLines } from '../reach/present-new-access.ts';
import { platformOf } from '../reach/platform-of.ts';
import { questionIn } from '../reach/questions.ts';
import { reachInputs } from '../reach/reach-inputs.ts';
import { reachLines } from '../reach/present.ts';
import { type ReachReport, reachReport } from '../reach/reach-report.ts';
import { whyCall, whyLines } from '../reach/why-call.ts';
import { readPlatform } from '../read-platform.ts';
import { type Terminal, jsonText, terminalOf } from '../terminal.ts';

interface ReachOptions {
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
  readonly why?: readonly string[];
  readonly ask?: readonly string[];
  readonly as?: string;
  readonly newAccess?: string;
}

/** Everything that the modes of the command share. */
interface Run {
  readonly io: Io;
  readonly clone: Clone;
  readonly options: ReachOptions;
  readonly terminal: Terminal;
}

/** Options of two values, as help shows them: commander knows lists only. */
const terms: Readonly<Record<string, string>> = { '--why': '--why <action> <arn>', '--ask': '--ask <action> <arn>' };

/** `crosswind reach`: every call that the platform will make, decided from its templates. */
export function reachCommand(io: Io, clone: Clone): Command {
  return new Command('reach')
    .description('decide every call that the platform will make, and find permissions that no call needs')
    .configureHelp({ optionTerm: ({ long, flags }) => terms[long ?? ''] ?? flags })
    .option('--assembly <dir>', 'look at this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .addOption(
      new Option('--why <values...>', 'which planned calls ask for it, and what decides').conflicts([
        'ask',
        'newAccess',
      ]),
    )
    .addOption(new Option('--ask <values...>', 'who can, with which request').conflicts(['why', 'newAccess']))
    .option('--as <principal>', 'whom --ask is about: ARN of a role, id of an account, a service, or "*" for everyone')
    .addOption(
      new Option('--new-access <base>', 'what becomes possible since a git ref or a cloud assembly').conflicts([
        'why',
        'ask',
      ]),
    )
    .option('--json', 'print calls and decisions as JSON', false)
    .addHelpText(
      'after',
      [
        '',
        'Calls follow from the templates: what each state of a workflow, function, schedule, rule, alarm and action of the',
        'pipeline calls, as which principal, on which ARN, with the keys of what is encrypted. What a function calls is what',
        'its workload declares (`calls`). Policies of roles, resources, boundaries and the organization decide.',
        '',
        '--ask answers `no`, `yes with this request` or `undecidable` about the requests that it lists, and about no others:',
        'the request as AWS sends it, then each condition key that a statement asks for, met and not met. Without --as it asks',
        'for every role of the stacks and for an account that nobody knows, which is the same as the public. An account',
        'stands for an administrator in it.',
        '--new-access compares by meaning: a statement that is split, sorted or renamed is no new access.',
        '',
        'Exit codes: 0 nothing found, 1 wrong input, or a call is denied or cannot be decided, or a permission is not',
        'needed, or a waiver accepts nothing; 2 the synthesis failed. --why, --ask and --new-access: 0 whatever the answer is.',
      ].join('\n'),
    )
    .action((options: ReachOptions) => printReach({ io, clone, options, terminal: terminalOf(io, options) }));
}

async function printReach(run: Run): Promise<void> {
  const { why, ask, as, newAccess: base } = run.options;
  if (as !== undefined && !ask)
    throw new WrongInput('--as says whom --ask is about: write --ask <action> <arn> --as <principal>');
  if (why) return printWhy(run, why);
  if (ask) return printAnswers(run, ask, as);
  if (base !== undefined) return printNewAccess(run, base);
  return printCalls(run);
}

async function printCalls(run: Run): Promise<void> {
  const { clone, options } = run;
  const platform = await readPlatform(clone, resolve(options.file));
  const { waivers, problems } = cloneWaivers(clone, platform);
  if (problems.length > 0) throw new WrongInput(problems.join('\n'));
  const circumstances = {
    ...{ now: new Date(), version: versionOf(clone) },
    ...{ dueWaivers: 'report' as const, allDeployed: allDeployed(platform) },
  };
  const reach = await ofAssembly(run, (directory): ReachReport => {
    const { stacks, baseline, organization } = reachInputs(platform, directory);
    const decided = reachOf(stacks, baseline, organization);
    return reachReport(decided, judgedReach(decided, [...reachWaivers, ...waivers], circumstances));
  });
  print(run, reach, reachLines(reach, run.terminal.colors));
  const { denied, undecidable, unneeded } = reach;
  const wrongWaivers = reach.waivers.filter(({ severity }) => severity === 'error');
  if (denied.length + undecidable.length + unneeded.length + wrongWaivers.length === 0) return;
  throw new Findings(
    `calls denied: ${denied.length}, undecidable: ${undecidable.length}; permissions that no call needs: ${unneeded.length}; waivers that accept nothing: ${wrongWaivers.length}`,
  );
}

async function printWhy(run: Run, values: readonly string[]): Promise<void> {
  const { action, resource } = questionIn('--why', values);
  const { stacks, baseline, organization } = await inputsOf(run);
  const why = whyCall(reachOf(stacks, baseline, organization).calls, action, resource);
  print(run, why, whyLines(why, run.terminal.colors));
}

async function printAnswers(run: Run, values: readonly string[], as: string | undefined): Promise<void> {
  const question = questionIn('--ask', values);
  const side = decidingSide(await inputsOf(run));
  const principals = as === undefined ? principalsOf(side) : principalsNamed(as, side);
  if (principals.length === 0) {
    throw new WrongInput(
      `--as: "${as}" is no principal: write the ARN of a role, the id of an account, a service such as states.amazonaws.com, or "*"`,
    );
  }
  const answers = answersTo(question, principals, side);
  print(run, answers, answerLines(answers, run.terminal.colors));
}

async function printNewAccess(run: Run, base: string): Promise<void> {
  const { io, clone, terminal, options } = run;
  const cleanUp = onInterrupt(io);
  const of = { clone, terminal, cleanUp, file: options.file, option: '--new-access' } as const;
  const before = await baseSide(base, of).finally(() => cleanUp.now());
  const found = newAccess(reachInputs(before.platform, before.directory), await inputsOf(run));
  print(run, found, newAccessLines(found, terminal.colors));
}

const inputsOf = async (run: Run): Promise<ReachInputs> =>
  ofAssembly(run, async (directory) =>
    reachInputs(await platformOf(run.clone, run.options.file, directory), directory),
  );

function ofAssembly<Answer>(
  { io, clone, terminal, options }: Run,
  answer: (directory: string) => Answer | Promise<Answer>,
): Promise<Answer> {
  const { assembly, file } = options;
  return assembly === undefined
    ? inSynthesized({ io, clone, file, terminal }, answer)
    : Promise.resolve(answer(resolve(assembly)));
}

function print({ options, terminal }: Run, data: unknown, lines: readonly string[]): void {
  if (options.json) terminal.data(jsonText(data));
  else for (const line of lines) terminal.out(line);
}

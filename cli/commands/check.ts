import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { platformFile } from '../../config/platform-file.ts';
import { baseClone, isAssembly } from '../base/side.ts';
import { baseVerdict } from '../check/base-judge.ts';
import { deployedBefore, lostData } from '../check/deployed-before.ts';
import { checkAssembly } from '../check/check-assembly.ts';
import type { CheckReport, Found } from '../check/check-report.ts';
import { judgeInputs } from '../check/judge-inputs.ts';
import { changedJudges, judgingFiles } from '../check/judging-files.ts';
import { checkLines } from '../check/present.ts';
import { Findings, RunFailed, WrongInput } from '../failure.ts';
import { type CleanUp, onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { synthesize } from '../local/synthesize.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { jsonText, type Terminal, terminalOf } from '../terminal.ts';

interface CheckOptions {
  readonly assembly?: string;
  readonly base?: string;
  readonly before?: string;
  readonly file: string;
  readonly json: boolean;
  readonly source?: string;
}

/** `crosswind check`: everything that judges an assembly, in a process that runs no code of a workload. */
export function checkCommand(io: Io, clone: Clone): Command {
  return new Command('check')
    .description('judge a cloud assembly by its files alone: rules, reach, limits, waivers')
    .option('--assembly <dir>', 'judge this cloud assembly instead of synthesizing one')
    .option('--base <ref>', 'judge by the rules and waivers of this git ref, too, from a checkout of its own')
    .option(
      '--before <dir>',
      'report data that this cloud assembly deploys and the change deletes (default: that of --base)',
    )
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option(
      '--source <dir>',
      'clone that the assembly was made of: its runbooks and source lines (default: this clone)',
    )
    .option('--json', 'print {version, findings, waived, notes} as JSON', false)
    .addHelpText(
      'after',
      [
        '',
        'Code of workloads runs in the synthesis only, which is a process of its own. The judges are loaded before it, read',
        'the templates that it wrote, and report files that it changed. What the CDK and cdk-nag say is printed as a note:',
        '`npm run synth` fails for it.',
        '',
        'With --base or --before, a resource that holds data and is deleted or replaced is an error, unless `allowances` of',
        'platform.yaml names it. The base is synthesized for that, which is kept for the next time.',
        '',
        'Each finding is {id, severity, message, fix, place, paths, accounts, count, by}. Findings of one rule, source line',
        'and shape are one, with their count. `by` is base where only the rules of --base report it.',
        '',
        'Exit codes: 0 no error, 1 errors or wrong input, 2 the synthesis wrote no assembly, or the run itself failed.',
      ].join('\n'),
    )
    .action((options: CheckOptions) => check(io, clone, options));
}

async function check(io: Io, clone: Clone, options: CheckOptions): Promise<void> {
  const terminal = terminalOf(io, options);
  const cleanUp = onInterrupt(io);
  try {
    const report = await checked(clone, options, terminal, cleanUp);
    if (options.json) terminal.data(jsonText(report));
    else for (const line of checkLines(report, terminal.colors)) terminal.out(line);
    const errors = report.findings.filter(({ severity }) => severity === 'error').length;
    if (errors > 0) throw new Findings(`findings that turn the check red: ${errors}`);
  } finally {
    await cleanUp.now();
  }
}

async function checked(
  clone: Clone,
  { assembly, base, before, file, source }: CheckOptions,
  terminal: Terminal,
  cleanUp: CleanUp,
): Promise<CheckReport> {
  if (source !== undefined && !existsSync(source)) {
    throw new WrongInput(`--source ${source} does not exist: name the root of the clone that the assembly was made of`);
  }
  const inputs = judgeInputs({ clone, file: resolve(file), sourceRoot: source, now: new Date() });
  if (base !== undefined && isAssembly(base)) {
    throw new WrongInput(
      `--base ${base} is a cloud assembly, which has no rules: name a git ref, for example origin/main`,
    );
  }
  // Everything that judges is there before code of a workload runs.
  const props = { clone, terminal, cleanUp, file: resolve(file) };
  const baseOf = base === undefined ? undefined : await baseClone(base, props);
  const deployed = await deployedBefore(
    { ...(before !== undefined && { before }), ...(base !== undefined && { base }) },
    props,
  );
  const made =
    assembly === undefined
      ? await synthesized({ clone, file, judges: [clone, ...(baseOf ? [baseOf] : [])] }, terminal, cleanUp)
      : { directory: resolve(assembly), changed: [], failure: undefined };
  terminal.progress('judging the assembly');
  const judged = checkAssembly(made.directory, inputs, made.changed);
  const head = { ...judged, findings: [...judged.findings, ...lostData(deployed, made.directory, inputs)] };
  const hasErrors = head.findings.some(({ severity }) => severity === 'error');
  if (made.failure && !hasErrors && !existsSync(join(made.directory, 'validation-report.json'))) throw made.failure;
  if (base === undefined || !baseOf) return head;
  terminal.progress(`judging the assembly by the rules of ${base}`);
  const sourceRoot = inputs.sourceRoot;
  const { signal } = cleanUp;
  const { findings, notes } = await baseVerdict({
    base,
    clone: baseOf,
    directory: made.directory,
    ...(deployed && 'directory' in deployed && { before: deployed.directory }),
    sourceRoot,
    head,
    signal,
  });
  // A checkout that code of a workload may have changed judges no other change.
  if (made.changed.length > 0) await rm(dirname(baseOf.root), { recursive: true, force: true });
  return { ...head, findings: [...head.findings, ...findings], notes: [...head.notes, ...notes] };
}

interface SynthesizedProps {
  readonly clone: Clone;
  readonly file: string;
  /** Clones whose files judge. */
  readonly judges: readonly Clone[];
}

interface Made {
  readonly directory: string;
  /** Findings about files that judge and that the synthesis changed. */
  readonly changed: readonly Found[];
  /** Failure of a synthesis that wrote an assembly: findings of the CDK, or an error afterwards. */
  readonly failure: RunFailed | undefined;
}

async function synthesized(
  { clone, file, judges }: SynthesizedProps,
  terminal: Terminal,
  cleanUp: CleanUp,
): Promise<Made> {
  const { path } = await cleanUp.use(temporaryDirectory());
  const before = judges.map(judgingFiles);
  terminal.progress('synthesizing the platform: cdk synth');
  const failure = await synthesize({ clone, file, directory: path, signal: cleanUp.signal }).then(
    () => undefined,
    (error: unknown) => {
      cleanUp.signal.throwIfAborted();
      // An app that ends early still writes a manifest, of nothing; its last step writes the platform.
      if (!(error instanceof RunFailed) || !existsSync(join(path, platformFile))) throw error;
      return error;
    },
  );
  const changed = judges.flatMap((judge, at) =>
    changedJudges(
      before[at] ?? new Map(),
      judgingFiles(judge),
      judge === clone ? 'this clone' : 'the checkout of the base',
    ),
  );
  return { directory: path, changed, failure };
}

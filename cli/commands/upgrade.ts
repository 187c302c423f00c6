import type { Clone } from '../../blocks/discover-workloads.ts';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { Findings, WrongInput } from '../failure.ts';
import { type CleanUp, onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Terminal, jsonText, terminalOf } from '../terminal.ts';
import { readClone } from '../upgrade/clone.ts';
import { type Git, type GitProcesses, gitProcesses } from '../upgrade/git.ts';
import { nextSteps, runStep } from '../upgrade/next-steps.ts';
import { type PlannedUpgrade, type UpToDate, planUpgrade } from '../upgrade/plan-upgrade.ts';
import { conflictLines, upgradeData, upgradeLines, versionData, versionText } from '../upgrade/present.ts';
import { checkBranch, publish, publishConflicts } from '../upgrade/publish.ts';

interface UpgradeOptions {
  readonly from: string;
  readonly to?: string;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly withConflicts: boolean;
  readonly check: boolean;
}

/** `crosswind upgrade`: brings the clone to another version of the template, on a branch. */
export function upgradeCommand(io: Io, { root }: Clone): Command {
  return new Command('upgrade')
    .description('bring this clone to another version of the template, on a branch; your files stay as they are')
    .requiredOption('--from <path or url>', 'git repository of the template')
    .option('--to <ref>', 'tag, branch or commit (default: the newest version tag, else the default branch)')
    .option('--dry-run', 'say what would happen, and change nothing', false)
    .option('--with-conflicts', 'create the branch in spite of conflicts, for you to resolve', false)
    .option('--check', 'run what follows on the branch: npm, the schema, the check, and their commit', false)
    .option('--json', 'print the result as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        'The template is fetched and merged in a temporary clone. Your clone is changed only when everything fits.',
        'Whose files are whose, and how to resolve conflicts: docs/upgrading.md',
        '',
        'Exit codes: 0 upgraded or up to date, 1 wrong input, conflicts or a failed check, 2 git failed.',
      ].join('\n'),
    )
    .action((options: UpgradeOptions) => upgrade(io, resolve(root), options));
}

/** An upgrade with all that it works on. */
interface Work {
  readonly root: string;
  readonly options: UpgradeOptions;
  readonly terminal: Terminal;
  readonly cleanUp: CleanUp;
  readonly git: GitProcesses;
  readonly temporary: Git;
}

async function upgrade(io: Io, root: string, options: UpgradeOptions): Promise<void> {
  if (options.dryRun && (options.check || options.withConflicts)) {
    throw new WrongInput('--dry-run changes nothing: give it without --check and without --with-conflicts');
  }
  const terminal = terminalOf(io, options);
  const cleanUp = onInterrupt(io);
  try {
    const directory = await cleanUp.use(temporaryDirectory());
    const git = await cleanUp.use(Promise.resolve(gitProcesses(cleanUp.signal)));
    const clone = await readClone(git.in(root));
    terminal.progress(`merging ${options.from} …`);
    const temporary = await temporaryClone(git, root, directory.path);
    const planned = await planUpgrade(temporary, { ...options, clone });
    if ('branch' in planned) await bring(planned, { root, options, terminal, cleanUp, git, temporary });
    else printUpToDate(planned, options, terminal);
  } catch (error) {
    // Ctrl-C ends git, which then fails.
    if (!cleanUp.signal.aborted) throw error;
  } finally {
    await cleanUp.now();
  }
}

/** A repository that reads the objects of the clone in place and keeps its own elsewhere. */
async function temporaryClone(git: GitProcesses, root: string, directory: string): Promise<Git> {
  await git.in(root).run(['clone', '--quiet', '--shared', '--no-checkout', '--', root, `${directory}/clone`]);
  return git.in(`${directory}/clone`);
}

function printUpToDate({ base, target }: UpToDate, { json }: UpgradeOptions, terminal: Terminal): void {
  const [from, to] = [base, target].map(versionData);
  if (json) terminal.data(jsonText({ written: false, upToDate: true, from, to }));
  else terminal.out(`already up to date: ${versionText(base)} contains ${versionText(target)}`);
}

/** Brings a planned upgrade into the clone, as far as the options and its conflicts allow. */
async function bring(planned: PlannedUpgrade, work: Work): Promise<void> {
  const { root, git, temporary, options, terminal } = work;
  const { dryRun, withConflicts, json } = options;
  await checkBranch(git.in(root), planned.branch);
  const clone = git.uninterrupted(root);
  const hasConflicts = planned.conflicts.length > 0;
  const written = !dryRun && (withConflicts || !hasConflicts);
  if (written) await (hasConflicts ? publishConflicts : publish)(clone, temporary, planned);
  if (json) terminal.data(jsonText(upgradeData(planned, { written })));
  if (hasConflicts) {
    throw new Findings(conflictLines(planned, options.from, { written }, terminal.colors).join('\n'));
  }
  if (!json) for (const line of upgradeLines(planned, { written }, terminal.colors)) terminal.out(line);
  if (options.check) await check(planned, work);
}

async function check(planned: PlannedUpgrade, { root, terminal, cleanUp: { signal } }: Work): Promise<void> {
  for (const step of nextSteps(planned)) {
    terminal.note(`> ${step.command}`);
    const code = await runStep(root, step, {
      print: (text) => {
        terminal.note(text.trimEnd());
      },
      signal,
    });
    if (code === 0) continue;
    throw new Findings(
      `${step.command} failed on ${planned.branch} (exit code ${code}): fix it there, then run it again`,
    );
  }
}

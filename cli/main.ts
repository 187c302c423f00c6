import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { type Clone, cloneAt } from '../blocks/discover-workloads.ts';
import { Findings, RunFailed, stackOf, WrongInput } from './failure.ts';
import { type Io, widthOf } from './io.ts';
import { failureJson } from './failure-json.ts';
import { clearLine } from './terminal.ts';

/** The clone that this file belongs to. */
const ownClone = cloneAt(resolve(import.meta.dirname, '..'));

/** Options may depend on the arguments: those of a workload on the tenant that is named. Without arguments there are none. */
type MakeCommand = (io: Io, clone: Clone, args?: readonly string[]) => Command | Promise<Command>;

/** The commands in the order of the help, each loaded when it is needed. */
const commands: ReadonlyMap<string, () => Promise<MakeCommand>> = new Map<string, () => Promise<MakeCommand>>([
  ['start', async () => (await import('./commands/start.ts')).startCommand],
  ['sandbox', async () => (await import('./commands/sandbox.ts')).sandboxCommand],
  ['console', async () => (await import('./commands/console.ts')).consoleCommand],
  ['pipeline', async () => (await import('./commands/pipeline.ts')).pipelineCommand],
  ['simulate', async () => (await import('./commands/simulate.ts')).simulateCommand],
  ['gameday', async () => (await import('./commands/gameday.ts')).gamedayCommand],
  ['logs', async () => (await import('./commands/logs.ts')).logsCommand],
  ['credentials', async () => (await import('./commands/credentials.ts')).credentialsCommand],
  ['config', async () => (await import('./commands/config.ts')).configCommand],
  ['check', async () => (await import('./commands/check.ts')).checkCommand],
  ['quotas', async () => (await import('./commands/quotas.ts')).quotasCommand],
  ['costs', async () => (await import('./commands/costs.ts')).costsCommand],
  ['reach', async () => (await import('./commands/reach.ts')).reachCommand],
  ['plan', async () => (await import('./commands/plan.ts')).planCommand],
  ['account', async () => (await import('./commands/account.ts')).accountCommand],
  ['tenant', async () => (await import('./commands/tenant.ts')).tenantCommand],
  ['organization', async () => (await import('./commands/organization.ts')).organizationCommand],
  ['baseline', async () => (await import('./commands/baseline.ts')).baselineCommand],
  ['preflight', async () => (await import('./commands/preflight.ts')).preflightCommand],
  ['orphans', async () => (await import('./commands/orphans.ts')).orphansCommand],
  ['run', async () => (await import('./commands/run.ts')).runCommand],
  ['why', async () => (await import('./commands/why.ts')).whyCommand],
  ['protect', async () => (await import('./commands/protect.ts')).protectCommand],
  ['subscriptions', async () => (await import('./commands/subscriptions.ts')).subscriptionsCommand],
  ['iam', async () => (await import('./commands/iam.ts')).iamCommand],
  ['annotations', async () => (await import('./commands/annotations.ts')).annotationsCommand],
  ['asl', async () => (await import('./commands/asl.ts')).aslCommand],
  ['upgrade', async () => (await import('./commands/upgrade.ts')).upgradeCommand],
]);

/** Runs the command that the arguments name on a clone, and returns its exit code. */
export async function crosswind(args: readonly string[], io: Io, clone = ownClone): Promise<number> {
  const json = failureJson(args, io);
  try {
    const within: Io['crosswind'] = (other, otherIo) => crosswind(other, otherIo, clone);
    const program = await programFor(helpAsOption(args), { ...json.io, crosswind: within }, clone);
    await program.parseAsync(helpAsOption(args), { from: 'user' });
    return 0;
  } catch (error) {
    const code = exitCodeOf(error);
    // Commander has printed the help or the usage error already; after Ctrl-C there is nothing to explain.
    if (!(error instanceof CommanderError) && !isInterruption(error)) {
      io.stderr.write(`${io.stderr.isTTY ? clearLine : ''}${textOf(error)}\n`);
    }
    if (code !== 0) json.print(error);
    return code;
  }
}

const isInterruption = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  return error instanceof WrongInput || error instanceof Findings ? 1 : 2;
}

/** Rewrites `help start` as `start --help`, because only the latter loads what the help of that command describes. */
const helpAsOption = ([first, second, ...others]: readonly string[]): readonly string[] =>
  first === 'help' && second !== undefined && commands.has(second)
    ? [second, '--help', ...others]
    : [first, second, ...others].filter((arg) => arg !== undefined);

/** The program with the named command only; with all of them for its help and for a name that it does not know. */
async function programFor([name, ...others]: readonly string[], io: Io, clone: Clone): Promise<Command> {
  const program = new Command('crosswind').description(
    'A GitOps multi-account platform for AWS that also runs on a laptop.',
  );
  const named = commands.get(name ?? '');
  const loaded = await Promise.all((named ? [named] : [...commands.values()]).map((load) => load()));
  for (const make of loaded) program.addCommand(await make(io, clone, named && others));
  program.addHelpText(
    'after',
    '\nExit codes: 0 ok, 1 wrong input or findings, 2 the run itself failed. The help of each command has its own. A shell\nreports the last command of a pipe alone: `set -o pipefail` before `crosswind … | tee log`.',
  );
  for (const command of withSubcommands(program)) connect(command, io);
  return program;
}

const withSubcommands = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

/** Lets a command print to `io`, and throw where it would end the process. */
function connect(command: Command, { stdout, stderr }: Io): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
    getOutHelpWidth: () => widthOf(stdout) ?? 80,
    getErrHelpWidth: () => widthOf(stderr) ?? 80,
  });
}

/** Message of an error of our own, or the stack that a bug report needs. */
function textOf(error: unknown): string {
  if (error instanceof WrongInput || error instanceof Findings || error instanceof RunFailed) return error.message;
  return stackOf(error);
}

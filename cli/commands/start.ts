import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { Platform } from '../../config/schema.ts';
import { diagnose } from '../local/diagnosis.ts';
import { duration } from '../duration.ts';
import { succeeded } from '../local/run-workload.ts';
import { Findings, RunFailed } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { prepareDirectory, prepareFile, writeFileOf } from '../output-file.ts';
import { readPlatform } from '../read-platform.ts';
import { type AssembledApp, assembledApp } from '../local/assembled-app.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import type { DeployPlatformProps } from '../local/deploy-platform.ts';
import { openRemovable } from '../local/open-removable.ts';
import {
  checkPlatformOptions,
  faultOf,
  type PlatformOptions,
  weatherOf,
  withPlatformOptions,
} from '../local/platform-options.ts';
import { decisionTable, diagnosisText, executionTree, windTable } from '../local/present.ts';
import { type Report, reportOf } from '../local/report.ts';
import { type PlatformRun, runPlatform } from '../local/run-platform.ts';
import { type Terminal, jsonText, terminalOf } from '../terminal.ts';

interface StartOptions extends PlatformOptions {
  readonly out: string;
  readonly report?: string;
  readonly json: boolean;
}

/** `crosswind start`, which `npm start` runs. */
export function startCommand(io: Io, root: string): Command {
  const command = new Command('start').description(
    'run the synthesized platform on this machine once: accounts, permissions, workflows and functions, simulated',
  );
  return withPlatformOptions(command, root)
    .option('--out <dir>', 'where tables, map and histories are written', 'out')
    .option('--report <file>', 'write what happened as JSON')
    .option('--json', 'print the report as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      '\nExit codes: 0 both workflows succeeded, 1 wrong input, or calls were denied although both succeeded, 2 the run failed.',
    )
    .action((options: StartOptions) => start(io, root, options));
}

async function start(io: Io, root: string, options: StartOptions): Promise<void> {
  checkPlatformOptions(options);
  const terminal = terminalOf(io, options);
  const startedAt = performance.now();
  const platform = await readPlatform(resolve(options.file), options.set);
  const weather = weatherOf(options);
  await prepareDirectory('--out', options.out);
  if (options.report !== undefined) await prepareFile('--report', options.report);
  const cleanUp = onInterrupt(io);
  try {
    const assembly = await assemblyFor({ root, options, terminal, cleanUp });
    if (deploysNothing(assembledApp(assembly))) {
      terminal.note('nothing to run: the pipeline deploys no workflow now, because every wave or account is frozen');
      return;
    }
    const sandbox = await cleanUp.use(openRemovable(options, platform));
    const deployment = { sandbox, assembly, weather, fault: faultOf(options), terminal };
    await runOnce(deployment, platform, options, startedAt);
  } finally {
    await cleanUp.now();
  }
}

/** True for a platform whose waves or accounts are all frozen; its pipeline must stay green. */
const deploysNothing = ({ isPlatform, startsWorkflows }: AssembledApp): boolean => isPlatform && !startsWorkflows;

/** Runs the parent once, and says how that went. */
async function runOnce(
  deployment: DeployPlatformProps,
  platform: Platform,
  options: StartOptions,
  startedAt: number,
): Promise<void> {
  const { sandbox, weather, fault, terminal } = deployment;
  const finished = await runPlatform({ ...deployment, out: resolve(options.out) });
  const report = reportOf({
    ...finished,
    decisions: sandbox.decisions,
    generatedData: weather.kind === 'generated',
    fault: fault?.id,
    seconds: (performance.now() - startedAt) / 1_000,
  });
  const diagnosis = diagnose(finished.run, sandbox.decisions.denials());
  const names = new Map(platform.accounts.map(({ id, name }): [string, string] => [id, name]));
  present(terminal, finished, report, names);
  const text = jsonText(report);
  if (options.report !== undefined) await writeFileOf('--report', options.report, text);
  if (options.json) terminal.data(text);
  if (!diagnosis) return;
  for (const line of ['', ...diagnosisText(diagnosis, terminal.colors)]) terminal.out(line);
  if (!succeeded(finished.run)) throw new RunFailed(fault ? `ran with a fault: ${fault.title}` : 'a workflow failed');
  throw new Findings('both workflows succeeded, but calls were denied');
}

function present(
  terminal: Terminal,
  { run, summary, files }: PlatformRun,
  report: Report,
  names: ReadonlyMap<string, string>,
): void {
  const { colors } = terminal;
  const lines = [
    '',
    colors.dim('Simulated: the synthesized templates ran on this machine, nothing ran on AWS.'),
    '',
    ...executionTree(run, names, colors),
    ...(summary ? ['', ...windTable(summary, report.generatedData, colors)] : []),
    '',
    ...decisionTable(report, colors),
    '',
    `${colors.bold('Files')} ${files.map((file) => relative(process.cwd(), file) || file).join('  ')}`,
    `${duration(report.seconds * 1_000)} in all`,
  ];
  for (const line of lines) terminal.out(line);
}

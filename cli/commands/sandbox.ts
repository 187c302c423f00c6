import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseOverride } from '../../config/overrides.ts';
import type { Platform } from '../../config/schema.ts';
import { diagnose } from '../../sandbox/diagnosis.ts';
import { duration } from '../../sandbox/duration.ts';
import { faults } from '../../sandbox/faults.ts';
import { succeeded } from '../../sandbox/run-workload.ts';
import { type Sandbox, openSandbox } from '../../sandbox/sandbox.ts';
import { Findings, RunFailed, WrongInput } from '../failure.ts';
import { type CleanUp, type Removable, onInterrupt } from '../interrupt.ts';
import { readPlatform } from '../read-platform.ts';
import { credentialsKey } from '../sandbox/credentials-key.ts';
import type { DeployPlatformProps } from '../sandbox/deploy-platform.ts';
import { decisionTable, diagnosisText, executionTree, windTable } from '../sandbox/present.ts';
import { type Report, reportOf } from '../sandbox/report.ts';
import { type PlatformRun, runPlatform } from '../sandbox/run-platform.ts';
import { checkPort, servePlatform } from '../sandbox/serve-platform.ts';
import { type WeatherSource, weatherFiles } from '../sandbox/weather-source.ts';
import { synthesize } from '../sandbox/synthesize.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Terminal, processTerminal } from '../terminal.ts';

interface SandboxOptions {
  readonly objects?: number;
  readonly data?: string;
  readonly port?: number;
  readonly out?: string;
  readonly report?: string;
  readonly set: readonly string[];
  readonly break?: string;
  readonly crash: boolean;
  readonly poll: number;
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
}

/** Objects that a run generates when nobody says how many. */
const defaultObjects = 3_000;

/** `crosswind sandbox`, which `npm start` runs. */
export function sandboxCommand(root: string): Command {
  return new Command('sandbox')
    .description(
      'run the synthesized platform on this machine: accounts, permissions, workflows and functions, simulated',
    )
    .option('--objects <n>', `generate n weather objects (default: ${defaultObjects})`, positiveInteger)
    .option('--data <dir>', 'take the *.csv files of a directory and its year folders instead')
    .option(
      '--port <n>',
      'run nothing, but serve AWS clients on this port of 127.0.0.1 until Ctrl-C; 0 is a free one',
      port,
    )
    .option('--out <dir>', 'where tables, map and histories are written (default: "out")')
    .option('--report <file>', 'write what happened as JSON')
    .option('--set <tenant.setting=value>', 'change a setting of the platform for this run (repeatable)', collect, [])
    .addOption(
      new Option('--break <fault>', 'take one permission away and see what happens').choices(
        faults.map(({ id }) => id),
      ),
    )
    .option('--crash', 'kill every function during its first attempt at each event', false)
    .option('--poll <seconds>', 'how often a parent polls its child (AWS documents no number)', positiveInteger, 5)
    .option('--assembly <dir>', 'run this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(root, 'platform.yaml'))
    .option(
      '--json',
      'print the report (with --port: the address) as JSON, and nothing else, on standard output',
      false,
    )
    .addHelpText(
      'after',
      `\nFaults for --break:\n${faults.map(({ id, title }) => `  ${id.padEnd(20)} ${title}`).join('\n')}`,
    )
    .addHelpText('after', '\nWith --port: `crosswind credentials` prints the credentials that clients need.')
    .addHelpText(
      'after',
      '\nExit codes: 0 both workflows succeeded, 1 wrong input, or calls were denied although both succeeded, 2 the run failed.',
    )
    .action((options: SandboxOptions) => runSandbox(root, options));
}

async function runSandbox(root: string, options: SandboxOptions): Promise<void> {
  checkOptions(options);
  const terminal = processTerminal(options);
  const startedAt = performance.now();
  const platform = await readPlatform(resolve(options.file), options.set);
  const fault = faults.find(({ id }) => id === options.break);
  const weather: WeatherSource =
    options.data === undefined
      ? { kind: 'generated', objects: options.objects ?? defaultObjects }
      : { kind: 'files', files: weatherFiles(resolve(options.data)) };
  if (options.port === undefined) await prepareOutput(options);
  else await checkPort(options.port);
  const cleanUp = onInterrupt();
  try {
    const assembly = await assemblyFor(root, options, terminal, cleanUp);
    const sandbox = await cleanUp.use(opened(root, options, platform));
    const deployment = { sandbox, assembly, weather, fault, terminal };
    if (options.port === undefined) await runOnce(deployment, platform, options, startedAt);
    else await servePlatform({ ...deployment, platform, json: options.json, signal: cleanUp.signal });
  } finally {
    await cleanUp.now();
  }
}

/** Runs the parent once, and says how that went. */
async function runOnce(
  deployment: DeployPlatformProps,
  platform: Platform,
  options: SandboxOptions,
  startedAt: number,
): Promise<void> {
  const { sandbox, weather, fault, terminal } = deployment;
  const finished = await runPlatform({ ...deployment, out: outputDirectory(options) });
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
  if (options.report !== undefined) await writeJson(options.report, report);
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (!diagnosis) return;
  for (const line of ['', ...diagnosisText(diagnosis, terminal.colors)]) terminal.out(line);
  if (!succeeded(finished.run)) throw new RunFailed(fault ? `ran with a fault: ${fault.title}` : 'a workflow failed');
  throw new Findings('both workflows succeeded, but calls were denied');
}

/** The sandbox of the command; one that is served knows the credentials that the clone derives. */
async function opened(root: string, options: SandboxOptions, platform: Platform): Promise<Sandbox & Removable> {
  const { port } = options;
  const sandbox = await openSandbox({
    pollIntervalSeconds: options.poll,
    crashFirstAttempts: options.crash,
    organizationId: platform.organization.id,
    ...(port !== undefined && { port, credentialsKey: await credentialsKey(root) }),
  });
  return { ...sandbox, remove: () => sandbox.close() };
}

function checkOptions({ objects, data, assembly, set, port: served, out, report }: SandboxOptions): void {
  const ofRuns = [...(out === undefined ? [] : ['--out']), ...(report === undefined ? [] : ['--report'])];
  if (served !== undefined && ofRuns.length > 0) {
    throw new WrongInput(
      `${ofRuns.join(' and ')} say where a run is written, and --port runs nothing by itself: leave them out, and read what you start with a client`,
    );
  }
  if (objects !== undefined && data !== undefined) {
    throw new WrongInput('--objects generates weather and --data reads it from files: give one of them');
  }
  if (assembly !== undefined && set.length > 0) {
    throw new WrongInput('--set changes what is synthesized, and --assembly is synthesized already: give one of them');
  }
  for (const text of set) {
    if (!parseOverride(text)) throw new WrongInput(`--set must read tenant.setting=value, got "${text}"`);
  }
}

/** The directory of the assembly to run: the one that is given, or one that is synthesized now and goes with the command. */
async function assemblyFor(
  root: string,
  options: SandboxOptions,
  terminal: Terminal,
  cleanUp: CleanUp,
): Promise<string> {
  if (options.assembly !== undefined) return resolve(options.assembly);
  const { path } = await cleanUp.use(temporaryDirectory());
  terminal.progress('synthesizing the platform: cdk synth');
  const startedAt = performance.now();
  const { file, set: overrides } = options;
  await synthesize({ root, file, directory: path, overrides, signal: cleanUp.signal });
  terminal.note(`synthesized the platform in ${duration(performance.now() - startedAt)}`);
  return path;
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

/** Finds out before the run whether its results can be written. */
async function prepareOutput(options: SandboxOptions): Promise<void> {
  const prepare = async (option: string, directory: string): Promise<void> => {
    await mkdir(directory, { recursive: true }).catch((error: unknown) => {
      throw new WrongInput(`--${option} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  await prepare('out', outputDirectory(options));
  if (options.report !== undefined) await prepare('report', dirname(resolve(options.report)));
}

const outputDirectory = ({ out = 'out' }: SandboxOptions): string => resolve(out);

async function writeJson(file: string, value: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return value;
}

function port(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a port, 0 to 65535.');
}

const collect = (text: string, earlier: readonly string[]): readonly string[] => [...earlier, text];

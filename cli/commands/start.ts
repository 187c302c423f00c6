import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { LocalRun } from '../../blocks/local.ts';
import { duration } from '../duration.ts';
import { Findings, RunFailed } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import { integrationModelsOf } from '../local/deploy-platform.ts';
import { failIfUndeclared } from '../local/fail-if-undeclared.ts';
import { diagnose } from '../local/diagnosis.ts';
import { openRemovable } from '../local/open-removable.ts';
import { faultOf, type PlatformOptions, runOf, tenantOf, withPlatformOptions } from '../local/platform-options.ts';
import { decisionTable, diagnosisText, executionTree, resultLines, seriesLines } from '../local/present.ts';
import { comparedLines } from '../local/present-calls.ts';
import { type Report, reportOf } from '../local/report.ts';
import { type PlatformRun, type RunPlatformProps, runPlatform } from '../local/run-platform.ts';
import { succeeded } from '../local/run-workload.ts';
import {
  allWorkloads,
  asksForHelp,
  saidFirst,
  type Selection,
  selectionOf,
  withRunOptions,
} from '../local/workload-options.ts';
import { nothingToRun } from '../run/chosen-deployment.ts';
import { prepareDirectory, prepareFile, writeFileOf } from '../output-file.ts';
import { type Terminal, jsonText, terminalOf } from '../terminal.ts';

interface StartOptions extends PlatformOptions {
  readonly out: string;
  readonly report?: string;
  readonly noData?: boolean;
  readonly json: boolean;
}

/** `crosswind start`, which `npm start` runs. */
export async function startCommand(io: Io, clone: Clone, args?: readonly string[]): Promise<Command> {
  const needsHelp = args !== undefined && asksForHelp(args);
  const selection = args === undefined || needsHelp ? undefined : await selectionOf(clone, saidFirst(clone, args));
  const command = new Command('start').description(
    'run a tenant of the synthesized platform on this machine once: accounts, permissions, workflows, functions, simulated',
  );
  withPlatformOptions(command, {
    clone,
    workload: selection?.workload,
    helpOn: needsHelp ? await allWorkloads(clone) : [],
  })
    .option('--out <dir>', 'where results and histories are written', 'out')
    .addOption(noDataOption())
    .option('--report <file>', 'write what happened as JSON')
    .option('--json', 'print the report as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      '\nExit codes: 0 every workflow succeeded, 1 wrong input, or calls were denied although they succeeded, 2 the run failed, a function made a call that it does not declare, or the pipeline ended.',
    )
    .action((options: StartOptions) => start(io, clone, selection, options));
  // Nothing is run, so nobody knows the options of what would be.
  if (selection && !selection.workload) command.allowUnknownOption().allowExcessArguments();
  return withRunOptions(command, selection?.workload);
}

/** An option of its own, and not the negation of `--data`, which a workload may have. */
function noDataOption(): Option {
  const option = new Option('--no-data', 'leave inputs, outputs and details of events out of the page');
  option.negate = false;
  return option;
}

async function start(io: Io, clone: Clone, selection: Selection | undefined, options: StartOptions): Promise<void> {
  const terminal = terminalOf(io, options);
  const startedAt = performance.now();
  const { platform, chosen, workload } = selection ?? (await selectionOf(clone, options));
  if (!chosen || !workload) {
    terminal.note(`nothing to run: ${nothingToRun(platform.parsed.platform, options.wave)}`);
    return;
  }
  const run = runOf(workload, { ...options });
  await prepareDirectory('--out', options.out);
  if (options.report !== undefined) await prepareFile('--report', options.report);
  const cleanUp = onInterrupt(io);
  try {
    const assembly = await assemblyFor({ clone, options, terminal, cleanUp, tenant: chosen.deployment.tenant.name });
    const tenant = tenantOf(chosen, workload, run);
    const sandbox = await cleanUp.use(
      openRemovable(options, platform.parsed.platform, { integrationModels: integrationModelsOf(tenant) }),
    );
    const pipeline = {
      clone,
      platform: platform.parsed.platform,
      loaded: platform,
      file: resolve(options.file),
      io,
      signal: cleanUp.signal,
    };
    const fault = faultOf(workload, options);
    const props = { sandbox, assembly, platform: pipeline.platform, chosen: tenant, fault, terminal, pipeline };
    const accounts = platform.parsed.platform.accounts.map(({ id, name }): [string, string] => [id, name]);
    await runOnce(
      { ...props, root: clone.root, out: resolve(options.out), withData: options.noData !== true },
      new Map(accounts),
      options,
      startedAt,
    );
  } finally {
    await cleanUp.now();
  }
}

/** Runs the entry once, and says how that went. */
async function runOnce(
  props: RunPlatformProps & { readonly chosen: { readonly run: LocalRun } },
  names: ReadonlyMap<string, string>,
  options: StartOptions,
  startedAt: number,
): Promise<void> {
  const { sandbox, chosen, fault, terminal } = props;
  const finished = await runPlatform(props);
  const report = reportOf({
    tenant: chosen.deployment.tenant.name,
    wave: chosen.wave,
    run: finished.run,
    results: finished.results,
    decisions: sandbox.decisions,
    fault: fault?.id,
    pipelineEnd: finished.pipelineEnd,
    calls: finished.calls,
    seconds: (performance.now() - startedAt) / 1_000,
  });
  const diagnosis = diagnose(finished.run, sandbox.decisions.denials());
  present(terminal, finished, report, names);
  const text = jsonText(report);
  if (options.report !== undefined) await writeFileOf('--report', options.report, text);
  if (options.json) terminal.data(text);
  if (!diagnosis) {
    failIfUndeclared(finished.calls);
    if (finished.pipelineEnd === undefined) return;
    throw new RunFailed('the run succeeded, but the pipeline would have ended before its last stage (see above)');
  }
  for (const line of ['', ...diagnosisText(diagnosis, terminal.colors)]) terminal.out(line);
  if (!succeeded(finished.run)) throw new RunFailed(fault ? `ran with a fault: ${fault.title}` : 'a workflow failed');
  failIfUndeclared(finished.calls);
  throw new Findings('every workflow succeeded, but calls were denied');
}

function present(
  terminal: Terminal,
  { run, results, page, files }: PlatformRun,
  report: Report,
  names: ReadonlyMap<string, string>,
): void {
  const { colors } = terminal;
  const lines = [
    '',
    colors.dim('Simulated: the synthesized templates ran on this machine, nothing ran on AWS.'),
    '',
    ...executionTree(run, names, colors),
    ...(results?.tables ?? []).flatMap((table) => ['', ...resultLines(table, colors)]),
    ...(results?.series ?? []).flatMap((series) => ['', ...seriesLines(series, colors)]),
    '',
    ...decisionTable(report, colors),
    ...comparedLines(report.calls, colors),
    '',
    `${colors.bold('Page')}  ${shortPath(page.file)} shows this run, opened in a browser: simulated, without a server`,
    ...page.cut.map((sentence) => `      ${sentence}`),
    `${colors.bold('Files')} ${files.map(shortPath).join('  ')}`,
    `${duration(report.seconds * 1_000)} in all`,
  ];
  for (const line of lines) terminal.out(line);
}

const shortPath = (file: string): string => relative(process.cwd(), file) || file;

import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { OptionValues } from '../../blocks/local.ts';
import { duration } from '../duration.ts';
import { Findings, RunFailed, WrongInput } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import { tenantOf } from '../local/platform-options.ts';
import { count } from '../count.ts';
import {
  allWorkloads,
  asked,
  asksForHelp,
  type KnownWorkload,
  saidFirst,
  type Selection,
  selectionOf,
  valuesOf,
  withWorkloadOptions,
  workloadHelp,
} from '../local/workload-options.ts';
import { collect, quotaNames, quotaSettings, wholeNumber } from '../options.ts';
import { prepareFile, writeFileOf } from '../output-file.ts';
import { nothingToRun } from '../run/chosen-deployment.ts';
import { simulationLines } from '../simulate/present.ts';
import { runSimulation } from '../simulate/run-simulation.ts';
import type { SimulationReport } from '../simulate/simulation-report.ts';
import { settingsFor, statedQuotas } from '../simulate/stated-quotas.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface SimulateOptions {
  readonly seed: number;
  readonly estimate: boolean;
  readonly tenant?: string;
  readonly wave?: string;
  readonly quota: readonly string[];
  readonly set: readonly string[];
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
  readonly report?: string;
}

const optionsOf = (workload: KnownWorkload | undefined) => workload?.local.simulation?.options ?? [];

/** `crosswind simulate`: how long a run of any size takes on AWS, and what it costs, without running it. */
export async function simulateCommand(io: Io, clone: Clone, args?: readonly string[]): Promise<Command> {
  const needsHelp = args !== undefined && asksForHelp(args);
  const selection = args === undefined || needsHelp ? undefined : await selectionOf(clone, saidFirst(clone, args));
  const command = new Command('simulate')
    .description('run the synthesized workflows over modelled items and functions: duration, curves and cost')
    .option('--seed <n>', 'what chance is drawn from; the same seed gives the same report', wholeNumber(0), 1)
    .option(
      '--estimate',
      'take the smaller input that the workload has for estimates, and the accounts of its tenant alone',
      false,
    )
    .option('--tenant <tenant>', 'the tenant to simulate (default: the first that is deployed)')
    .option('--wave <wave>', 'where it runs (default: the first wave that it is in)')
    .option(
      '--quota <name=value>',
      "a quota other than AWS's default, or than what platform.yaml states (repeatable)",
      collect,
      [],
    )
    .option('--set <tenant.setting=value>', 'change a setting of the platform (repeatable)', collect, [])
    .option('--assembly <dir>', 'take this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print the report as JSON, and nothing else, on standard output', false)
    .option('--report <file>', 'write the report as JSON');
  // Nothing is simulated, so nobody knows the options of what would be.
  if (selection && !selection.workload) command.allowUnknownOption().allowExcessArguments();
  withWorkloadOptions(command, selection?.workload, optionsOf(selection?.workload));
  const helpOn = needsHelp ? await allWorkloads(clone) : [];
  return command
    .addHelpText(
      'after',
      [
        workloadHelp(helpOn, 'Options of', (workload) =>
          optionsOf(workload).map(({ flags, description, default: value }) => [
            flags,
            value === undefined ? description : `${description} (default: ${JSON.stringify(value)})`,
          ]),
        ),
        '',
        `Quotas for --quota: ${quotaNames}.`,
        'Buckets read size/refill, e.g. stateTransitions=100/50.',
        '',
        'What is modelled, and from which measurements: docs/simulation.md.',
        '',
        'Exit codes: 0 every workflow succeeded, 1 wrong input, or calls were denied although they succeeded, 2 the run failed.',
      ].join('\n'),
    )
    .action((options: SimulateOptions) => simulate(io, clone, selection, { ...options, ...smaller(options) }));

  /** Values for an estimate, for options that are not given. */
  function smaller({ estimate }: SimulateOptions): OptionValues {
    if (!estimate) return {};
    const known = optionsOf(selection?.workload).filter((option) => option.estimate !== undefined);
    const named = known.map((option) => [new Option(option.flags).attributeName(), option.estimate] as const);
    return Object.fromEntries(named.filter(([name]) => command.getOptionValueSource(name) === 'default'));
  }
}

async function simulate(
  io: Io,
  clone: Clone,
  selected: Selection | undefined,
  options: SimulateOptions,
): Promise<void> {
  const quotas = quotaSettings(options.quota);
  const terminal = terminalOf(io, options);
  const { platform, chosen, workload } = selected ?? (await selectionOf(clone, options));
  if (!chosen || !workload)
    throw new WrongInput(`nothing to simulate: ${nothingToRun(platform.parsed.platform, options.wave)}`);
  const { simulation } = workload.local;
  if (!simulation) {
    throw new WrongInput(
      `"${workload.name}" has no models of its functions: give it a \`simulation\` in ${workload.file}`,
    );
  }
  const values = valuesOf(simulation.options, { ...options });
  const { seed } = options;
  const run = asked(workload, () => simulation.prepare({ ...values, seed }));
  if (options.report !== undefined) await prepareFile('--report', options.report);
  const cleanUp = onInterrupt(io);
  try {
    const set = settingsFor(platform.parsed.platform, chosen.deployment, quotas, options.set);
    const { name: tenant } = chosen.deployment.tenant;
    const assembly = await assemblyFor({ clone, options: { ...options, set }, terminal, cleanUp, tenant });
    const begun = performance.now();
    const report = await runSimulation({
      assembly,
      alone: options.estimate,
      chosen: tenantOf(chosen, workload, run),
      options: values,
      seed,
      quotas: statedQuotas(platform.parsed.platform, quotas),
      platform: platform.parsed.platform,
      terminal,
      cleanUp,
    });
    const megabytes = process.resourceUsage().maxRSS / 1_024;
    terminal.note(
      `simulated ${count(report.items)} items in ${duration(performance.now() - begun)}, ${count(Math.round(megabytes))} MB`,
    );
    const text = jsonText(report);
    if (options.report !== undefined) await writeFileOf('--report', options.report, text);
    if (options.json) terminal.data(text);
    else for (const line of simulationLines(report, terminal.colors)) terminal.out(line);
    judge(report);
  } finally {
    await cleanUp.now();
  }
}

function judge({ stages, denied }: SimulationReport): void {
  if (stages.some(({ status }) => status !== 'SUCCEEDED' && status !== null)) {
    throw new RunFailed('a simulated workflow failed');
  }
  if (denied.length > 0) throw new Findings('every workflow succeeded, but calls were denied');
}

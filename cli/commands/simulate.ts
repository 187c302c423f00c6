import { resolve } from 'node:path';
import { Command } from 'commander';
import { addressOf } from '../../config/deployments.ts';
import type { Platform } from '../../config/schema.ts';
import { duration } from '../duration.ts';
import { parentStateMachineArn } from '../../services/workflow/address.ts';
import { Findings, RunFailed, WrongInput } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { checkSettings, collect, quotaNames, quotaSettings, share, wholeNumber } from '../options.ts';
import { prepareFile, writeFileOf } from '../output-file.ts';
import { readPlatform } from '../read-platform.ts';
import { chosenDeployment } from '../run/chosen-deployment.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import { count } from '../local/present.ts';
import { simulationLines } from '../simulate/present.ts';
import { runSimulation } from '../simulate/run-simulation.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface SimulateOptions {
  readonly objects: number;
  readonly seed: number;
  readonly failRate: number;
  readonly tenant?: string;
  readonly wave?: string;
  readonly quota: readonly string[];
  readonly set: readonly string[];
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
  readonly report?: string;
}

/** `crosswind simulate`: how long a run of any size takes on AWS, and what it costs, without running it. */
export function simulateCommand(io: Io, root: string): Command {
  return new Command('simulate')
    .description('run the synthesized workflows over modelled objects and functions: duration, curves and cost')
    .option('--objects <n>', 'objects in the source bucket', wholeNumber(1), 600_000)
    .option('--seed <n>', 'what chance is drawn from; the same seed gives the same report', wholeNumber(0), 1)
    .option('--fail-rate <share>', 'share of the invocations over batches that crash, 0 to 1', share, 0)
    .option('--tenant <tenant>', 'a tenant of platform.yaml (default: the first that is deployed)')
    .option('--wave <wave>', 'where it runs (needed where the tenant is in several waves)')
    .option('--quota <name=value>', "a quota other than AWS's default (repeatable)", collect, [])
    .option('--set <tenant.setting=value>', 'change a setting of the platform (repeatable)', collect, [])
    .option('--assembly <dir>', 'take this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(root, 'platform.yaml'))
    .option('--json', 'print the report as JSON, and nothing else, on standard output', false)
    .option('--report <file>', 'write the report as JSON')
    .addHelpText(
      'after',
      `\nQuotas for --quota: ${quotaNames}.\nBuckets read size/refill, e.g. stateTransitions=100/50.`,
    )
    .addHelpText('after', '\nWhat is modelled, and from which measurements: docs/simulation.md.')
    .addHelpText(
      'after',
      '\nExit codes: 0 both workflows succeeded, 1 wrong input, or calls were denied although both succeeded, 2 the run failed.',
    )
    .action((options: SimulateOptions) => simulate(io, root, options));
}

async function simulate(io: Io, root: string, options: SimulateOptions): Promise<void> {
  const quotas = checked(options);
  const terminal = terminalOf(io, options);
  const platform = await readPlatform(resolve(options.file), options.set);
  const parentArn = chosenParent(platform, options);
  if (options.report !== undefined) await prepareFile('--report', options.report);
  const cleanUp = onInterrupt(io);
  try {
    const assembly = await assemblyFor({ root, options, terminal, cleanUp });
    const begun = performance.now();
    const { objects, seed, failRate } = options;
    const report = await runSimulation({
      assembly,
      objects,
      seed,
      failRate,
      quotas,
      organizationId: platform.organization.id,
      ...(parentArn !== undefined && { chosen: ({ parent }) => parent.arn === parentArn }),
      terminal,
      cleanUp,
    });
    const megabytes = process.resourceUsage().maxRSS / 1_024;
    terminal.note(
      `simulated ${count(objects)} objects in ${duration(performance.now() - begun)}, ${count(Math.round(megabytes))} MB`,
    );
    const text = jsonText(report);
    if (options.report !== undefined) await writeFileOf('--report', options.report, text);
    if (options.json) terminal.data(text);
    else for (const line of simulationLines(report, terminal.colors)) terminal.out(line);
    const failed = [report.parent, report.child].find((execution) => execution?.status !== 'SUCCEEDED');
    if (failed !== undefined) throw new RunFailed('a simulated workflow failed');
    if (report.denied.length > 0) throw new Findings('both workflows succeeded, but calls were denied');
  } finally {
    await cleanUp.now();
  }
}

function checked({ assembly, set, wave, tenant, quota }: SimulateOptions): ReturnType<typeof quotaSettings> {
  checkSettings({ assembly, set });
  if (wave !== undefined && tenant === undefined) {
    throw new WrongInput('--wave says where a tenant runs: give --tenant, too');
  }
  return quotaSettings(quota);
}

function chosenParent(platform: Platform, { tenant, wave }: SimulateOptions): string | undefined {
  if (tenant === undefined) return undefined;
  return parentStateMachineArn(addressOf(chosenDeployment(platform, tenant, wave).deployment));
}

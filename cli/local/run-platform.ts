import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LocalResults, LocalRun } from '../../blocks/local.ts';
import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import type { Terminal } from '../terminal.ts';
import { type ChosenTenant, type DeployPlatformProps, deployPlatform } from './deploy-platform.ts';
import { ofWorkload } from './of-workload.ts';
import { count } from './present.ts';
import { type RunnableStage, type WorkloadRun, runWorkload } from './run-workload.ts';

export interface RunPlatformProps extends DeployPlatformProps {
  readonly chosen: ChosenTenant & { readonly run: LocalRun };
  /** Directory for the files that the run writes. */
  readonly out: string;
}

export interface PlatformRun {
  readonly run: WorkloadRun;
  /** Undefined for a workload that reports none. */
  readonly results: LocalResults | undefined;
  /** Files that were written to `out`. */
  readonly files: readonly string[];
}

/** Deploys the platform, fills in what the chosen tenant reads, and runs its entry. */
export async function runPlatform(props: RunPlatformProps): Promise<PlatformRun> {
  const { sandbox, fault, terminal, chosen } = props;
  const tenant = await deployPlatform(props);
  const watching = watch(sandbox, tenant.stages, terminal);
  const run = await runWorkload(sandbox, {
    stages: tenant.stages,
    input: inputOf(chosen),
    name: 'sandbox',
    abortEntry: fault?.abortsEntry ?? false,
  }).finally(() => {
    clearInterval(watching);
  });
  const history = await writeHistory(run, props.out);
  const results = await ofWorkload(chosen.file, () =>
    chosen.run.results?.({
      ...tenant,
      storage: sandbox.storage,
      executions: executionsByStage(run),
    }),
  );
  const files = await ofWorkload(chosen.file, () => writeResults(results, props.out));
  return { run, results, files: [...files, history] };
}

/** Input of a run: its own, else that of the sample, else none. */
export const inputOf = ({ run, local }: Pick<ChosenTenant, 'run' | 'local'>) => run.input ?? local.sample?.input ?? {};

function executionsByStage({ stages }: WorkloadRun): ReadonlyMap<string, readonly Execution[]> {
  const executions = new Map<string, Execution[]>();
  for (const { stage, execution } of stages) {
    if (execution) executions.set(stage, [...(executions.get(stage) ?? []), execution]);
  }
  return executions;
}

/** Shows the progress of Map Runs while they run. */
export function watch(
  { executions }: Pick<Sandbox, 'executions'>,
  stages: readonly RunnableStage[],
  terminal: Terminal,
  verb = 'running',
): NodeJS.Timeout {
  return setInterval(() => {
    const mapRuns = stages.flatMap(({ stateMachineArn }) => executions.of(stateMachineArn).at(-1)?.mapRuns ?? []);
    const counts = mapRuns.at(-1)?.counts();
    if (!counts) return;
    const { executionCounts: batches, itemCounts: items } = counts;
    terminal.progress(
      `${verb}: ${count(batches.succeeded + batches.failed)} of ${count(batches.total)} batches, ${count(items.succeeded)} of ${count(items.total)} items`,
    );
  }, 200);
}

/** Writes the histories to a directory, by stage; by stage and execution if a stage was started more than once. */
async function writeHistory({ stages }: WorkloadRun, out: string): Promise<string> {
  const histories = stages.map(({ stage, execution }) => {
    const isOnly = stages.filter((other) => other.stage === stage).length === 1;
    return [isOnly || !execution ? stage : `${stage}/${execution.name}`, execution?.history ?? []] as const;
  });
  const history = { simulated: true, ...Object.fromEntries(histories) };
  await mkdir(out, { recursive: true });
  const file = join(out, 'history.json');
  await writeFile(file, `${JSON.stringify(history, null, 2)}\n`);
  return file;
}

/** Writes the files of the results to that directory, and nowhere else. */
async function writeResults(results: LocalResults | undefined, out: string): Promise<readonly string[]> {
  const files = results?.files ?? [];
  for (const { name, body } of files) {
    if (basename(name) !== name || ['', '.', '..', 'history.json'].includes(name)) {
      throw new Error(`a file of results must have a name without folders, other than history.json, got "${name}"`);
    }
    await writeFile(join(out, name), body);
  }
  return files.map(({ name }) => join(out, name));
}

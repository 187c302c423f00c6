import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LocalResults, LocalRun } from '../../blocks/local.ts';
import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import { writeFileOf } from '../output-file.ts';
import { type Terminal, jsonText } from '../terminal.ts';
import type { ComparedCalls } from './compared-calls.ts';
import { type ChosenTenant, type DeployPlatformProps, deployPlatform } from './deploy-platform.ts';
import { recordOf } from '../run-record/record-of.ts';
import { type RunRecord, runRecordName } from '../run-record/run-record.ts';
import { metricAnswers } from '../console/answers/metric-answers.ts';
import { answersInFile } from '../console/answers-in-file.ts';
import type { ConsoleContext } from '../console/console-context.ts';
import { answersOf } from '../console/handlers.ts';
import { runSource } from '../console/run-source.ts';
import { readSections, sectionReaders } from '../console/sections.ts';
import { pageName, writePage, type WrittenPage } from '../console/write-page.ts';
import type { DeployedTenant } from './deployed-tenant.ts';
import { ofWorkload } from './of-workload.ts';
import { count } from '../count.ts';
import { type RunnableStage, type WorkloadRun, runWorkload } from './run-workload.ts';

export interface RunPlatformProps extends DeployPlatformProps {
  readonly chosen: ChosenTenant & { readonly run: LocalRun };
  /** Root of the clone. */
  readonly root: string;
  /** Directory for the files that the run writes. */
  readonly out: string;
  /** False to leave inputs and outputs out of the page. */
  readonly withData: boolean;
}

export interface PlatformRun {
  readonly run: WorkloadRun;
  /** Undefined for a workload that reports none. */
  readonly results: LocalResults | undefined;
  /** The page to look around in the run. */
  readonly page: WrittenPage;
  /** Other files that were written to `out`. */
  readonly files: readonly string[];
  /** Why the pipeline ended before its last stage. */
  readonly pipelineEnd?: string;
  readonly calls: ComparedCalls;
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
  const record = recordOfRun(props, tenant, run);
  const recordFile = await writeRecord(record, props.out);
  const results = await ofWorkload(chosen.file, () =>
    chosen.run.results?.({
      ...tenant,
      storage: sandbox.storage,
      executions: executionsByStage(run),
    }),
  );
  const files = await ofWorkload(chosen.file, () => filesOf(results));
  const written = await writeResults(files, props.out);
  const context = contextOf(props, tenant.stacks, run, results);
  const sections = await readSections(sectionReaders(context));
  const answers = [
    ...(await answersInFile(answersOf(context), sections)),
    ...metricAnswers(sandbox, firstStart(run, record.at), record.at),
  ];
  const page = await writePage(runSource(record, run.stages, { sections, answers }), props);
  return {
    run,
    results,
    page,
    files: [...written, history, recordFile],
    pipelineEnd: tenant.pipelineEnd,
    calls: tenant.comparedCalls(),
  };
}

const firstStart = ({ stages }: WorkloadRun, end: number): number =>
  Math.min(end, ...stages.flatMap(({ execution }) => execution?.startedAt ?? []));

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

const historyName = 'history.json';

/** Writes the histories to a directory, by stage; by stage and execution if a stage was started more than once. */
async function writeHistory({ stages }: WorkloadRun, out: string): Promise<string> {
  const histories = stages.map(({ stage, execution }) => {
    const isOnly = stages.filter((other) => other.stage === stage).length === 1;
    return [isOnly || !execution ? stage : `${stage}/${execution.name}`, execution?.history ?? []] as const;
  });
  const history = { simulated: true, ...Object.fromEntries(histories) };
  await mkdir(out, { recursive: true });
  const file = join(out, historyName);
  await writeFileOf('--out', file, jsonText(history));
  return file;
}

function recordOfRun(
  { sandbox, chosen, platform, fault }: RunPlatformProps,
  { stages: deployed, address }: DeployedTenant,
  { stages }: WorkloadRun,
): RunRecord {
  return recordOf({
    sandbox,
    tenant: address.tenant,
    wave: chosen.wave,
    fault: fault?.id,
    stages,
    deployed: deployed.map(({ stage, account, stateMachineArn, starts }) => ({
      name: stage,
      account,
      stateMachineArn,
      starts: [...starts],
    })),
    accounts: platform.accounts,
  });
}

function contextOf(
  { sandbox, platform, root, chosen }: RunPlatformProps,
  stacks: ConsoleContext['stacks'],
  { entry, stages }: WorkloadRun,
  results: LocalResults | undefined,
): ConsoleContext {
  const ends = stages.map(({ execution }) => execution?.stoppedAt ?? 0);
  const endedAt = Math.max(...ends) || sandbox.simulation.now();
  const { tenant } = chosen.deployment;
  const run = { run: entry.arn, wave: chosen.wave, endedAt, read: () => Promise.resolve(results) };
  const reports = chosen.run.results !== undefined;
  const byTenant = new Map([[tenant.name, { workload: tenant.workload, reports, runs: reports ? [run] : [] }]]);
  return {
    sandbox,
    root,
    platform,
    accounts: platform.accounts,
    stacks,
    results: () => Promise.resolve(byTenant),
  };
}

/** Writes the record of the run. */
async function writeRecord(record: RunRecord, out: string): Promise<string> {
  const file = join(out, runRecordName);
  await writeFileOf('--out', file, `${JSON.stringify(record)}\n`);
  return file;
}

/** Files that a run writes itself. */
const ownNames: readonly string[] = [historyName, runRecordName, pageName];

type ResultFile = LocalResults['files'][number];

/** The files of the results, each of them for that directory and no other. */
function filesOf(results: LocalResults | undefined): readonly ResultFile[] {
  const files = results?.files ?? [];
  for (const { name } of files) {
    if (basename(name) === name && !['', '.', '..', ...ownNames].includes(name)) continue;
    throw new Error(
      `a file of results must have a name without folders, other than ${historyName}, ${runRecordName} and ${pageName}, got "${name}"`,
    );
  }
  return files;
}

async function writeResults(files: readonly ResultFile[], out: string): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { name, body } of files) {
    const file = join(out, name);
    await writeFileOf('--out', file, body);
    written.push(file);
  }
  return written;
}

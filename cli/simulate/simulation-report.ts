import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import type { OptionValues } from '../../blocks/local.ts';
import { silentId } from '../../blocks/observability/observability-names.ts';
import { type ReportedStage, stagesOf } from '../local/report.ts';
import type { WorkloadRun } from '../local/run-workload.ts';
import type { ChosenDeployment } from '../run/chosen-deployment.ts';
import type { Moment } from '@crosswind/sandbox/timeline';
import type { Bill } from './billing.ts';

/** A stage of the workload; without an execution where it was not started. */
interface SimulatedStage extends ReportedStage {
  /** From its start to its end; 0 where it was not started. */
  readonly seconds: number;
  readonly error?: string;
  readonly cause?: string;
  /** The stays of its execution in states. */
  readonly states: readonly { readonly state: string; readonly seconds: number }[];
}

/** An alarm that went off. */
export interface FiredAlarm {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Since the beginning of the run. */
  readonly afterSeconds: number;
  readonly reason: string;
}

/** A simulation as data: the same for the same assembly, seed and options, byte for byte. */
export interface SimulationReport {
  readonly simulated: true;
  /** Durations and answers of functions are modelled, nothing was run. */
  readonly modelled: true;
  readonly tenant: string;
  readonly wave: string;
  readonly seed: number;
  /** Values of the workload's own options. */
  readonly options: OptionValues;
  /** The entry first, a called stage after its caller. */
  readonly stages: readonly SimulatedStage[];
  /** Of all Map Runs. */
  readonly items: number;
  readonly failedItems: number;
  readonly batches: number;
  readonly failedBatches: number;
  readonly invocations: number;
  readonly failedInvocations: number;
  readonly throttledInvocations: number;
  readonly transitions: number;
  readonly throttledTransitions: number;
  readonly retries: number;
  readonly peak: Pick<Moment, 'runningExecutions' | 'runningInvocations' | 'openMapRuns' | 'backloggedMapRuns'>;
  readonly alarms: readonly FiredAlarm[];
  /** Calls that were denied, by action. */
  readonly denied: readonly { readonly action: string; readonly resource: string; readonly times: number }[];
  readonly cost: Bill;
  /**
   * Values for each step: the maximum of a gauge such as `runningExecutions`, the number of events such as `retries`.
   */
  readonly series: { readonly stepSeconds: number } & Readonly<Record<keyof Moment, readonly number[]>>;
}

export interface SimulationReportProps {
  readonly chosen: ChosenDeployment;
  readonly options: OptionValues;
  readonly seed: number;
  readonly sandbox: Sandbox;
  readonly run: WorkloadRun;
  /** One for each second. */
  readonly moments: readonly Moment[];
  readonly bill: Bill;
}

export function simulationReport(props: SimulationReportProps): SimulationReport {
  const { chosen, options, seed, sandbox, run, moments, bill } = props;
  const mapRuns = run.stages.flatMap(({ execution }) => execution?.mapRuns ?? []).map((mapRun) => mapRun.counts());
  const counted = (count: (of: (typeof mapRuns)[number]) => number): number =>
    mapRuns.reduce((total, of) => total + count(of), 0);
  const sum = (name: keyof Moment): number => moments.reduce((total, moment) => total + moment[name], 0);
  const most = (name: keyof Moment): number => moments.reduce((peak, moment) => Math.max(peak, moment[name]), 0);
  return {
    simulated: true,
    modelled: true,
    tenant: chosen.deployment.tenant.name,
    wave: chosen.wave,
    seed,
    options,
    stages: stagesOf(run).map((stage, index) => simulated(stage, run.stages[index]?.execution)),
    items: counted(({ itemCounts }) => itemCounts.total),
    failedItems: counted(({ itemCounts: { failed, timedOut } }) => failed + timedOut),
    batches: counted(({ executionCounts }) => executionCounts.total),
    failedBatches: counted(({ executionCounts: { failed, timedOut } }) => failed + timedOut),
    invocations: sum('invocations'),
    failedInvocations: sum('failedInvocations'),
    throttledInvocations: sum('throttledInvocations'),
    transitions: sum('transitions'),
    throttledTransitions: sum('throttledTransitions'),
    retries: sum('retries'),
    peak: {
      runningExecutions: most('runningExecutions'),
      runningInvocations: most('runningInvocations'),
      openMapRuns: most('openMapRuns'),
      backloggedMapRuns: most('backloggedMapRuns'),
    },
    alarms: firedAlarms(sandbox, run.entry.startedAt),
    denied: sandbox.decisions
      .denials()
      .map(({ request: { action, resource }, times }) => ({ action, resource, times })),
    cost: bill,
    series: seriesOf(moments),
  };
}

function simulated(stage: ReportedStage, execution: Execution | undefined): SimulatedStage {
  if (!execution) return { ...stage, seconds: 0, states: [] };
  const { outcome, startedAt, stoppedAt = startedAt } = execution;
  return {
    ...stage,
    seconds: (stoppedAt - startedAt) / 1_000,
    ...(outcome && outcome.status !== 'SUCCEEDED' && { error: outcome.error, cause: outcome.cause }),
    states: statesOf(execution),
  };
}

function statesOf({ history, stoppedAt }: Execution): SimulatedStage['states'] {
  const entered = history.filter(({ type }) => type.endsWith('StateEntered'));
  return entered.map((event, index) => {
    const until = entered[index + 1]?.timestamp ?? stoppedAt ?? event.timestamp;
    const name = event['stateEnteredEventDetails']?.['name'];
    return { state: typeof name === 'string' ? name : '', seconds: (until - event.timestamp) / 1_000 };
  });
}

function firedAlarms(cloud: Sandbox, since: number): readonly FiredAlarm[] {
  // No schedule fires here, those of probes neither, so their silence means nothing.
  const isSilence = (name: string): boolean => name.endsWith(`-${silentId}`);
  const watching = cloud.observability.alarms.filter(({ name }) => !isSilence(name));
  return watching.flatMap(({ name, account, region }) =>
    (cloud.cloudWatch.alarms.get({ account, region }, name)?.history ?? []).flatMap((event) =>
      event.kind === 'state' && event.to.value === 'ALARM'
        ? [{ name, account, region, afterSeconds: (event.at - since) / 1_000, reason: event.to.reason }]
        : [],
    ),
  );
}

function seriesOf(moments: readonly Moment[]): SimulationReport['series'] {
  const names = Object.keys(moments[0] ?? {}) as (keyof Moment)[];
  const columns = names.map((name) => [name, moments.map((moment) => moment[name])] as const);
  return { stepSeconds: 1, ...(Object.fromEntries(columns) as unknown as Record<keyof Moment, readonly number[]>) };
}

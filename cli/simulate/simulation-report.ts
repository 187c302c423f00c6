import type { WorkloadRun } from '../local/run-workload.ts';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { Moment } from '@crosswind/sandbox/timeline';
import type { Bill } from './billing.ts';

interface SimulatedExecution {
  readonly account: string;
  readonly executionArn: string;
  readonly status: string;
  readonly seconds: number;
  readonly error?: string;
  readonly cause?: string;
}

/** A stay of the child in a state. */
interface Stage {
  readonly state: string;
  readonly seconds: number;
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
  readonly objects: number;
  readonly seed: number;
  readonly failRate: number;
  readonly parent: SimulatedExecution;
  /** Null when no child was started. */
  readonly child: SimulatedExecution | null;
  readonly stages: readonly Stage[];
  readonly batches: number;
  readonly failedBatches: number;
  readonly failedObjects: number;
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
  /** What went on in each step: of what runs the most, of what happens how often. */
  readonly series: { readonly stepSeconds: number } & Readonly<Record<keyof Moment, readonly number[]>>;
}

export interface SimulationReportProps {
  readonly objects: number;
  readonly seed: number;
  readonly failRate: number;
  readonly sandbox: Sandbox;
  readonly run: WorkloadRun;
  /** One for each second. */
  readonly moments: readonly Moment[];
  readonly bill: Bill;
}

export function simulationReport(props: SimulationReportProps): SimulationReport {
  const { objects, seed, failRate, sandbox, run, moments, bill } = props;
  const counts = run.child?.mapRuns[0]?.counts();
  const sum = (name: keyof Moment): number => moments.reduce((total, moment) => total + moment[name], 0);
  const most = (name: keyof Moment): number => moments.reduce((peak, moment) => Math.max(peak, moment[name]), 0);
  return {
    simulated: true,
    modelled: true,
    objects,
    seed,
    failRate,
    parent: executionOf(run.parent),
    child: run.child ? executionOf(run.child) : null,
    stages: run.child ? stagesOf(run.child) : [],
    batches: counts?.executionCounts.total ?? 0,
    failedBatches: (counts?.executionCounts.failed ?? 0) + (counts?.executionCounts.timedOut ?? 0),
    failedObjects: (counts?.itemCounts.failed ?? 0) + (counts?.itemCounts.timedOut ?? 0),
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
    alarms: firedAlarms(sandbox, run.parent.startedAt),
    denied: sandbox.decisions
      .denials()
      .map(({ request: { action, resource }, times }) => ({ action, resource, times })),
    cost: bill,
    series: seriesOf(moments),
  };
}

function executionOf({ arn, machine, outcome, startedAt, stoppedAt = startedAt }: Execution): SimulatedExecution {
  return {
    account: machine.account,
    executionArn: arn,
    status: outcome?.status ?? 'RUNNING',
    seconds: (stoppedAt - startedAt) / 1_000,
    ...(outcome && outcome.status !== 'SUCCEEDED' && { error: outcome.error, cause: outcome.cause }),
  };
}

function stagesOf({ history, stoppedAt }: Execution): readonly Stage[] {
  const entered = history.filter(({ type }) => type.endsWith('StateEntered'));
  return entered.map((event, index) => {
    const until = entered[index + 1]?.timestamp ?? stoppedAt ?? event.timestamp;
    const name = event['stateEnteredEventDetails']?.['name'];
    return { state: typeof name === 'string' ? name : '', seconds: (until - event.timestamp) / 1_000 };
  });
}

function firedAlarms(cloud: Sandbox, since: number): readonly FiredAlarm[] {
  return cloud.observability.alarms.flatMap(({ name, account, region }) =>
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

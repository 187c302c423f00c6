import type { Environment } from '@crosswind/assembly/read-assembly';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { type EmittedMetric, lambdaMetrics } from '@crosswind/aws/metrics';
import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import { ownNamespace } from '../../blocks/observability/own-metrics.ts';
import { probeName } from '../../blocks/observability/probe/probe-names.ts';
import { machineFacts } from './machine-facts.ts';
import { probeRounds, type SumsByMinute } from './probe-rounds.ts';
import type {
  RecordedFacts,
  RecordedFunction,
  RecordedMachine,
  RecordedMetric,
  RecordedProbe,
  RecordedSchedule,
} from './recorded-facts.ts';
import { type WantedMetric, wantedMetrics } from './wanted-metrics.ts';

/** Parts of a sandbox that know how runs are set up and what was measured. */
export type FactSandbox = Pick<
  Sandbox,
  | 'simulation'
  | 'cloudWatch'
  | 'functions'
  | 'stateMachines'
  | 'schedules'
  | 'observability'
  | 'executions'
  | 'quotasOf'
>;

export interface FactsProps {
  /** The executions of the run. */
  readonly executions: readonly Execution[];
  /** State machines of the run, also those that were not started. */
  readonly machineArns: readonly string[];
  /**
   * Milliseconds since the epoch from which on metrics count.
   *
   * @default - the start of the first execution; 15 minutes ago where there is none
   */
  readonly since?: number;
  /** Tenant whose own metrics count; undefined for none. */
  readonly tenant: string | undefined;
}

/** How the state machines of a run are set up, and what was measured since it began. */
export function factsOf(sandbox: FactSandbox, { executions, machineArns, since, tenant }: FactsProps): RecordedFacts {
  const machines = machinesOf(sandbox, executions, machineArns);
  const functions = [...new Set(machines.flatMap((machine) => machine.functions))].flatMap((arn) =>
    functionOf(sandbox, arn),
  );
  const now = sandbox.simulation.now();
  const starts = executions.map(({ startedAt }) => startedAt);
  const from = since ?? (starts.length === 0 ? now - recently : Math.min(now, ...starts));
  const places = placesOf(machines);
  const measured = (wanted: WantedMetric): RecordedMetric => valueOf(sandbox, wanted, from, now);
  const metrics = places.flatMap((place) => [
    ...wantedMetrics(
      place,
      machines.flatMap(({ arn }) => (isAt(place, arn) ? [arn] : [])),
      functions.filter(({ account, region }) => account === place.account && region === place.region),
    ).map(measured),
    ...ownMetrics(sandbox, place, tenant).map(measured),
  ]);
  return {
    machines: [...machines],
    functions,
    metrics: metrics.filter(({ value }) => value > 0),
    schedules: schedulesOf(sandbox, new Set(machines.map(({ arn }) => arn))),
    probes: places.map((place) => probeOf(sandbox, place)),
    concurrency: Object.fromEntries(places.map((place) => [place.account, sandbox.quotasOf(place).lambdaConcurrency])),
  };
}

function machinesOf(
  { stateMachines }: FactSandbox,
  executions: readonly Execution[],
  machineArns: readonly string[],
): readonly RecordedMachine[] {
  const named = machineArns.flatMap((arn) => stateMachines.get(arn) ?? []);
  const all = new Map([...named, ...executions.map(({ machine }) => machine)].map((machine) => [machine.arn, machine]));
  return [...all.values()].map(({ arn, roleArn, definition }) => machineFacts({ arn, roleArn, definition }));
}

function functionOf({ functions }: FactSandbox, arn: string): readonly RecordedFunction[] {
  const fn = functions.get(arn);
  if (!fn) return [];
  const { name, account, region, roleArn, timeoutSeconds, memoryMegabytes, reservedConcurrency = null } = fn;
  return [{ arn, name, account, region, roleArn, timeoutSeconds, memoryMegabytes, reservedConcurrency }];
}

const isAt = ({ account, region }: Environment, arn: string): boolean => arn.includes(`:${region}:${account}:`);

/** Accounts and regions of state machines. */
export function placesOf(machines: readonly Pick<RecordedMachine, 'arn'>[]): readonly Environment[] {
  const places = machines.map(({ arn }) => {
    const [, , , region = '', account = ''] = arn.split(':');
    return { account, region };
  });
  return [...new Map(places.map((place) => [`${place.account}/${place.region}`, place])).values()];
}

const minute = 60_000;

/** Milliseconds in which something is measured that nobody has started: three periods of an alarm. */
const recently = 15 * minute;

/** Milliseconds after its time in which EventBridge Scheduler invokes a target: it has a precision of a minute. */
const lateFiring = 60_000;

function valueOf({ cloudWatch }: FactSandbox, wanted: WantedMetric, from: number, to: number): RecordedMetric {
  const { account, region, namespace, name, dimensions, statistic } = wanted;
  const series = cloudWatch.metrics.series({ account, region }, { namespace, name, dimensions });
  const start = Math.floor(from / minute) * minute;
  const minutes = [...(series?.periods(start, to + minute, minute) ?? [])];
  const values = minutes.map(([at, { sum, maximum }]) => ({ at, value: statistic === 'Sum' ? sum : maximum }));
  const above = values.filter(({ value }) => value > 0).map(({ at }) => at);
  const value =
    statistic === 'Sum'
      ? values.reduce((sum, each) => sum + each.value, 0)
      : Math.max(0, ...values.map((each) => each.value));
  const peak = Math.max(0, ...values.map((each) => each.value));
  return { ...wanted, value, peak, first: above.at(0) ?? null, last: above.at(-1) ?? null };
}

/** Metrics that functions of a tenant emit themselves. */
const ownMetrics = (
  { cloudWatch }: FactSandbox,
  { account, region }: Environment,
  tenant: string | undefined,
): readonly WantedMetric[] =>
  cloudWatch.metrics
    .of({ account, region })
    .filter(({ metric }) => metric.namespace === ownNamespace && metric.dimensions['Tenant'] === tenant)
    .map(({ metric }) => ({ account, region, ...metric, statistic: 'Sum' as const }));

function schedulesOf(
  { schedules, executions, simulation }: FactSandbox,
  machineArns: ReadonlySet<string>,
): RecordedSchedule[] {
  return schedules.all.flatMap(({ arn, isEnabled, target, times, delayMilliseconds }) => {
    const { StateMachineArn } = objectOf(parsed(target.input));
    const stateMachineArn = machineArns.has(target.arn) ? target.arn : textOf(StateMachineArn);
    if (!machineArns.has(stateMachineArn)) return [];
    const runs = executions.of(stateMachineArn);
    const firings = schedules.firings(arn).map(({ scheduledAt, outcome, attempts }) => ({
      scheduledAt,
      outcome,
      started: attempts.flatMap(({ at }) => runs.filter(({ startedAt }) => startedAt === at).map((run) => run.arn)),
      error: attempts.at(-1)?.error?.message ?? null,
    }));
    const last = firings.at(-1);
    const due = last ? times.next(last.scheduledAt) : times.first;
    const isMissed = due !== undefined && due + delayMilliseconds < simulation.now() - lateFiring;
    return [{ arn, stateMachineArn, isEnabled, missedAt: isMissed ? due : null, firings }];
  });
}

function parsed(text: string | undefined) {
  try {
    return JSON.parse(text ?? '{}') as Readonly<Record<string, string>>;
  } catch {
    return {};
  }
}

function probeOf({ schedules, observability, cloudWatch, simulation }: FactSandbox, place: Environment): RecordedProbe {
  const { account, region } = place;
  const schedule = schedules.all.find(
    (each) => each.account === account && each.region === region && each.name === probeName,
  );
  const from = Math.floor((schedule?.createdAt ?? 0) / minute) * minute;
  const sums = (metric: EmittedMetric): SumsByMinute => {
    const series = cloudWatch.metrics.series(place, { ...metric, dimensions: { FunctionName: probeName } });
    return [...(series?.periods(from, simulation.now() + minute, minute) ?? [])].map(([at, { sum }]) => [at, sum]);
  };
  const isLinked = observability.links.some(
    (link) => link.account === account && listOf(link.resourceTypes).includes('AWS::CloudWatch::Metric'),
  );
  return {
    account,
    region,
    since: schedule?.createdAt ?? null,
    ...probeRounds(sums(lambdaMetrics.invocations), sums(lambdaMetrics.errors), simulation.now()),
    isLinked: observability.sinks.length === 0 ? null : isLinked,
  };
}

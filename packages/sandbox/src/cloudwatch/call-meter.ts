import {
  activityMetrics,
  type CallMetrics,
  type EmittedMetric,
  integrationMetrics,
  taskFunctionMetrics,
} from '@crosswind/aws/metrics';
import { textOf } from '@crosswind/aws/json';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';
import { placeOf } from '@crosswind/workflow/execution/identity';
import type { JsonObject } from '@crosswind/aws/json';

/** Puts a value of a metric at a time. */
export type Put = (
  metric: EmittedMetric,
  dimensions: Readonly<Record<string, string>>,
  value: number,
  at: number,
) => void;

/** A call under way. */
interface Call {
  readonly metrics: CallMetrics;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly scheduledAt: number;
  readonly startedAt?: number;
}

/** Metrics of a call, by the type of the event that schedules it. */
const metricsOf: Readonly<Record<string, CallMetrics>> = {
  TaskScheduled: integrationMetrics,
  LambdaFunctionScheduled: taskFunctionMetrics,
  ActivityScheduled: activityMetrics,
};

/** Outcome of a call, by the end of the event's type. */
const endings: readonly (readonly [RegExp, 'succeeded' | 'failed' | 'timedOut'])[] = [
  [/Succeeded$/, 'succeeded'],
  [/Failed$/, 'failed'],
  [/TimedOut$/, 'timedOut'],
];

/** Follows the calls of one execution by its history, in which each event of a call names the one before it. */
export class CallMeter {
  readonly #machine: Environment & { readonly arn: string };
  readonly #put: Put;
  readonly #calls = new Map<number, Call>();

  constructor(machine: Environment & { readonly arn: string }, put: Put) {
    this.#machine = machine;
    this.#put = put;
  }

  observe(event: HistoryEvent): void {
    if (!/^(Task|LambdaFunction|Activity)[A-Z]/.test(event.type)) return;
    const call = event.type.endsWith('Scheduled') ? this.#scheduled(event) : this.#calls.get(event.previousEventId);
    if (!call) return;
    this.#calls.delete(event.previousEventId);
    const { metrics, dimensions, scheduledAt } = call;
    const put = (metric: EmittedMetric, value: number): void => {
      this.#put(metric, dimensions, value, event.timestamp);
    };
    const ending = endings.find(([type]) => type.test(event.type))?.[1];
    if (ending === undefined) {
      const starts = event.type.endsWith('Started');
      this.#calls.set(event.id, starts ? { ...call, startedAt: event.timestamp } : call);
      if (starts) put(metrics.started, 1);
      if (starts) put(metrics.scheduleTime, event.timestamp - scheduledAt);
      return;
    }
    put(metrics[ending], 1);
    put(metrics.time, event.timestamp - scheduledAt);
    if (call.startedAt !== undefined) put(metrics.runTime, event.timestamp - call.startedAt);
  }

  #scheduled(event: HistoryEvent): Call {
    const integration = event.type === 'TaskScheduled';
    const details: JsonObject | undefined =
      event['taskScheduledEventDetails'] ??
      event['lambdaFunctionScheduledEventDetails'] ??
      event['activityScheduledEventDetails'];
    const metrics = metricsOf[event.type] ?? taskFunctionMetrics;
    const resource = integration ? this.#integrationArn(details) : textOf(details?.['resource']);
    const call = { metrics, dimensions: { [metrics.dimension]: resource }, scheduledAt: event.timestamp };
    this.#put(metrics.scheduled, call.dimensions, 1, event.timestamp);
    return call;
  }

  /** With region and account, unlike the ARN in the definition. */
  #integrationArn(details: JsonObject | undefined): string {
    const { region, account, arn } = this.#machine;
    const [service, call] = [details?.['resourceType'], details?.['resource']].map(textOf);
    return `arn:${placeOf(arn).partition}:states:${region}:${account}:${service ?? ''}:${call ?? ''}`;
  }
}

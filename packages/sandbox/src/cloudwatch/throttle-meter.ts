import type { Bucket } from '@crosswind/aws/quotas';
import { type EmittedMetric, executionMetrics, throttleMetrics } from '@crosswind/aws/metrics';
import type { Environment } from '@crosswind/assembly/read-assembly';
import { minuteOf } from './metric.ts';
import type { Totals } from './totals.ts';

/** Token bucket and the dimension of its metrics. */
export interface Capacity {
  readonly place: Environment;
  readonly metric: { readonly ServiceMetric: string } | { readonly APIName: string };
  readonly bucket: Bucket;
}

type Put = (
  place: Environment,
  metric: EmittedMetric,
  dimensions: Readonly<Record<string, string>>,
  value: number,
  at: number,
) => void;

/** Emits metrics of Step Functions' token buckets (procedure-cw-metrics, "Service metrics", "API usage metrics"). */
export class ThrottleMeter {
  readonly #put: Put;
  readonly #totals: Totals;
  /** The latest minute in which each bucket was described. */
  readonly #described = new Map<string, number>();

  constructor(put: Put, totals: Totals) {
    this.#put = put;
    this.#totals = totals;
  }

  /** A token was taken, for a state machine if one is named. */
  consumed(capacity: Capacity, at: number, machineArn?: string): void {
    if (machineArn !== undefined) this.#totals.transitions += 1;
    this.#describe(capacity, at);
    this.#both(capacity, throttleMetrics.consumed, at, machineArn);
  }

  /** There was no token. */
  throttled(capacity: Capacity, at: number, machineArn?: string): void {
    this.#describe(capacity, at);
    this.#both(capacity, throttleMetrics.throttled, at, machineArn);
  }

  /** There was no token for a state transition, which is then late; it counts for its state machine, too. */
  transitionThrottled(capacity: Capacity, at: number, machineArn: string): void {
    this.#totals.throttledTransitions += 1;
    this.throttled(capacity, at, machineArn);
    this.#put(capacity.place, executionMetrics.throttled, { StateMachineArn: machineArn }, 1, at);
    this.#put(capacity.place, executionMetrics.throttled, {}, 1, at);
  }

  #both({ place, metric }: Capacity, emitted: EmittedMetric, at: number, machineArn: string | undefined): void {
    this.#put(place, emitted, metric, 1, at);
    if (machineArn !== undefined) this.#put(place, emitted, { ...metric, StateMachineArn: machineArn }, 1, at);
  }

  /** Size and rate, once in each minute in which anybody asks for a token. */
  #describe({ place, metric, bucket }: Capacity, at: number): void {
    const key = `${place.account}/${place.region}/${Object.values(metric).join()}/${bucket.size}`;
    const now = minuteOf(at);
    if ((this.#described.get(key) ?? -Infinity) >= now) return;
    this.#described.set(key, now);
    this.#put(place, throttleMetrics.bucketSize, metric, bucket.size, at);
    this.#put(place, throttleMetrics.refillRate, metric, bucket.refillPerSecond, at);
  }
}

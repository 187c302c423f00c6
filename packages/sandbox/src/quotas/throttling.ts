import type { Bucket } from '@crosswind/aws/quotas';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Capacity, ThrottleMeter } from '../cloudwatch/throttle-meter.ts';
import type { QuotasOf } from './granted-quotas.ts';
import { TokenBucket } from './token-bucket.ts';

export interface ThrottlingPorts {
  readonly quotasOf: QuotasOf;
  readonly meter: ThrottleMeter;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: () => number;
  /**
   * Milliseconds in which the buckets of API calls fill; never goes back.
   *
   * @default - virtual time
   */
  readonly callNow?: () => number;
}

/** A state machine, as far as its quotas go. */
interface Machine extends Environment {
  readonly arn: string;
}

/** The token buckets of Step Functions in every account and region. */
export class Throttling {
  readonly #ports: ThrottlingPorts;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(ports: ThrottlingPorts) {
    this.#ports = ports;
  }

  /**
   * Takes a token for a state transition of a Standard execution. Returns the time at which there is one: a transition
   * may be late, but never fails.
   */
  transition(machine: Machine): number {
    const { quotasOf, meter, now } = this.#ports;
    const at = now();
    const bucket = this.#bucket(machine, 'StateTransition', quotasOf(machine).stateTransitions, at);
    const due = bucket.reserve(at);
    const capacity: Capacity = { place: machine, metric: { ServiceMetric: 'StateTransition' }, bucket: bucket.bucket };
    meter.consumed(capacity, due, machine.arn);
    if (due > at) meter.transitionThrottled(capacity, at, machine.arn);
    return due;
  }

  /** Takes a token for an action of Step Functions. Returns true if there was one, or if the action has no quota. */
  admits(place: Environment, action: string): boolean {
    return this.#admits(place, action, action, this.#ports.quotasOf(place).actions[action]);
  }

  /** Takes a token to start an execution of a state machine of this type. Returns true if there was one. */
  admitsStart(place: Environment, type: 'STANDARD' | 'EXPRESS'): boolean {
    const { startExecution, startExpressExecution } = this.#ports.quotasOf(place);
    const quota = type === 'EXPRESS' ? startExpressExecution : startExecution;
    return this.#admits(place, 'StartExecution', `StartExecution ${type}`, quota);
  }

  #admits(place: Environment, action: string, name: string, quota: Bucket | undefined): boolean {
    if (!quota) return true;
    const { meter, now, callNow = now } = this.#ports;
    const at = now();
    const capacity: Capacity = { place, metric: { APIName: action }, bucket: quota };
    const called = callNow();
    const admitted = this.#bucket(place, name, quota, called).take(called);
    if (admitted) meter.consumed(capacity, at);
    else meter.throttled(capacity, at);
    return admitted;
  }

  #bucket({ account, region }: Environment, name: string, quota: Bucket, at: number): TokenBucket {
    const key = `${account}/${region}/${name}`;
    const bucket = this.#buckets.get(key) ?? new TokenBucket(quota, this.#ports.now());
    bucket.resize(quota, at);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

import {
  executionMetrics,
  type EmittedMetric,
  expressMetrics,
  lambdaMetrics,
  mapRunMetrics,
  openExecutionMetrics,
  redriveMetrics,
} from '@crosswind/aws/metrics';
import type { FunctionResource } from '@crosswind/assembly/functions';
import type { QuotasOf } from '../quotas/granted-quotas.ts';
import type { Execution } from '../step-functions/runtime/execution.ts';
import { CallMeter } from './call-meter.ts';
import { Concurrency } from './concurrency.ts';
import { embeddedMetrics } from './embedded-metrics.ts';
import { Gauge } from './gauge.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Metrics } from './metrics.ts';
import { QueueMeter } from './queue-meter.ts';
import { ThrottleMeter } from './throttle-meter.ts';
import { noTotals } from './totals.ts';

/** Outcome of an invocation that has ended. */
export interface InvocationEnd {
  readonly failed: boolean;
  readonly milliseconds: number;
  /** Text that the function wrote into its log group. */
  readonly log: string;
}

/** Emits the metrics of the simulated services, with AWS's names, units and dimensions (@crosswind/aws/metrics). */
export class Meters {
  readonly #metrics: Metrics;
  readonly #now: () => number;
  readonly #quotasOf: QuotasOf;
  readonly #openExecutions = new Gauge();
  readonly #openMapRuns = new Gauge();
  readonly #backloggedMapRuns = new Gauge();
  readonly #concurrency = new Map<string, Concurrency>();
  readonly queues: QueueMeter;
  readonly totals = noTotals();
  readonly throttles = new ThrottleMeter((...value) => {
    this.put(...value);
  }, this.totals);

  /** @param now milliseconds since the epoch, in virtual time */
  constructor(metrics: Metrics, now: () => number, quotasOf: QuotasOf) {
    this.#metrics = metrics;
    this.queues = new QueueMeter(metrics);
    this.#now = now;
    this.#quotasOf = quotasOf;
  }

  /** Puts the values 1 and 0 for each execution: their number is 2, their sum 1 (procedure-cw-metrics). */
  executionStarted(execution: Execution): void {
    this.totals.executions += 1;
    this.#executionOpened(execution);
    for (const value of [1, 0]) this.#execution(execution, executionMetrics.started, value);
  }

  executionRedriven(execution: Execution): void {
    this.#executionOpened(execution);
    this.#execution(execution, redriveMetrics.redriven, 1);
  }

  executionEnded(execution: Execution): void {
    const { outcome, startedAt, stoppedAt = this.#now(), redriveCount = 0 } = execution;
    if (!outcome) return;
    if (redriveCount > 0) this.#execution(execution, redriveMetrics[outcome.status], 1);
    this.totals.runningExecutions -= 1;
    if (execution.type === 'EXPRESS') this.#expressBilled(execution, stoppedAt - startedAt);
    else this.#openExecutionCount(execution.machine, this.#openExecutions.change(execution.machine, -1), stoppedAt);
    if (outcome.status !== 'SUCCEEDED') this.totals.failedExecutions += 1;
    this.#execution(execution, executionMetrics[outcome.status], 1);
    this.#execution(execution, executionMetrics.time, stoppedAt - startedAt);
  }

  /** Standard executions that are open in an account and region, children of Map Runs included. */
  openExecutions(place: Environment): number {
    return this.#openExecutions.count(place);
  }

  /** Watches the calls that an execution makes, by its history. */
  calls({ machine }: Execution): CallMeter {
    return new CallMeter(machine, (metric, dimensions, value, at) => {
      this.put(machine, metric, dimensions, value, at);
    });
  }

  mapRunOpened(place: Environment): void {
    this.totals.openMapRuns += 1;
    this.#openMapRunCount(place, this.#openMapRuns.change(place, 1), this.#now());
  }

  mapRunClosed(place: Environment): void {
    this.totals.openMapRuns -= 1;
    this.#openMapRuns.change(place, -1);
  }

  /** A Map Run waits until others have ended. */
  mapRunBacklogged(place: Environment): void {
    this.totals.backloggedMapRuns += 1;
    const count = this.#backloggedMapRuns.change(place, 1);
    this.put(place, mapRunMetrics.backlog, {}, count, this.#now());
  }

  /** A Map Run waits no longer. */
  mapRunUnblocked(place: Environment): void {
    this.totals.backloggedMapRuns -= 1;
    this.#backloggedMapRuns.change(place, -1);
  }

  /** An invocation begins; its metrics have the time at which it began (monitoring-metrics-types). */
  invocationStarted(fn: FunctionResource): (end: InvocationEnd) => void {
    const at = this.#now();
    this.totals.invocations += 1;
    this.totals.runningInvocations += 1;
    this.#lambda(fn, lambdaMetrics.invocations, 1, at);
    const own = this.#concurrencyOf(fn, fn.arn);
    const all = this.#concurrencyOf(fn, '');
    this.put(fn, lambdaMetrics.concurrentExecutions, { FunctionName: fn.name }, own.begin(at), at);
    this.put(fn, lambdaMetrics.concurrentExecutions, {}, all.begin(at), at);
    return ({ failed, milliseconds, log }) => {
      this.totals.runningInvocations -= 1;
      if (failed) this.totals.failedInvocations += 1;
      for (const concurrency of [own, all]) concurrency.end(at + milliseconds);
      this.#lambda(fn, lambdaMetrics.errors, failed ? 1 : 0, at);
      this.#lambda(fn, lambdaMetrics.throttles, 0, at);
      this.#lambda(fn, lambdaMetrics.duration, Math.round(milliseconds * 100) / 100, at);
      this.#logged(fn, log, at + milliseconds);
    };
  }

  /** An invocation that Lambda does not let begin. */
  invocationThrottled(fn: FunctionResource): void {
    this.totals.throttledInvocations += 1;
    this.#lambda(fn, lambdaMetrics.throttles, 1, this.#now());
  }

  /** How much of an account's concurrency runs or is reserved. */
  concurrencyClaimed(fn: FunctionResource, count: number): void {
    this.put(fn, lambdaMetrics.claimedAccountConcurrency, {}, count, this.#now());
  }

  /**
   * Emits the metrics of every minute with something open. Returns true if Map Runs are open, functions run or messages
   * wait.
   */
  sample(at: number): boolean {
    // Executions may wait for a year, in which nobody looks at each minute for their sake alone.
    for (const { place, count } of this.#openExecutions.counts()) this.#openExecutionCount(place, count, at);
    const open = this.#openMapRuns.counts();
    const backlogged = this.#backloggedMapRuns.counts();
    for (const { place, count } of open) this.#openMapRunCount(place, count, at);
    for (const { place, count } of backlogged) this.put(place, mapRunMetrics.backlog, {}, count, at);
    let running = this.queues.sample(at);
    for (const concurrency of this.#concurrency.values()) {
      const { place, dimensions } = concurrency;
      const count = concurrency.at(at);
      if (count > 0) this.put(place, lambdaMetrics.concurrentExecutions, dimensions, count, at);
      running ||= count > 0;
    }
    return running || open.length > 0 || backlogged.length > 0;
  }

  /** Puts one value of a metric that AWS emits. */
  put(
    { account, region }: Environment,
    { namespace, name, unit }: EmittedMetric,
    dimensions: Readonly<Record<string, string>>,
    value: number,
    at: number,
  ): void {
    this.#metrics.put({ account, region }, { namespace, name, dimensions }, unit, value, at);
  }

  /** By state machine, for children of Map Runs the labelled one, and for the whole account. */
  #execution({ machine, dispatch }: Execution, metric: EmittedMetric, value: number): void {
    const at = this.#now();
    this.put(machine, metric, { StateMachineArn: dispatch?.stateMachineArn ?? machine.arn }, value, at);
    this.put(machine, metric, {}, value, at);
  }

  #executionOpened({ type, machine }: Execution): void {
    this.totals.runningExecutions += 1;
    if (type === 'STANDARD') this.#openExecutionCount(machine, this.#openExecutions.change(machine, 1), this.#now());
  }

  #openExecutionCount(place: Environment, count: number, at: number): void {
    this.put(place, openExecutionMetrics.open, {}, count, at);
    this.put(place, openExecutionMetrics.limit, {}, this.#quotasOf(place).openExecutions, at);
  }

  /** Billed in steps of 64 MB and 100 ms (aws.amazon.com/step-functions/pricing); how much memory it takes is not modelled. */
  #expressBilled(execution: Execution, milliseconds: number): void {
    this.#execution(execution, expressMetrics.memory, 64);
    this.#execution(execution, expressMetrics.billedMemory, 64);
    this.#execution(execution, expressMetrics.billedDuration, Math.max(100, Math.ceil(milliseconds / 100) * 100));
  }

  #openMapRunCount(place: Environment, count: number, at: number): void {
    this.put(place, mapRunMetrics.open, {}, count, at);
    this.put(place, mapRunMetrics.limit, {}, this.#quotasOf(place).openMapRuns, at);
  }

  #lambda(fn: FunctionResource, metric: EmittedMetric, value: number, at: number): void {
    this.put(fn, metric, { FunctionName: fn.name }, value, at);
    this.put(fn, metric, {}, value, at);
  }

  /** Puts the metrics that a function logs itself, in its own account. */
  #logged({ account, region }: FunctionResource, log: string, at: number): void {
    for (const { metric, unit, values } of embeddedMetrics(log)) {
      for (const value of values) this.#metrics.put({ account, region }, metric, unit, value, at);
    }
  }

  /** Of a function, or of all in a place. */
  #concurrencyOf({ account, region, name }: FunctionResource, functionArn: string): Concurrency {
    const key = functionArn || `${account}/${region}`;
    const dimensions: Readonly<Record<string, string>> = functionArn === '' ? {} : { FunctionName: name };
    const known = this.#concurrency.get(key) ?? new Concurrency({ account, region }, dimensions);
    this.#concurrency.set(key, known);
    return known;
  }
}

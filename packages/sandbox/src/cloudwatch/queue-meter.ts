import { queueMetrics } from '@crosswind/aws/metrics';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Metrics } from './metrics.ts';

/** A queue as its metrics name it. */
export interface MeasuredQueue extends Environment {
  readonly arn: string;
  readonly name: string;
}

/** Counts the messages of queues, which nothing receives: they are visible until they expire or their queue is deleted. */
export class QueueMeter {
  readonly #metrics: Metrics;
  /** When each message of a queue expires, by the ARN of the queue. */
  readonly #queues = new Map<string, { readonly queue: MeasuredQueue; readonly expiries: number[] }>();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /**
   * Counts a message from now on.
   * @param at milliseconds since the epoch, in virtual time
   */
  sent(queue: MeasuredQueue, at: number, expiresAt: number): void {
    const known = this.#queues.get(queue.arn) ?? { queue, expiries: [] };
    this.#queues.set(queue.arn, known);
    known.expiries.push(expiresAt);
    this.#put(queue, known.expiries.length, at);
  }

  removed(queueArn: string): void {
    this.#queues.delete(queueArn);
  }

  /** Emits the metrics of a minute. Returns true while there are messages. */
  sample(at: number): boolean {
    for (const [arn, { queue, expiries }] of this.#queues) {
      while ((expiries[0] ?? Infinity) <= at) expiries.shift();
      this.#put(queue, expiries.length, at);
      if (expiries.length === 0) this.#queues.delete(arn);
    }
    return this.#queues.size > 0;
  }

  #put({ account, region, name }: MeasuredQueue, count: number, at: number): void {
    const { namespace, name: metric, unit } = queueMetrics.visible;
    const dimensions = { QueueName: name };
    this.#metrics.put({ account, region }, { namespace, name: metric, dimensions }, unit, count, at);
  }
}

import type { Bucket } from '@crosswind/aws/quotas';

/**
 * A token bucket on virtual time, full at first. It counts thousandths of tokens in whole numbers, so that the same load
 * gives the same delays on every machine.
 */
export class TokenBucket {
  #bucket: Bucket;
  /** Thousandths of a token; below 0 by what is promised to those who wait. */
  #level: number;
  #at: number;

  /** @param at milliseconds */
  constructor(bucket: Bucket, at: number) {
    this.#bucket = bucket;
    this.#level = bucket.size * thousandths;
    this.#at = at;
  }

  get bucket(): Bucket {
    return this.#bucket;
  }

  /** Another quota from now on: tokens above its size are gone, and a larger bucket fills as time passes. */
  resize(bucket: Bucket, at: number): void {
    const { size, refillPerSecond } = this.#bucket;
    if (bucket.size === size && bucket.refillPerSecond === refillPerSecond) return;
    this.#refill(at);
    this.#bucket = bucket;
    this.#level = Math.min(this.#level, bucket.size * thousandths);
  }

  /** Takes a token if there is one. */
  take(at: number): boolean {
    this.#refill(at);
    if (this.#level < thousandths) return false;
    this.#level -= thousandths;
    return true;
  }

  /** Takes a token, even one that is not there yet. Returns the time at which it is. Calls are served in order. */
  reserve(at: number): number {
    this.#refill(at);
    this.#level -= thousandths;
    return this.#level >= 0 ? at : at + Math.ceil(-this.#level / this.#bucket.refillPerSecond);
  }

  #refill(at: number): void {
    if (at <= this.#at) return;
    // Tokens per second are thousandths of a token per millisecond.
    const refilled = this.#level + (at - this.#at) * this.#bucket.refillPerSecond;
    this.#level = Math.min(this.#bucket.size * thousandths, refilled);
    this.#at = at;
  }
}

const thousandths = 1_000;

import type { FunctionResource } from '@crosswind/assembly/functions';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Meters } from '../cloudwatch/meters.ts';
import type { QuotasOf } from '../quotas/granted-quotas.ts';
import { TokenBucket } from '../quotas/token-bucket.ts';

/** Why Lambda does not let an invocation begin (AWS Lambda API: "Invoke", TooManyRequestsException). */
export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded';

/** An invocation that may begin, or not. */
export type Admission =
  | {
      readonly ok: true;
      /** True if it needs a new execution environment, because all others of the function are busy. */
      readonly isCold: boolean;
      /** To be called when the invocation has ended, in virtual time. */
      readonly end: () => void;
    }
  | { readonly ok: false; readonly reason: ThrottleReason };

export interface FunctionConcurrencyPorts {
  readonly quotasOf: QuotasOf;
  readonly meters: Pick<Meters, 'concurrencyClaimed'>;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: () => number;
}

/** Running invocations and execution environments of one function. */
interface Environments {
  running: number;
  /** Execution environments that were made; they stay. */
  made: number;
  readonly scaling: TokenBucket;
}

/** Running invocations without reserved concurrency in an account and region, and its reserved concurrency. */
interface Pool {
  running: number;
  reserved: number;
}

/**
 * How many invocations run at a time: of an account in a region, of a function with reserved concurrency, and how fast a
 * function gets further execution environments ("Understanding Lambda function scaling").
 */
export class FunctionConcurrency {
  readonly #ports: FunctionConcurrencyPorts;
  readonly #functions = new Map<string, Environments>();
  readonly #pools = new Map<string, Pool>();

  constructor(ports: FunctionConcurrencyPorts) {
    this.#ports = ports;
  }

  /** Reserves what the function asks for: it has that alone, and no more than that. */
  reserve(fn: FunctionResource): void {
    this.#pool(fn).reserved += fn.reservedConcurrency ?? 0;
  }

  /** Takes back what a function has for itself, because it is changed or deleted. Its next invocations are cold starts. */
  release(fn: FunctionResource): void {
    this.#pool(fn).reserved -= fn.reservedConcurrency ?? 0;
    const own = this.#functions.get(fn.arn);
    if (own) own.made = own.running;
  }

  /** Concurrency that functions of an account have reserved in a region. */
  reservedIn(place: Environment): number {
    return this.#pool(place).reserved;
  }

  /** Lets an invocation begin, or says why not. */
  begin(fn: FunctionResource): Admission {
    const { quotasOf, meters, now } = this.#ports;
    const pool = this.#pool(fn);
    const own = this.#environments(fn);
    const { reservedConcurrency: reserved } = fn;
    if (reserved === undefined && pool.running >= quotasOf(fn).lambdaConcurrency - pool.reserved) {
      return { ok: false, reason: 'ConcurrentInvocationLimitExceeded' };
    }
    if (reserved !== undefined && own.running >= reserved) {
      return { ok: false, reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' };
    }
    const isCold = own.running === own.made;
    if (isCold && !own.scaling.take(now())) return { ok: false, reason: 'FunctionInvocationRateLimitExceeded' };
    const change = (by: 1 | -1): void => {
      own.running += by;
      if (reserved === undefined) pool.running += by;
    };
    change(1);
    if (isCold) own.made += 1;
    meters.concurrencyClaimed(fn, pool.running + pool.reserved);
    const end = (): void => {
      change(-1);
    };
    return { ok: true, isCold, end };
  }

  #pool({ account, region }: Environment): Pool {
    const key = `${account}/${region}`;
    const pool = this.#pools.get(key) ?? { running: 0, reserved: 0 };
    this.#pools.set(key, pool);
    return pool;
  }

  #environments(fn: FunctionResource): Environments {
    const { quotasOf, now } = this.#ports;
    const scaling = (): TokenBucket => new TokenBucket(quotasOf(fn).lambdaScaling, now());
    const known = this.#functions.get(fn.arn) ?? { running: 0, made: 0, scaling: scaling() };
    known.scaling.resize(quotasOf(fn).lambdaScaling, now());
    this.#functions.set(fn.arn, known);
    return known;
  }
}

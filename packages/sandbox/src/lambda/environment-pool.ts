import type { FunctionResource } from '@crosswind/assembly/functions';
import type { Begin } from '@crosswind/workflow/clock/simulation';
import { ExecutionEnvironment, type Invocation, type InvocationResult } from './execution-environment.ts';

/** Environment variables for a new execution environment of the function. */
export type EnvironmentOf = (fn: FunctionResource) => Readonly<Record<string, string>>;

/** Outcome of one invocation in an environment. */
export interface PooledResult {
  readonly result: InvocationResult;
  /** How long it really took, the wait for room not counted. */
  readonly milliseconds: number;
}

/** Callbacks of an invocation while it runs. */
export interface Listener {
  /** Called when there is room for it. */
  readonly begin: Begin;
  /** Called with the environment that runs it; `coldStart` is true if that was created for it. */
  readonly began?: (environment: ExecutionEnvironment, coldStart: boolean) => void;
  /** Called with what the function writes to its log. */
  readonly wrote?: (text: string) => void;
}

/**
 * As many execution environments as this machine has room for. They stay warm and are used again by the same function;
 * invocations that find no room wait in order.
 */
export class EnvironmentPool {
  readonly #capacity: number;
  readonly #environmentOf: EnvironmentOf;
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #running = new Set<ExecutionEnvironment>();
  readonly #waiting: (() => void)[] = [];
  readonly #retired = new WeakSet<FunctionResource>();
  #busy = 0;

  constructor(capacity: number, environmentOf: EnvironmentOf) {
    this.#capacity = capacity;
    this.#environmentOf = environmentOf;
  }

  /** Runs the invocation as soon as there is room. */
  async run(fn: FunctionResource, invocation: Invocation, listener: Listener): Promise<PooledResult> {
    while (this.#busy >= this.#capacity) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy += 1;
    try {
      listener.begin();
      const warm = this.#takeIdle(fn);
      const environment = warm ?? new ExecutionEnvironment(fn, this.#environmentOf(fn));
      this.#running.add(environment);
      listener.began?.(environment, warm === undefined);
      const startedAt = performance.now();
      const result = await environment.invoke(invocation, listener.wrote);
      const milliseconds = performance.now() - startedAt;
      this.#running.delete(environment);
      if (this.#retired.has(fn)) environment.end();
      if (!environment.ended) this.#idle.push(environment);
      return { result, milliseconds };
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Ends the environments of a function that was changed or deleted; one that runs ends after its invocation. */
  retire(fn: FunctionResource): void {
    this.#retired.add(fn);
    const old = this.#idle.filter((environment) => environment.fn === fn);
    this.#idle.splice(0, this.#idle.length, ...this.#idle.filter((environment) => environment.fn !== fn));
    for (const environment of old) environment.end();
  }

  /** Ends every environment, and with it what runs in it; what waits for room never runs. */
  end(): void {
    this.#waiting.length = 0;
    for (const environment of [...this.#idle.splice(0), ...this.#running]) environment.end();
  }

  /** Kills one of the running environments, as a crash of its machine would. Returns true if there was one. */
  kill(choose: (running: number) => number): boolean {
    const running = [...this.#running];
    const chosen = running[choose(running.length)];
    chosen?.end();
    return chosen !== undefined;
  }

  /** An idle environment of the function that still lives; those of others make room when all places are taken. */
  #takeIdle(fn: FunctionResource): ExecutionEnvironment | undefined {
    const index = this.#idle.findIndex((environment) => environment.fn === fn && !environment.ended);
    if (index >= 0) return this.#idle.splice(index, 1)[0];
    if (this.#idle.length + this.#busy > this.#capacity) this.#idle.shift()?.end();
    return undefined;
  }
}

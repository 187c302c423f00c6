import type { FunctionResource } from '@crosswind/assembly/functions';
import type { Meters } from '../cloudwatch/meters.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import type { Begin, Simulation } from '@crosswind/workflow/clock/simulation';
import type { Json } from '@crosswind/aws/json';
import type { Disturbance } from './disturbance.ts';
import type { FunctionConcurrency } from './function-concurrency.ts';
import { type Functions, throttledResult } from './functions.ts';
import type { LoggedResult } from './logged-result.ts';

/** Model that predicts a function's result without running it. */
export interface FunctionModel {
  readonly invoke: (event: Json, context: ModelContext) => ModelledInvocation;
  /** How long a new execution environment takes to be ready. */
  readonly coldStartMilliseconds: number;
}

export interface ModelContext {
  /** Counts the invocations of all models from 1: what chance is drawn from. */
  readonly number: number;
  readonly memoryMegabytes: number;
}

export interface ModelledInvocation {
  /** In a warm environment. */
  readonly milliseconds: number;
  readonly requests: S3Requests;
  readonly result: { readonly payload: Json } | { readonly errorType: string; readonly errorMessage: string };
}

/** Requests to S3, as they are billed. */
export interface S3Requests {
  readonly get: number;
  readonly put: number;
  readonly list: number;
}

/** An invocation of a model that has ended, as Lambda would bill it. */
export interface BilledInvocation {
  readonly fn: FunctionResource;
  readonly milliseconds: number;
  readonly requests: S3Requests;
}

/** Models instead of functions. */
export interface FunctionModels {
  /** The model of a function; one that has none is run as it is. */
  readonly modelOf: (fn: FunctionResource) => FunctionModel | undefined;
  readonly onEnd: (invocation: BilledInvocation) => void;
}

export interface ModelledFunctionsPorts {
  readonly models: FunctionModels;
  readonly simulation: Simulation;
  readonly concurrency: FunctionConcurrency;
  readonly meters: Pick<Meters, 'invocationStarted' | 'invocationThrottled'>;
}

/** Lambda without running anything: models say how long an invocation takes and what it answers, in virtual time. */
export class ModelledFunctions implements Functions {
  readonly #ports: ModelledFunctionsPorts;
  readonly #real: Functions;
  readonly #modelled = new Map<string, { readonly fn: FunctionResource; readonly model: FunctionModel }>();
  #invocations = 0;

  /** @param real runs what has no model */
  constructor(real: Functions, ports: ModelledFunctionsPorts) {
    this.#real = real;
    this.#ports = ports;
  }

  has(functionArn: string): boolean {
    return this.#real.has(functionArn);
  }

  get(functionArn: string): FunctionResource | undefined {
    return this.#real.get(functionArn);
  }

  add(fn: FunctionResource, session: RolePrincipal): void {
    this.#real.add(fn, session);
    const model = this.#ports.models.modelOf(fn);
    if (model) this.#modelled.set(fn.arn, { fn, model });
    else this.#modelled.delete(fn.arn);
  }

  remove(functionArn: string): void {
    this.#real.remove(functionArn);
    this.#modelled.delete(functionArn);
  }

  invoke(functionArn: string, event: string, begin: Begin): Promise<LoggedResult> {
    return this.#real.invoke(functionArn, event, begin);
  }

  start(functionArn: string, event: string, done: (result: LoggedResult) => void): void {
    const modelled = this.#modelled.get(functionArn);
    if (modelled) this.#startModel(modelled.fn, modelled.model, event, done);
    else this.#real.start(functionArn, event, done);
  }

  disturb(functionArn: string, disturbance: Disturbance | undefined): void {
    this.#real.disturb(functionArn, disturbance);
  }

  kill(choose: (running: number) => number): boolean {
    return this.#real.kill(choose);
  }

  end(): void {
    this.#real.end();
  }

  #startModel(fn: FunctionResource, model: FunctionModel, event: string, done: (result: LoggedResult) => void): void {
    const { models, simulation, concurrency, meters } = this.#ports;
    const admission = concurrency.begin(fn);
    if (!admission.ok) {
      meters.invocationThrottled(fn);
      done(throttledResult(admission.reason));
      return;
    }
    const ended = meters.invocationStarted(fn);
    this.#invocations += 1;
    const modelled = model.invoke(JSON.parse(event) as Json, {
      number: this.#invocations,
      memoryMegabytes: fn.memoryMegabytes,
    });
    const run = Math.min(Math.ceil(modelled.milliseconds), fn.timeoutSeconds * 1_000);
    const milliseconds = run + (admission.isCold ? model.coldStartMilliseconds : 0);
    const result = resultOf(fn, modelled);
    simulation.at(simulation.now() + milliseconds, () => {
      admission.end();
      ended({ failed: !result.ok, milliseconds: run, log: '' });
      models.onEnd({ fn, milliseconds, requests: modelled.requests });
      done({ ...result, log: '' });
    });
  }
}

function resultOf({ timeoutSeconds }: FunctionResource, { milliseconds, result }: ModelledInvocation) {
  if (milliseconds > timeoutSeconds * 1_000) {
    const errorMessage = `Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    return { ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage } } as const;
  }
  if ('payload' in result) return { ok: true, payload: JSON.stringify(result.payload) } as const;
  return { ok: false, error: result } as const;
}

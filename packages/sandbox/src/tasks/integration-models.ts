import type { Json, JsonObject } from '@crosswind/aws/json';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { RunningTask, TaskCall } from './integration.ts';

/** Model of an integration that the sandbox does not simulate. Its answer depends on its arguments alone. */
export type IntegrationModel = (input: JsonObject, context: IntegrationContext) => ModelledAnswer;

export interface IntegrationContext {
  /** Virtual time in milliseconds since the epoch. */
  readonly now: number;
  /** Counts the calls of all models from 1: the seed of anything random. */
  readonly number: number;
}

/** The output of a task, or its error. A task that waits for its token gets what the one who answers it would send. */
export type ModelledAnswer = ({ readonly output: Json } | { readonly error: string; readonly cause?: string }) & {
  /**
   * Duration in virtual time.
   *
   * @default 0
   */
  readonly milliseconds?: number;
};

/** Models of a state machine, by its construct path. */
export type IntegrationModelsOf = (path: string) => IntegrationModels;

/** Models by the resource of a task after `arn:aws:states:::`, for example `sqs:sendMessage`. */
export type IntegrationModels = Readonly<Record<string, IntegrationModel>>;

/** The models of a sandbox, asked by the state machine and the resource of a task. */
export class ModelledIntegrations {
  readonly #modelsOf: IntegrationModelsOf;
  readonly #simulation: Simulation;
  #number = 0;

  constructor(modelsOf: IntegrationModelsOf, simulation: Simulation) {
    this.#modelsOf = modelsOf;
    this.#simulation = simulation;
  }

  /** @param path construct path of the state machine */
  has(path: string, resource: string): boolean {
    return this.#modelOf(path, resource) !== undefined;
  }

  /** Answers a task by its model, in virtual time; undefined if it has none. */
  answer(call: TaskCall): RunningTask | undefined {
    const model = this.#modelOf(call.execution.machine.path, call.resource);
    if (!model) return undefined;
    const now = this.#simulation.now();
    const { milliseconds = 0, ...answer } = model(call.arguments, { now, number: (this.#number += 1) });
    let isCancelled = false;
    this.#simulation.at(now + milliseconds, () => {
      if (isCancelled) return;
      if ('error' in answer) call.report({ kind: 'task-failed', error: answer.error, cause: answer.cause });
      else call.report({ kind: 'task-succeeded', output: answer.output });
    });
    return {
      cancel: () => {
        isCancelled = true;
      },
    };
  }

  #modelOf(path: string, resource: string): IntegrationModel | undefined {
    const models = this.#modelsOf(path);
    const name = /^arn:[^:]+:states:::(.+)$/.exec(resource)?.[1] ?? '';
    return models[name] ?? models[name.replace(/\.waitForTaskToken$/, '')];
  }
}

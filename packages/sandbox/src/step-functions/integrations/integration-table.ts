import type { Machine } from '@crosswind/workflow/definition/definition';
import { argumentNames, statesOf } from '@crosswind/workflow/definition/states-of';
import { waitsForToken } from '@crosswind/workflow/execution/history';
import type { Integration, Offer, TaskCall } from '../../tasks/integration.ts';
import type { ModelledIntegrations } from '../../tasks/integration-models.ts';
import { notSimulated } from '../../tasks/opaque-task.ts';
import type { TaskTokens } from '../runtime/task-tokens.ts';
import { callback } from './callback.ts';

/** The integrations that the services of the sandbox offer, found by the resource of a task. */
export class IntegrationTable {
  readonly #taskTokens: TaskTokens;
  readonly #otherwise: Integration;
  readonly #modelled: Pick<ModelledIntegrations, 'has'>;
  readonly #named = new Map<string, Offer>();
  readonly #matching: Offer[] = [];

  /**
   * @param otherwise for tasks whose integration no service offers
   * @param modelled says which of those a model answers
   */
  constructor(taskTokens: TaskTokens, otherwise: Integration, modelled: Pick<ModelledIntegrations, 'has'>) {
    this.#taskTokens = taskTokens;
    this.#otherwise = otherwise;
    this.#modelled = modelled;
  }

  add(offers: readonly Offer[]): void {
    for (const offer of offers) {
      if (typeof offer.resource === 'string') this.#named.set(offer.resource, offer);
      else this.#matching.push(offer);
    }
  }

  /** The integration that a task names. */
  find(resource: string): Integration {
    const offer = this.#offer(resource);
    if (!offer) return this.#otherwise;
    const integration = knowing(offer);
    return waitsForToken(resource) ? callback(this.#taskTokens, integration) : integration;
  }

  /**
   * Integrations and arguments in a machine's tasks that no service supports, each with its state.
   * @param path construct path of the state machine; models answer for those that are deployed
   */
  unsupported(machine: Machine, path = ''): readonly string[] {
    return statesOf(machine).flatMap(([name, state]) => {
      if (state.Type !== 'Task') return [];
      const offer = this.#offer(state.Resource);
      if (!offer && this.#modelled.has(path, state.Resource)) return [];
      if (!offer) return [`state "${name}": the sandbox does not support the integration ${state.Resource}`];
      return argumentNames(state)
        .filter((argument) => offer.arguments?.includes(argument) === false)
        .map(
          (argument) => `state "${name}": the sandbox does not support the argument ${argument} of ${state.Resource}`,
        );
    });
  }

  /** A task waits for its token after a call, never after a job that it already waits for (connect-to-resource). */
  #offer(resource: string): Offer | undefined {
    const matching = this.#matching.find(
      ({ resource: pattern }) => pattern instanceof RegExp && pattern.test(resource),
    );
    const called = /^arn:[^:]+:states:::(.+)$/.exec(resource)?.[1] ?? '';
    const name = called.replace(/\.waitForTaskToken$/, '');
    if (name !== called && name.includes('.sync')) return undefined;
    return matching ?? this.#named.get(name);
  }
}

/** Integration for calls whose arguments it reads. A task with other arguments fails, and the error names them. */
const knowing =
  ({ integration, arguments: known }: Offer): Integration =>
  (call) => {
    const unknown = Object.keys(call.arguments).filter((name) => known?.includes(name) === false);
    if (unknown.length === 0) return integration(call);
    report(call, unknown);
    return undefined;
  };

function report({ report, resource }: TaskCall, unknown: readonly string[]): void {
  const cause = `AWS can, the sandbox cannot: ${unknown.join(', ')} of ${resource}`;
  report({ kind: 'task-started' });
  report({ kind: 'task-failed', error: notSimulated, cause });
}

/** True if the machine waits for executions in its own account, whose end it learns by events (connect-stepfunctions). */
export const waitsForEvents = (machine: Machine): boolean =>
  statesOf(machine).some(
    ([, state]) =>
      state.Type === 'Task' && /:states:startExecution\.sync(:2)?$/.test(state.Resource) && !state.Credentials,
  );

import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { JsonObject } from '@crosswind/aws/json';
import { expect } from 'vitest';
import { DeploymentRefused } from '../src/cloudformation/refusal.ts';
import type { Sandbox } from '../src/sandbox.ts';
import type { Answered, ResourceHandler } from '../src/service.ts';
import { type LiteralStack, sandboxWith, stacksOf } from '../src/testing/literals.ts';

/** One resource of a deployed stack in the hands of CloudFormation. */
export interface Handled {
  readonly sandbox: Sandbox;
  /** Creates it, once more if it is there already; returns what the handler answered last. */
  readonly create: () => Promise<Answered | undefined>;
  /** Changes the resource to what another form of the stack says; returns what the handler answered last. */
  readonly update: (stack: LiteralStack) => Promise<Answered | undefined>;
  readonly remove: () => Promise<void>;
  /** Its live properties; undefined if it is gone. */
  readonly read: () => JsonObject | undefined;
}

/** Deploys a stack into an empty sandbox and takes one of its resources in hand. */
export async function handled(literal: LiteralStack, logicalId: string): Promise<Handled> {
  return inHand(await sandboxWith([literal]), literal, logicalId);
}

/**
 * Takes a resource of a stack in hand, which need not be deployed in the sandbox.
 * @param rest differences of the stack
 */
export function inHand(sandbox: Sandbox, literal: LiteralStack, logicalId: string, rest: Partial<Stack> = {}): Handled {
  const within = (of: LiteralStack) => {
    const { resource, stack } = resourceOf(of, logicalId);
    return { resource, stack: { ...stack, ...rest } };
  };
  let current = within(literal);
  const handler = handlerOf(sandbox, current.resource);
  return {
    sandbox,
    create: async () => {
      let answered: Answered | undefined;
      await handler.create(current.resource, current.stack, (answer) => (answered = answer));
      return answered;
    },
    update: async (next) => {
      const { resource, stack } = within(next);
      let answered: Answered | undefined;
      await handler.update(resource, current.resource, stack, (answer) => (answered = answer));
      current = { resource, stack };
      return answered;
    },
    remove: async () => {
      await handler.delete(current.resource, current.stack);
    },
    read: () => handler.read?.(current.resource, current.stack),
  };
}

function resourceOf(literal: LiteralStack, logicalId: string): { readonly resource: Resource; readonly stack: Stack } {
  const [stack] = stacksOf(literal);
  const resource = stack?.resources.find((each) => each.logicalId === logicalId);
  if (!stack || !resource) throw new Error(`there is no resource ${logicalId} in the stack`);
  return { resource, stack };
}

function handlerOf({ handlers }: Sandbox, { type }: Resource): ResourceHandler {
  const handler = handlers.get(type);
  if (!handler) throw new Error(`there is no handler of ${type}`);
  return handler;
}

/** The refusal of what is done, as `code: message`; undefined if it is not refused. */
export async function refusal(act: () => unknown): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(DeploymentRefused);
    return error instanceof DeploymentRefused ? `${error.code}: ${error.message}` : undefined;
  }
}

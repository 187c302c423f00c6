import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isCustomResource } from '@crosswind/assembly/resource-identity';
import { type Json, type JsonObject, unresolved } from '@crosswind/aws/json';
import type { Answered, ResourceHandler } from '../../service.ts';
import { customResource } from '../custom-resources.ts';
import type { OpaqueResources } from '../opaque-resources.ts';
import { partlyOpaque } from '../partly-opaque.ts';
import { DeploymentRefused } from '../refusal.ts';
import { Things } from './things.ts';

export interface ProviderPorts {
  /** How to handle resources, by their type. */
  readonly handlers: ReadonlyMap<string, ResourceHandler>;
  readonly opaque: OpaqueResources;
}

/** Resource types that describe nothing to create. */
const inert = new Set(['AWS::CDK::Metadata']);

/**
 * Creates, changes, deletes and reads resources of every type; what the sandbox cannot simulate becomes opaque and exists
 * without running. Throws a `DeploymentRefused` as AWS would refuse.
 */
export class Provider {
  readonly #handlers: ReadonlyMap<string, ResourceHandler>;
  readonly #opaque: OpaqueResources;
  readonly #things = new Things();

  constructor({ handlers, opaque }: ProviderPorts) {
    this.#handlers = handlers;
    this.#opaque = opaque;
  }

  /** @param answer called with what is known only now; also before the creation fails, with the id of what is left */
  create(resource: Resource, stack: Stack, answer: (answered: Answered) => void): Promise<void> {
    const known = withoutDoubtfulPolicy(resource);
    return this.#tried(resource, stack, (handler) => handler.create(known, stack, answer));
  }

  update(resource: Resource, before: Resource, stack: Stack, answer: (answered: Answered) => void): Promise<void> {
    const known = withoutDoubtfulPolicy(resource);
    return this.#tried(resource, stack, (handler) => handler.update(known, before, stack, answer));
  }

  async delete(resource: Resource, stack: Stack): Promise<void> {
    await this.#handlerOf(resource).delete(resource, stack);
  }

  /** The properties as they are now; undefined if the resource is gone, null if its type takes no part in drift. */
  read(resource: Resource, stack: Stack): JsonObject | undefined | null {
    const { read } = this.#handlerOf(resource);
    return read ? read(resource, stack) : null;
  }

  /** Why a resource could not be deleted as it is now; undefined if nothing is known to be in the way. */
  hindrance(resource: Resource, stack: Stack): string | undefined {
    return this.#handlerOf(resource).hindrance?.(resource, stack);
  }

  async #tried(
    resource: Resource,
    stack: Stack,
    action: (handler: ResourceHandler) => Promise<void> | void,
  ): Promise<void> {
    const handler = this.#handlerOf(resource);
    const isResolved = resource.unresolved.length === 0;
    const isKnown = handler !== this.#things || inert.has(resource.type);
    if (!inert.has(resource.type) && (!isKnown || !isResolved)) {
      this.#opaque.add(resource, stack, resource.unresolved.join('; '));
    }
    if (isKnown && !isResolved && !partlyOpaque.has(resource.type)) return;
    try {
      await action(handler);
    } catch (error) {
      if (!(error instanceof DeploymentRefused) || error.code !== 'NotSupported') throw error;
      this.#opaque.add(resource, stack, error.message);
    }
  }

  #handlerOf({ type }: Resource): ResourceHandler {
    return this.#handlers.get(isCustomResource(type) ? customResource : type) ?? this.#things;
  }
}

/** The resource; if it may not be there, with a policy whose statements are not known. */
function withoutDoubtfulPolicy(resource: Resource): Resource {
  if (!resource.mayBeAbsent) return resource;
  const properties = Object.entries(resource.properties).map(([name, value]): [string, Json] => [
    name,
    name === 'PolicyDocument' || name === 'KeyPolicy' ? unresolved : value,
  ]);
  return { ...resource, properties: Object.fromEntries(properties) };
}

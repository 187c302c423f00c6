import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { JsonObject } from '@crosswind/aws/json';
import type { ResourceHandler } from '../../service.ts';
import { DeploymentRefused } from '../refusal.ts';

/** Resources that exist without running: of every type that no simulated service has. */
export class Things implements ResourceHandler {
  readonly #properties = new Map<string, JsonObject>();

  readonly create = (resource: Resource, stack: Stack): void => {
    const key = keyOf(resource, stack);
    if (this.#properties.has(key)) {
      // The words of CloudFormation's own types (cloudformation-cli-java-plugin, "CfnAlreadyExistsException").
      const message = `Resource of type '${resource.type}' with identifier '${resource.ref}' already exists.`;
      throw new DeploymentRefused('AlreadyExists', message);
    }
    this.#properties.set(key, resource.properties);
  };

  readonly update = (resource: Resource, _: Resource, stack: Stack): void => {
    const key = keyOf(resource, stack);
    if (!this.#properties.has(key)) {
      const message = `Resource of type '${resource.type}' with identifier '${resource.ref}' was not found.`;
      throw new DeploymentRefused('NotFound', message);
    }
    this.#properties.set(key, resource.properties);
  };

  readonly delete = (resource: Resource, stack: Stack): void => {
    this.#properties.delete(keyOf(resource, stack));
  };

  readonly read = (resource: Resource, stack: Stack): JsonObject | undefined =>
    this.#properties.get(keyOf(resource, stack));
}

const keyOf = ({ type, arn, ref }: Resource, { account, region }: Stack): string =>
  [type, arn ?? [account, region, ref].join('/')].join(' ');

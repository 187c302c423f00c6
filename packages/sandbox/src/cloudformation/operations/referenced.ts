import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Resource } from '@crosswind/assembly/resolve';
import { unresolved } from '@crosswind/aws/json';
import { DeploymentRefused } from '../refusal.ts';
import { withReferences } from '../templates/dynamic-references.ts';
import { parameterArn } from '../templates/parameters.ts';
import type { Actor, Permissions } from './permissions.ts';

export interface ReferencePorts {
  readonly permissions: Permissions;
  /** Value of a parameter of Parameter Store; undefined if there is none. */
  readonly stored: (environment: Environment, name: string, version?: number) => string | undefined;
}

/** A resource with the values of its dynamic references, and these by their text. */
export interface Referenced {
  readonly resource: Resource;
  readonly references: ReadonlyMap<string, string>;
}

/**
 * The resource with the values that its dynamic references have now. A secret, and without an actor a parameter outside
 * the sandbox, is unresolved.
 * @throws DeploymentRefused for a parameter that is not there, or that the actor may not read
 */
export function referenced(
  { permissions, stored }: ReferencePorts,
  actor: Actor | undefined,
  resource: Resource,
  environment: Environment,
): Referenced {
  const references = new Map<string, string>();
  const properties = withReferences(resource.properties, ({ text, service, name, version }) => {
    if (service === 'ssm') permissions.call(actor, 'ssm:GetParameters', parameterArn(environment, name), environment);
    const value = service === 'ssm' ? stored(environment, name, version) : undefined;
    if (value === undefined && service === 'ssm' && actor) {
      const wanted = text.slice('{{resolve:'.length, -'}}'.length);
      throw new DeploymentRefused('ValidationError', `Parameters: [${wanted}] cannot be found.`);
    }
    references.set(text, value ?? unresolved);
    return value ?? unresolved;
  });
  const unknown = [...references]
    .filter(([, value]) => value === unresolved)
    .map(([text]) => `${resource.logicalId}.Properties: the sandbox has no value for ${text}`);
  return { resource: { ...resource, properties, unresolved: [...resource.unresolved, ...unknown] }, references };
}

import type { Resource } from '@crosswind/assembly/resolve';
import { laterAttribute, withLaterAttributes } from '@crosswind/assembly/resource-identity';
import type { JsonObject } from '@crosswind/aws/json';
import type { Attributes } from '../service.ts';
import { DeploymentRefused } from './refusal.ts';

/**
 * The resource with the attributes that custom resources have answered by now. Those of an opaque one are unresolved.
 * @param answers attributes by the logical id of the custom resource
 * @throws DeploymentRefused for an attribute that is not in the answer
 */
export function filledIn(resource: Resource, answers: ReadonlyMap<string, Attributes>): Resource {
  const unresolved = new Set(resource.unresolved);
  const valueOf = (logicalId: string, attribute: string): string | undefined => {
    const answer = answers.get(logicalId);
    if (!answer) {
      unresolved.add(`Fn::GetAtt "${logicalId}.${attribute}" is unknown, because ${logicalId} is opaque`);
      return undefined;
    }
    const value = answer[attribute];
    if (value !== undefined) return value;
    const message = `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${logicalId}`;
    throw new DeploymentRefused('InvalidRequest', message);
  };
  const properties = withLaterAttributes(JSON.stringify(resource.properties), (...of) => {
    const value = valueOf(...of);
    return value === undefined ? value : JSON.stringify(value).slice(1, -1);
  });
  const { name, arn } = resource;
  return {
    ...resource,
    properties: JSON.parse(properties) as JsonObject,
    name: withLaterAttributes(name, valueOf),
    arn: arn === undefined ? arn : withLaterAttributes(arn, valueOf),
    unresolved: [...unresolved],
  };
}

/** Properties with the attributes that custom resources have answered; those that are not known stay placeholders. */
export const withKnownAttributes = (properties: JsonObject, answers: ReadonlyMap<string, Attributes>): JsonObject =>
  JSON.parse(
    withLaterAttributes(JSON.stringify(properties), (logicalId, attribute) => {
      const value = answers.get(logicalId)?.[attribute];
      return JSON.stringify(value ?? laterAttribute(logicalId, attribute)).slice(1, -1);
    }),
  ) as JsonObject;

import type { StackResource } from '../stacks/stack-resource.ts';
import type { Resource } from '@crosswind/assembly/resolve';
import { isCustomResource, refAttribute } from '@crosswind/assembly/resource-identity';
import type { JsonObject } from '@crosswind/aws/json';
import type { Answered } from '../../service.ts';
import { withKnownAttributes } from '../later-attributes.ts';
import { type DeployedStack, shownAnswersOf } from '../stacks/stack.ts';

/** Start of a change: one that failed half-way, unless the same is wanted again. */
export const startOf = ({ deployed, attempted }: StackResource, wanted: Resource): Resource =>
  attempted && !isSame(attempted, wanted) ? attempted : (deployed ?? wanted);

/** State of a resource after a change that fails; a change to what it is leaves the earlier attempt. */
export function attemptOf({ physicalId, deployed, attempted }: StackResource, wanted: Resource): Resource | undefined {
  if (deployed && isSame(deployed, wanted)) return attempted;
  return isCustomResource(wanted.type) ? { ...wanted, name: physicalId, ref: physicalId } : wanted;
}

const isSame = (one: Resource, other: Resource): boolean =>
  JSON.stringify(one.properties) === JSON.stringify(other.properties);

/** A resource with the id and attributes that a custom resource's function answers. */
export function answeredBy(
  existing: Omit<StackResource, 'status'>,
  resource: Resource,
  { physicalId = resource.ref, attributes, noEcho: isMasked }: Answered,
): Omit<StackResource, 'status'> {
  const deployed = { ...resource, name: physicalId, ref: physicalId };
  return { ...existing, physicalId, deployed, isMasked, attributes: { ...attributes, [refAttribute]: physicalId } };
}

/** Properties as the history shows them: with what custom resources have answered, if that is not masked. */
export const shownOf = ({ properties }: Resource, stack: DeployedStack): JsonObject =>
  withKnownAttributes(properties, shownAnswersOf(stack));

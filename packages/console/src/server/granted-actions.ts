import { isArray, type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { SourceStack } from './organization-source.ts';

/**
 * Patterns of actions that the policies of a role in its own stack allow, each once. Managed policies that other stacks or AWS
 * hold are not seen.
 */
export function grantedActions({ resources }: SourceStack, role: string, properties: JsonObject): readonly string[] {
  const inline = listOf(properties['Policies']).map((policy) => objectOf(policy)['PolicyDocument']);
  const managed = new Set(listOf(properties['ManagedPolicyArns']).map(textOf));
  const attached = resources
    .filter(
      ({ type, arn, properties: { Roles: roles } }) =>
        (type === 'AWS::IAM::Policy' && listOf(roles).includes(role)) ||
        (type === 'AWS::IAM::ManagedPolicy' && (listOf(roles).includes(role) || managed.has(arn ?? ''))),
    )
    .map((policy) => policy.properties['PolicyDocument']);
  return [...new Set([...inline, ...attached].flatMap(allowedIn))].sort();
}

const allowedIn = (document: Json | undefined): readonly string[] =>
  oneOrMany(objectOf(document)['Statement'])
    .map(objectOf)
    .filter(({ Effect: effect }) => effect === 'Allow')
    .flatMap(({ Action: action }) => oneOrMany(action).map(textOf));

/** A value that may be a list, as policies have them. */
export const oneOrMany = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : isArray(value) ? value : [value];

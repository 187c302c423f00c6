import { type Json, type JsonObject, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Template } from '@crosswind/assembly/template';
import { matchesWildcard } from '@crosswind/iam/wildcard';

/** A policy of a role in a stack: an inline policy of the role's own resource, or a resource of its own. */
export interface RoleDocument {
  readonly logicalId: string;
  /** Place in the property `Policies`; undefined for a resource of its own. */
  readonly index?: number;
  /** Name of the inline policy. */
  readonly name: string;
}

/** A resource of a stack as it is deployed. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly arn?: string;
  readonly properties: JsonObject;
}

/** Identity policies that resources of a stack give a role. */
export function documentsOf(role: string, resources: readonly DeployedResource[]): readonly RoleDocument[] {
  const roleName = role.split('/').at(-1);
  return resources.flatMap(({ logicalId, type, arn, properties }): readonly RoleDocument[] => {
    if (type === 'AWS::IAM::Policy' && listOf(properties['Roles']).includes(roleName ?? ''))
      return [{ logicalId, name: textOf(properties['PolicyName']) }];
    if (type !== 'AWS::IAM::Role' || arn !== role) return [];
    return listOf(properties['Policies']).map((policy, index) => ({
      logicalId,
      index,
      name: textOf(objectOf(policy)['PolicyName']),
    }));
  });
}

/** The statements of a document, one or many. */
export const statementsOf = (document: Json | undefined): readonly JsonObject[] =>
  [objectOf(document)['Statement'] ?? []].flat().filter(isObject);

/** The policy document in the properties of its resource. */
export const documentIn = (properties: JsonObject, { index }: RoleDocument): Json | undefined =>
  index === undefined
    ? properties['PolicyDocument']
    : objectOf(listOf(properties['Policies'])[index])['PolicyDocument'];

/** The properties of a resource with another policy document. */
export function withDocument(properties: JsonObject, { index }: RoleDocument, document: JsonObject): JsonObject {
  if (index === undefined) return { ...properties, PolicyDocument: document };
  const policies = listOf(properties['Policies']).map((policy, at) =>
    at === index ? { ...objectOf(policy), PolicyDocument: document } : policy,
  );
  return { ...properties, Policies: policies };
}

/** A document without an action, and what was taken out of it. */
export interface Stripped {
  readonly document: JsonObject;
  /** A statement for each one that allowed the action, with nothing but the action. */
  readonly removed: readonly JsonObject[];
}

/** Removes an action from each statement that allows it by its name; nothing is removed where a wildcard allows it. */
export function withoutAction(document: Json | undefined, action: string): Stripped {
  const removed: JsonObject[] = [];
  const kept = statementsOf(document).flatMap((statement) => {
    const actions = actionsOf(statement);
    const others = actions.filter((each) => !isSame(each, action));
    if (statement['Effect'] !== 'Allow' || others.length === actions.length) return [statement];
    removed.push({ ...statement, Action: action });
    return others.length > 0 ? [{ ...statement, Action: others }] : [];
  });
  return { document: { ...objectOf(document), Statement: kept }, removed };
}

/** Patterns of a document that allow an action. */
export const wildcardsFor = (document: Json | undefined, action: string): readonly string[] =>
  statementsOf(document)
    .filter(({ Effect: effect }) => effect === 'Allow')
    .flatMap(actionsOf)
    .filter((pattern) => /[*?]/.test(pattern) && matchesWildcard(pattern.toLowerCase(), action.toLowerCase()));

const actionsOf = ({ Action: actions = [] }: JsonObject): readonly string[] => [actions].flat().map(textOf);

/** Case of letters makes no difference ("IAM JSON policy elements: Action"). */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** A template with the properties of some resources changed. */
export const withProperties = (template: Template, changed: ReadonlyMap<string, JsonObject>): Template => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).map(([logicalId, resource]) => {
      const properties = changed.get(logicalId);
      return [logicalId, properties ? { ...resource, Properties: properties } : resource];
    }),
  ),
});

import { type Json, type JsonObject, isArray, isObject, objectOf, textOf } from '@crosswind/aws/json';

/** Fields of a statement whose order means nothing, and where one item is the same as a list of it. */
const sets = ['Action', 'NotAction', 'Resource', 'NotResource'];

/**
 * A part of a template in which equal meaning is equal text: keys, statements, their actions and resources, and tags are in
 * alphabetical order.
 */
export function canonical(value: Json): Json {
  if (isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  const object = Object.fromEntries(keys.map((key) => [key, field(key, canonical(value[key] ?? null))]));
  return isStatement(object) ? statement(object) : object;
}

/** A list that is one item as that item, all others in order. */
const set = (value: Json): Json => {
  if (!isArray(value)) return value;
  return value.length === 1 && value[0] !== undefined ? value[0] : sorted(value);
};

function field(key: string, value: Json): Json {
  if (key === 'Statement' || key === 'Tags') return isArray(value) ? sorted(value) : value;
  return value;
}

const isStatement = ({ Effect, Action, NotAction }: JsonObject): boolean =>
  (Effect === 'Allow' || Effect === 'Deny') && (Action !== undefined || NotAction !== undefined);

function statement(object: JsonObject): JsonObject {
  const each = (value: Json | undefined): JsonObject => mapped(objectOf(value), set);
  const { Principal, NotPrincipal, Condition } = object;
  return {
    ...object,
    ...Object.fromEntries(sets.flatMap((key) => (object[key] === undefined ? [] : [[key, set(object[key])]]))),
    ...(isObject(Principal) && { Principal: each(Principal) }),
    ...(isObject(NotPrincipal) && { NotPrincipal: each(NotPrincipal) }),
    ...(isObject(Condition) && { Condition: mapped(Condition, each) }),
  };
}

const mapped = (object: JsonObject, change: (value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

const sorted = (list: readonly Json[]): readonly Json[] =>
  [...list].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/** Types whose logical id ends with a digest of their content: another id is no other resource. */
const named = ['AWS::Lambda::Version', 'AWS::ApiGateway::Deployment'];

/**
 * Resources of a template, those with a digest in their logical id under their construct path, without the CDK's own.
 * `DependsOn` is the order of a deployment, and no change of what is deployed.
 */
export function canonicalResources(resources: Json | undefined): JsonObject {
  const entries = Object.entries(objectOf(resources));
  const ids = entries.flatMap(([id, resource]): readonly (readonly [string, string])[] => {
    const { Type, Metadata } = objectOf(resource);
    const path = textOf(objectOf(Metadata)['aws:cdk:path']);
    return named.includes(textOf(Type)) && path !== '' ? [[id, path.split('/').slice(2).join('/')]] : [];
  });
  let text = JSON.stringify(
    Object.fromEntries(
      entries
        .filter(([, resource]) => objectOf(resource)['Type'] !== 'AWS::CDK::Metadata')
        .map(([id, resource]) => [id, withoutNotes(objectOf(resource))]),
    ),
  );
  for (const [id, path] of ids) text = text.replaceAll(`"${id}"`, JSON.stringify(path));
  return objectOf(canonical(JSON.parse(text) as Json));
}

/** The resource without its order and without what the CDK and its checkers note for themselves. */
function withoutNotes({ Metadata, DependsOn: _order, ...resource }: JsonObject): JsonObject {
  const kept = Object.entries(objectOf(Metadata)).filter(([key]) => !/^(aws:|cdk_nag$)|^crosswind/.test(key));
  return kept.length === 0 ? resource : { ...resource, Metadata: Object.fromEntries(kept) };
}

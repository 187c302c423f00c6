import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, isObject, listOf } from '@crosswind/aws/json';

export type Path = readonly (string | number)[];

/** A statement of a policy, and where it stands. */
export interface Place {
  readonly stack: Stack;
  readonly resource: Resource;
  /** Place of the statement in the properties; undefined for a permission of Lambda, which is a statement itself. */
  readonly path: Path | undefined;
  /** Of a permission of Lambda its properties. */
  readonly statement: JsonObject;
}

/** Every statement of an effect in the stacks. */
export const statementsIn = (stacks: readonly Stack[], effect: 'Allow' | 'Deny'): readonly Place[] =>
  stacks.flatMap((stack) =>
    stack.resources.flatMap((resource): readonly Place[] => {
      if (resource.type === 'AWS::Lambda::Permission') {
        return effect === 'Allow' ? [{ stack, resource, path: undefined, statement: resource.properties }] : [];
      }
      return statementsBelow(resource.properties, [])
        .filter(({ statement }) => statement['Effect'] === effect)
        .map((found) => ({ stack, resource, ...found }));
    }),
  );

function statementsBelow(value: Json, path: Path): readonly { readonly path: Path; readonly statement: JsonObject }[] {
  if (Array.isArray(value)) return listOf(value).flatMap((each, index) => statementsBelow(each, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'Statement'
      ? [each]
          .flat()
          .flatMap((statement, index) => (isObject(statement) ? [{ path: [...path, key, index], statement }] : []))
      : statementsBelow(each, [...path, key]),
  );
}

/** The stacks with the statement replaced, or without it. */
export const withStatement = (
  stacks: readonly Stack[],
  { stack: changed, resource, path }: Place,
  statement: JsonObject | undefined,
): readonly Stack[] =>
  stacks.map((stack) => {
    if (stack !== changed) return stack;
    const resources = stack.resources.flatMap((each) => {
      if (each !== resource) return [each];
      if (path) return [{ ...each, properties: replacedAt(each.properties, path, statement) as JsonObject }];
      return statement ? [{ ...each, properties: statement }] : [];
    });
    return { ...stack, resources };
  });

function replacedAt(value: Json, [first, ...rest]: Path, by: Json | undefined): Json {
  if (Array.isArray(value)) {
    return listOf(value).flatMap((each, index) => {
      if (index !== first) return [each];
      return rest.length > 0 ? [replacedAt(each, rest, by)] : by === undefined ? [] : [by];
    });
  }
  if (!isObject(value) || first === undefined) return [];
  // A list of one statement may be written as the statement itself.
  if (rest.length === 1 && !Array.isArray(value[first])) return { ...value, [first]: by === undefined ? [] : [by] };
  return { ...value, [first]: replacedAt(value[first] ?? [], rest, by) };
}

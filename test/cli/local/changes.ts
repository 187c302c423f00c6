import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';

/** Every statement of a resource's policies, with one action each: what a fault can take away. */
function permissionsOf({ properties }: Resource): readonly string[] {
  const inline = listOf(properties['Policies']).map((each) => objectOf(each)['PolicyDocument'] ?? null);
  const documents: readonly (Json | undefined)[] = [
    properties['AssumeRolePolicyDocument'],
    properties['PolicyDocument'],
    ...inline,
  ];
  return documents.flatMap((document) =>
    listOf(objectOf(document)['Statement']).flatMap((statement) => {
      const { Action: actions = [], ...rest } = objectOf(statement);
      return [actions].flat().map((action) => JSON.stringify({ Action: action, ...rest }));
    }),
  );
}

/** The resources that differ, each with the permissions that were taken away and those that came instead. */
export function changes(before: readonly Stack[], after: readonly Stack[]) {
  return before.flatMap((stack, s) =>
    stack.resources.flatMap((resource, r) => {
      const other = after[s]?.resources[r];
      if (!other || JSON.stringify(resource) === JSON.stringify(other)) return [];
      const [was, is] = [permissionsOf(resource), permissionsOf(other)];
      return [
        {
          path: resource.path,
          lost: was.filter((each) => !is.includes(each)).map(parsed),
          gained: is.filter((each) => !was.includes(each)).map(parsed),
        },
      ];
    }),
  );
}

const parsed = (text: string): JsonObject => objectOf(JSON.parse(text) as Json);

import { plannedCalls } from '@crosswind/assembly/planned-calls';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, isObject, listOf, textOf } from '@crosswind/aws/json';
import type { ReachInputs } from '../../../cli/reach/reach-inputs.ts';
import { decideCall } from '../../../policies/reach/decide-call.ts';
import { decidingPolicies } from '../../../policies/reach/deciding-policies.ts';
import { reachOf } from '../../../policies/reach/reach.ts';

/** A platform without one statement, and what `crosswind reach` says of it. */
export interface RemovedStatement {
  /** Construct path, place in its properties, and the actions. */
  readonly name: string;
  /** `unneeded`: the statement was reported before. `survived`: nobody noticed. */
  readonly noticed: 'denied' | 'unneeded' | 'survived';
}

type Path = readonly (string | number)[];

interface Place {
  readonly stack: Stack;
  readonly resource: Resource;
  /** Place of the statement in the properties; undefined for a permission of Lambda, which is a statement itself. */
  readonly path: Path | undefined;
  readonly statement: JsonObject;
}

/** Every statement that allows something in the stacks, removed one at a time. */
export function removedStatements({ stacks, baseline, organization }: ReachInputs): readonly RemovedStatement[] {
  const calls = plannedCalls(stacks, baseline);
  const { unneeded } = reachOf(stacks, baseline, organization);
  return statementsIn(stacks).map((place) => {
    const policies = decidingPolicies([...baseline, ...stacks.map((stack) => without(stack, place))]);
    const denied = calls.some((call) => !decideCall(call, policies, organization).allowed);
    const actions = listOf([place.statement['Action'] ?? []].flat() as Json).map(textOf);
    const resources = [place.statement['Resource'] ?? ''].flat().map(textOf);
    const wasReported = actions.every((action) =>
      resources.every((resource) =>
        unneeded.some(
          ({ at, ...found }) =>
            isCarriedBy(place, at.resource) && found.action === action && found.resource === resource,
        ),
      ),
    );
    return {
      name: `${place.resource.path} ${(place.path ?? []).join('.')} ${actions.join(', ')}`,
      noticed: denied ? 'denied' : wasReported ? 'unneeded' : 'survived',
    };
  });
}

/** True if the statement is in a policy of the resource itself, or of the role that the resource is. */
const isCarriedBy = ({ resource: { path, properties } }: Place, { name, ...found }: Resource): boolean =>
  found.path === path || listOf(properties['Roles']).map(textOf).includes(name);

const statementsIn = (stacks: readonly Stack[]): readonly Place[] =>
  stacks.flatMap((stack) =>
    stack.resources.flatMap((resource): readonly Place[] => {
      if (resource.type === 'AWS::Lambda::Permission') {
        const { Action = '' } = resource.properties;
        return [{ stack, resource, path: undefined, statement: { Action } }];
      }
      return statementsBelow(resource.properties, []).map((found) => ({ stack, resource, ...found }));
    }),
  );

function statementsBelow(value: Json, path: Path): readonly Pick<Place & { path: Path }, 'path' | 'statement'>[] {
  if (Array.isArray(value)) return listOf(value).flatMap((each, index) => statementsBelow(each, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'Statement'
      ? [each]
          .flat()
          .flatMap((statement, index) =>
            isObject(statement) && statement['Effect'] === 'Allow' ? [{ path: [...path, key, index], statement }] : [],
          )
      : statementsBelow(each, [...path, key]),
  );
}

function without(stack: Stack, { stack: changed, resource, path }: Place): Stack {
  if (stack !== changed) return stack;
  const resources = stack.resources.flatMap((each) => {
    if (each !== resource) return [each];
    return path === undefined ? [] : [{ ...each, properties: removedAt(each.properties, path) as JsonObject }];
  });
  return { ...stack, resources };
}

function removedAt(value: Json, [first, ...rest]: Path): Json {
  if (Array.isArray(value)) {
    const items = listOf(value);
    if (rest.length === 0) return items.filter((_, index) => index !== first);
    return items.map((each, index) => (index === first ? removedAt(each, rest) : each));
  }
  if (!isObject(value) || first === undefined) return [];
  return { ...value, [first]: removedAt(value[first] ?? [], rest) };
}

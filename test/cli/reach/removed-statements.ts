import { plannedCalls } from '@crosswind/assembly/planned-calls';
import type { Resource } from '@crosswind/assembly/resolve';
import { type Json, listOf, textOf } from '@crosswind/aws/json';
import { decideCall } from '../../../policies/reach/decide-call.ts';
import { decidingPolicies } from '../../../policies/reach/deciding-policies.ts';
import type { ReachInputs } from '../../../policies/reach/reach-inputs.ts';
import { reachOf } from '../../../policies/reach/reach.ts';
import { type Place, statementsIn, withStatement } from './statements.ts';

/** A platform without one statement, and what `crosswind reach` says of it. */
export interface RemovedStatement {
  /** Construct path, place in its properties, and the actions. */
  readonly name: string;
  /** `unneeded`: the statement was reported before. `survived`: nobody noticed. */
  readonly noticed: 'denied' | 'unneeded' | 'survived';
}

/** Every statement that allows something in the stacks, removed one at a time. */
export function removedStatements({ stacks, baseline, organization }: ReachInputs): readonly RemovedStatement[] {
  const calls = plannedCalls(stacks, baseline);
  const { unneeded } = reachOf(stacks, baseline, organization);
  return statementsIn(stacks, 'Allow').map((place) => {
    const policies = decidingPolicies([...baseline, ...withStatement(stacks, place, undefined)]);
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

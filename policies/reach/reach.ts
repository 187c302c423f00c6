import { plannedCalls } from '@crosswind/assembly/planned-calls';
import type { PlannedCall } from '@crosswind/assembly/planned-call';
import type { Stack } from '@crosswind/assembly/resolve';
import type { Decision } from '@crosswind/iam/decision';
import { decidingPolicies } from './deciding-policies.ts';
import { decideCall, type DecidingOrganization, requestOf } from './decide-call.ts';
import { type Unneeded, unneededPermissions } from './unneeded.ts';

/** A call and what the policies say of it. */
export interface DecidedCall extends PlannedCall {
  readonly decision: Decision;
}

/** Every call of a platform. */
export interface Reach {
  readonly machines: number;
  readonly tasks: number;
  readonly calls: readonly DecidedCall[];
  readonly unneeded: readonly Unneeded[];
}

/**
 * Every call that the platform will make, decided.
 * @param stacks those of the assembly
 * @param baseline those that an administrator deploys: their boundaries count, their own roles are not looked at
 */
export function reachOf(
  stacks: readonly Stack[],
  baseline: readonly Stack[],
  organization: DecidingOrganization,
): Reach {
  const all = [...baseline, ...stacks];
  const policies = decidingPolicies(all);
  const calls = plannedCalls(stacks, baseline).map((call): DecidedCall => ({
    ...call,
    decision: decideCall(call, policies, organization),
  }));
  const machines = stacks.flatMap(({ resources }) =>
    resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine'),
  );
  const tasks = new Set(
    calls.filter(({ by }) => by.part.startsWith('state ')).map(({ by }) => `${by.path} ${by.part}`),
  );
  return {
    machines: machines.length,
    tasks: tasks.size,
    calls,
    unneeded: unneededPermissions(
      stacks,
      policies,
      calls.filter(({ action }) => action !== '').map((call) => requestOf(call, policies, organization.id)),
    ),
  };
}

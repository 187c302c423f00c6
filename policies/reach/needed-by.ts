import type { Caller, PlannedCall } from '@crosswind/assembly/planned-call';
import { plannedCalls } from '@crosswind/assembly/planned-calls';
import { accountOf } from '@crosswind/aws/arn';
import type { Principal } from '@crosswind/iam/principal';
import { speaksOf } from '@crosswind/iam/speaks-of';
import { namedPrincipal } from './callers.ts';
import { anyName } from './decide-call.ts';
import { type Asked, requestTo } from './decide-request.ts';
import type { FoundAccess } from './found-access.ts';
import type { ReachInputs } from './reach-inputs.ts';
import { roleAt } from './representatives.ts';
import type { Sides } from './sides.ts';

/** For each difference the calls that need it, as `path, part`: it speaks of them, and before they are not allowed. */
export function neededBy(
  found: readonly FoundAccess[],
  { stacks, baseline }: ReachInputs,
  sides: Sides,
): readonly (readonly string[])[] {
  if (found.length === 0) return [];
  const calls = plannedCalls(stacks, baseline)
    .filter(({ action }) => action !== '')
    .map((call) => ({ call, asked: askedBy(call) }))
    .filter(({ asked }) => sides.decidedBefore(asked)?.allowed !== true);
  return found.map(({ change: { atom }, asked: { principal } }) => {
    const needing = calls.filter(
      ({ call, asked }) =>
        isOf(call.caller, principal, sides.stranger) &&
        speaksOf(atom.compiled, requestTo(asked, sides.after)) !== false,
    );
    return [...new Set(needing.map(({ call: { by } }) => (by.part === '' ? by.path : `${by.path}, ${by.part}`)))];
  });
}

const askedBy = ({ caller, action, resource, context }: PlannedCall): Asked => ({
  principal: caller.kind === 'role' ? roleAt(caller.arn) : { kind: 'service', service: caller.service },
  action,
  resource: resource === '*' ? '*' : resource.replaceAll('*', anyName),
  keys: context,
});

/** True if the caller is the principal, or one of those that it stands for. */
function isOf(caller: Caller, principal: Principal, stranger: string): boolean {
  const { kind, ...named } = namedPrincipal(principal, stranger);
  if (kind === 'everyone') return true;
  if (caller.kind === 'service') return kind === 'service' && named.principal === caller.service;
  return kind === 'account' ? named.account === accountOf(caller.arn) : named.principal === caller.arn;
}

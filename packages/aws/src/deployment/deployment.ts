import type { Change, ChangingResource, Keys, Operation, Tags, TypeCalls } from './call-row.ts';
import { callsByType } from './calls-by-type.ts';
import { resourceTags } from './condition-keys.ts';
import { tagsAfter, tagsBefore } from './occasions.ts';

export { deploymentActions } from './service-actions.ts';
export type { CallRow, ChangingResource, Existing, Keys, Operation, Tags, TypeCalls } from './call-row.ts';

/** One call of CloudFormation, to be decided by IAM. */
export interface DeploymentCall {
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  readonly keys: Keys;
  /** True if no source says that the call is made here. */
  readonly isAssumed: boolean;
}

/** All calls for resources of a type; undefined for a type that the table does not hold. */
export function callsOf(type: string): TypeCalls | undefined {
  return callsByType.get(type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : type);
}

/**
 * The calls that CloudFormation makes for an operation on a resource, with the permissions of its role, in their order.
 * Undefined for a type that the table does not hold: its permissions are not decided.
 */
export function deploymentCalls(
  type: string,
  operation: Operation,
  resource: ChangingResource,
): readonly DeploymentCall[] | undefined {
  const calls = callsOf(type);
  if (calls === undefined) return undefined;
  const change: Change = { ...resource, operation, own: calls.arn(resource) };
  return different(inOrder(calls, change));
}

function inOrder({ rows }: TypeCalls, change: Change): readonly DeploymentCall[] {
  const { operation } = change;
  const created = rows.findIndex(({ creates }) => creates);
  const tags = ofExisting(change, created >= 0);
  return rows.flatMap(({ action, during, when, on, keys, assumed = false }, place) => {
    if (!during.includes(operation)) return [];
    const exists = operation !== 'create' || place > created;
    const values = when === undefined ? [null] : when(change);
    return values.flatMap((value) =>
      (on?.(change, value) ?? [change.own]).map((target) => ({
        action,
        resource: target,
        keys: { ...resourceTags(tags(target, exists)), ...keys?.(change, value, target) },
        isAssumed: assumed,
      })),
    );
  });
}

/** Tags that the resource of a call has by then. */
const ofExisting =
  (change: Change, canHaveTags: boolean) =>
  (target: string, exists: boolean): Tags => {
    const known = change.existing?.(target)?.tags;
    if (known !== undefined) return known;
    if (!canHaveTags || !exists || target !== change.own) return {};
    return change.operation === 'create' ? tagsAfter(change) : tagsBefore(change);
  };

/** Without calls that are there already. */
function different(calls: readonly DeploymentCall[]): readonly DeploymentCall[] {
  const seen = new Set<string>();
  return calls.filter(({ action, resource, keys }) => {
    const text = JSON.stringify([action, resource, keys]);
    return !seen.has(text) && seen.add(text);
  });
}

import type { StackResource } from '../stacks/stack-resource.ts';
import type { Touched } from '../stacks/touched.ts';
import { inOrder } from '../resources/in-order.ts';
import { deleteOld, skipOld } from './old-resource.ts';
import type { Operation } from './operation.ts';
import type { Plan } from './plan.ts';

/**
 * Deletes what an update has replaced or removed. A failure is in the history and does not fail the update.
 * @returns true if everything is gone that should be
 */
export async function cleanUp(operation: Operation, plan: Plan, touched: readonly Touched[]): Promise<boolean> {
  const { stack: place } = plan.desired;
  const { resources } = operation.stack;
  const policies = new Map(plan.changes.map(({ logicalId, policy }) => [logicalId, policy]));
  let isClean = true;
  const goes = async (old: StackResource): Promise<void> => {
    if (old.deployed && policies.get(old.logicalId) !== 'Delete') skipOld(operation, old);
    else if (!(await deleteOld(operation, place, old))) isClean = false;
  };
  // The function of a custom resource may answer another id when it is changed in place.
  const replaced = touched.flatMap(({ logicalId, how, before }) =>
    how !== 'created' && before?.deployed && resources.get(logicalId)?.physicalId !== before.physicalId ? [before] : [],
  );
  for (const old of replaced.reverse()) await goes(old);
  const wanted = new Set(place.resources.map(({ logicalId }) => logicalId));
  for (const old of dependentsFirst([...resources.values()].filter(({ logicalId }) => !wanted.has(logicalId)))) {
    await goes(old);
    resources.delete(old.logicalId);
  }
  return isClean;
}

/** Each before those it depends on; first those that were never created. */
function dependentsFirst(resources: readonly StackResource[]): readonly StackResource[] {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const order = inOrder(resources.flatMap(({ deployed }) => deployed ?? []));
  const existing = [...order].reverse().flatMap(({ logicalId }) => byId.get(logicalId) ?? []);
  return [...resources.filter(({ deployed }) => !deployed), ...existing];
}

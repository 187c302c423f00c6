import type { Left, PendingRollback } from '../stacks/pending-rollback.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import type { Touched } from '../stacks/touched.ts';
import { deleteOld, skipOld } from './old-resource.ts';
import type { Operation } from './operation.ts';

/**
 * Takes back what an update has done, the newest first, then deletes what it had created (User Guide: "Stack status
 * codes", UPDATE_ROLLBACK_IN_PROGRESS and UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS).
 */
export async function rollBack(
  operation: Operation,
  { place, touched, left: leftBefore = [] }: PendingRollback,
  reason: string,
  skipped: ReadonlySet<string> = new Set(),
): Promise<void> {
  const { stack } = operation;
  operation.become('UPDATE_ROLLBACK_IN_PROGRESS', reason);
  const failed: Touched[] = [];
  const left: Left[] = [...leftBefore];
  for (const each of [...touched].reverse()) {
    const { logicalId, how, before, isRetained = false } = each;
    const now = stack.resources.get(logicalId);
    if (!now || how === 'kept') continue;
    if (how === 'created' || !before?.deployed) left.push({ resource: now, isRetained });
    else if (!(await restored(operation, { place, touched }, each, before, skipped))) failed.push(each);
    // The function of a custom resource may answer the id from before, too.
    else if (before.physicalId !== now.physicalId) left.push({ resource: now, isRetained: false });
  }
  if (failed.length > 0) {
    stack.pendingRollback = { place, touched: failed.reverse(), left };
    const ids = [...failed].reverse().map(({ logicalId }) => logicalId);
    operation.become('UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${ids.join(', ')}]. `);
    return;
  }
  stack.pendingRollback = undefined;
  operation.become('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  for (const { resource, isRetained } of left) {
    if (isRetained) skipOld(operation, resource);
    else await deleteOld(operation, place, resource);
    if (stack.resources.get(resource.logicalId) === resource) stack.resources.delete(resource.logicalId);
  }
  operation.become('UPDATE_ROLLBACK_COMPLETE');
}

/** Brings a resource back to what it was; returns false if that failed. */
async function restored(
  operation: Operation,
  { place }: PendingRollback,
  { logicalId, how }: Touched,
  before: StackResource,
  skipped: ReadonlySet<string>,
): Promise<boolean> {
  const now = operation.stack.resources.get(logicalId);
  if (how === 'changed' && before.deployed && now && !skipped.has(logicalId)) {
    return operation.update(place, before.deployed, now);
  }
  operation.restore(before);
  return true;
}

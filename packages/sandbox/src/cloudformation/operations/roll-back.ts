import type { StackResource } from '../stacks/stack-resource.ts';
import type { Touched } from '../stacks/touched.ts';
import type { Stack } from '@crosswind/assembly/resolve';
import type { Operation } from './operation.ts';

/** Takes back what an update has done, the newest first, then deletes what it had created. */
export async function rollBack(
  operation: Operation,
  place: Stack,
  touched: readonly Touched[],
  reason: string,
  skipped: ReadonlySet<string> = new Set(),
): Promise<void> {
  const { stack } = operation;
  operation.become('UPDATE_ROLLBACK_IN_PROGRESS', reason);
  const failed: string[] = [];
  const left: StackResource[] = [];
  for (const { logicalId, how, before } of [...touched].reverse()) {
    const now = stack.resources.get(logicalId);
    if (how !== 'changed' || !before?.deployed || !now) continue;
    if (skipped.has(logicalId)) operation.restore(before);
    else if (!(await operation.update(place, before.deployed, now))) failed.push(logicalId);
    // The function of a custom resource may answer the id from before.
    else if (stack.resources.get(logicalId)?.physicalId !== now.physicalId) left.push(now);
  }
  if (failed.length > 0) {
    const rest = touched.filter(({ how, logicalId }) => how !== 'changed' || failed.includes(logicalId));
    stack.pendingRollback = { place, touched: rest };
    operation.become('UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${failed.join(', ')}]. `);
    return;
  }
  stack.pendingRollback = undefined;
  operation.become('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  for (const old of left) await operation.deleteOld(place, old);
  for (const { logicalId, how, before } of [...touched].reverse()) {
    if (how === 'changed' || how === 'kept') continue;
    const made = stack.resources.get(logicalId);
    if (made && (made.physicalId !== before?.physicalId || !before.deployed)) await operation.deleteOld(place, made);
    if (before) operation.restore(before);
    else stack.resources.delete(logicalId);
  }
  operation.become('UPDATE_ROLLBACK_COMPLETE');
}

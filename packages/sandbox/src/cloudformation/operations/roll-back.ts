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
  for (const { logicalId, how, before } of [...touched].reverse()) {
    const now = stack.resources.get(logicalId);
    if (how !== 'changed' || !before?.deployed || !now) continue;
    if (skipped.has(logicalId)) operation.restore(before);
    else if (!(await operation.update(place, before.deployed, now))) failed.push(logicalId);
  }
  if (failed.length > 0) {
    const left = touched.filter(({ how, logicalId }) => how !== 'changed' || failed.includes(logicalId));
    stack.pendingRollback = { place, touched: left };
    operation.become('UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${failed.join(', ')}]. `);
    return;
  }
  stack.pendingRollback = undefined;
  operation.become('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  for (const { logicalId, how, before } of [...touched].reverse()) {
    if (how === 'changed' || how === 'kept') continue;
    const made = stack.resources.get(logicalId);
    if (made && (made.physicalId !== before?.physicalId || !before.deployed)) await operation.deleteOld(place, made);
    if (before) operation.restore(before);
    else stack.resources.delete(logicalId);
  }
  operation.become('UPDATE_ROLLBACK_COMPLETE');
}

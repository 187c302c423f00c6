import type { Stack } from '@crosswind/assembly/resolve';
import type { OnFailure } from '../stacks/statuses.ts';
import { inOrder } from '../resources/in-order.ts';
import { deleteResources, endOf } from './delete.ts';
import { failedSentence } from './failure-reason.ts';
import { valuesOf } from './outputs.ts';
import type { Operation } from './operation.ts';
import type { Plan } from './plan.ts';

/** Creates the resources of a stack, each after those it depends on. */
export async function createResources(operation: Operation, plan: Plan, onFailure: OnFailure): Promise<void> {
  const { stack } = operation;
  const { stack: place, outputs } = plan.desired;
  const failed = await created(operation, plan, onFailure === 'DO_NOTHING');
  if (failed.length === 0) {
    stack.outputs = valuesOf(outputs, stack);
    operation.become('CREATE_COMPLETE');
    return;
  }
  await failCreation(operation, place, onFailure, failedSentence(failed, 'create'));
}

/** Ends a creation that failed as its request says: what was created is deleted, with the stack or without it, or stays. */
export async function failCreation(
  operation: Operation,
  place: Stack,
  onFailure: OnFailure,
  reason: string,
): Promise<void> {
  if (onFailure === 'DO_NOTHING') {
    operation.become('CREATE_FAILED', reason);
    return;
  }
  const rollsBack = onFailure === 'ROLLBACK';
  operation.become(
    rollsBack ? 'ROLLBACK_IN_PROGRESS' : 'DELETE_IN_PROGRESS',
    `${reason}${rollsBack ? 'Rollback' : 'Delete'} requested by user.`,
  );
  const left = await deleteResources(operation, place, { isRollbackOfCreation: true });
  if (!rollsBack) endOf(operation, left);
  else if (left.length > 0) operation.become('ROLLBACK_FAILED', failedSentence(left, 'delete'));
  else operation.become('ROLLBACK_COMPLETE');
}

/** Creates what does not depend on a failure, or until the first one; returns the logical ids that failed. */
async function created(operation: Operation, { desired, salts }: Plan, goesOn: boolean): Promise<readonly string[]> {
  const failed: string[] = [];
  const blocked = new Set<string>();
  for (const resource of inOrder(desired.stack.resources)) {
    const { logicalId, dependencies } = resource;
    const waits = dependencies.some((id) => blocked.has(id));
    if (!waits && (await operation.create(desired.stack, resource, salts.get(logicalId)))) continue;
    blocked.add(logicalId);
    if (waits) continue;
    failed.push(logicalId);
    if (!goesOn) break;
  }
  return failed;
}

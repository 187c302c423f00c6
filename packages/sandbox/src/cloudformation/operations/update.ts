import type { ResourceChange } from '../stacks/resource-change.ts';
import { type Touched, touchedTwice } from '../stacks/touched.ts';
import type { Resource } from '@crosswind/assembly/resolve';
import { inOrder } from '../resources/in-order.ts';
import { cleanUp } from './clean-up.ts';
import { exportInUse } from './exports.ts';
import { failedSentence } from './failure-reason.ts';
import { deleteOld } from './old-resource.ts';
import type { Operation } from './operation.ts';
import { valuesOf } from './outputs.ts';
import type { Plan } from './plan.ts';
import { rollBack } from './roll-back.ts';

/** Brings a stack to what a plan wants: in place where that is possible, and what goes is deleted last. */
export async function updateResources(operation: Operation, plan: Plan, keepsOnFailure: boolean): Promise<void> {
  const { stack } = operation;
  const { outputs } = plan.desired;
  const before = new Map(stack.resources);
  const changed = await changedResources(operation, plan, keepsOnFailure);
  const { touched, failed } = changed;
  const wanted = failed.length > 0 ? [] : valuesOf(outputs, stack);
  const reason = failed.length > 0 ? reasonOf(failed) : exportInUse(operation, wanted);
  if (reason !== undefined) await failUpdate(operation, plan, changed, keepsOnFailure, reason);
  else {
    stack.pendingRollback = undefined;
    stack.outputs = wanted;
    operation.become('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    const isClean = await cleanUp(operation, plan, touched);
    operation.become('UPDATE_COMPLETE', isClean ? undefined : notDeleted);
    operation.ports.onUpdated(stack, before, plan.changes);
  }
}

/** Ends an update that failed as its request says: it is rolled back, or keeps what succeeded. */
export async function failUpdate(
  operation: Operation,
  { desired: { stack: place } }: Plan,
  { touched, failed }: Changed,
  keepsOnFailure: boolean,
  reason: string,
): Promise<void> {
  const { stack } = operation;
  // The rollback takes back what an earlier update has left that kept what succeeded.
  const pending = { place, touched: touchedTwice(stack.pendingRollback?.touched ?? [], touched) };
  if (!keepsOnFailure) {
    await rollBack(operation, pending, reason);
    return;
  }
  stack.pendingRollback = pending;
  for (const { logicalId, how } of failed) if (how === 'changed') await operation.setBack(place, logicalId);
  operation.become('UPDATE_FAILED', reason);
}

/** AWS's words for an update whose cleanup failed, as in https://github.com/serverless/serverless/issues/9144. */
const notDeleted = 'Update successful. One or more resources could not be deleted.';

const reasonOf = (failed: readonly Touched[]): string => {
  const isCreation = failed.every(({ how }) => how === 'created');
  return failedSentence(
    failed.map(({ logicalId }) => logicalId),
    isCreation ? 'create' : 'update',
  );
};

interface Changed {
  readonly touched: readonly Touched[];
  readonly failed: readonly Touched[];
}

/** Changes what does not depend on a failure, or until the first one. */
async function changedResources(operation: Operation, plan: Plan, goesOn: boolean): Promise<Changed> {
  const touched: Touched[] = [];
  const failed: Touched[] = [];
  const blocked = new Set<string>();
  const byId = new Map(plan.changes.map((change) => [change.logicalId, change]));
  for (const resource of inOrder(plan.desired.stack.resources)) {
    const { logicalId, dependencies } = resource;
    const change = byId.get(logicalId);
    if (dependencies.some((id) => blocked.has(id))) blocked.add(logicalId);
    else if (change) {
      const before = operation.stack.resources.get(logicalId);
      const how = howOf(change);
      const isRetained = how === 'created' && change.policy === 'Retain' && !operation.deletesNew;
      const one = { logicalId, how, before, isRetained };
      touched.push(one);
      if (await changed(operation, plan, resource, one, goesOn)) continue;
      failed.push(one);
      blocked.add(logicalId);
      if (!goesOn) break;
    }
  }
  return { touched, failed };
}

function howOf({ action, replacement, properties }: ResourceChange): Touched['how'] {
  if (action === 'Add') return 'created';
  if (replacement === 'True') return 'replaced';
  // Nothing is done to a resource if only its metadata or policies change.
  return properties.length === 0 ? 'kept' : 'changed';
}

async function changed(
  operation: Operation,
  { desired: { stack: place }, salts }: Plan,
  resource: Resource,
  { how, before }: Touched,
  keepsOnFailure: boolean,
): Promise<boolean> {
  const salt = salts.get(resource.logicalId);
  if (how === 'kept') return true;
  if (how === 'created' || !before) {
    // One whose creation failed has no state to go on from (User Guide: "Choose how to handle failures").
    if (before?.deployed) await deleteOld(operation, place, before);
    return operation.create(place, resource, salt);
  }
  if (how === 'changed') return operation.update(place, resource, before);
  return operation.replace(place, resource, before, { salt, isRefused: keepsOnFailure });
}

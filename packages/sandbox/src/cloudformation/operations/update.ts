import type { ResourceChange } from '../stacks/resource-change.ts';
import type { Touched } from '../stacks/touched.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import type { Output, Resource, Stack } from '@crosswind/assembly/resolve';
import { inOrder } from '../resources/in-order.ts';
import type { Operation } from './operation.ts';
import { valuesOf } from './outputs.ts';
import type { Plan } from './plan.ts';
import { rollBack } from './roll-back.ts';

/** Brings a stack to what a plan wants: in place where that is possible, and what goes is deleted last. */
export async function updateResources(operation: Operation, plan: Plan, keepsOnFailure: boolean): Promise<void> {
  const { stack } = operation;
  const { stack: place, outputs } = plan.desired;
  const touched: Touched[] = [];
  const byId = new Map(plan.changes.map((change) => [change.logicalId, change]));
  for (const resource of inOrder(place.resources)) {
    const change = byId.get(resource.logicalId);
    if (!change) continue;
    const before = stack.resources.get(resource.logicalId);
    const { how, done } = await changed(operation, place, resource, change, plan, before);
    touched.push({ logicalId: resource.logicalId, how, before });
    if (done) continue;
    const reason = `The following resource(s) failed to ${how === 'created' ? 'create' : 'update'}: [${resource.logicalId}]. `;
    if (keepsOnFailure) operation.become('UPDATE_FAILED', reason);
    else await rollBack(operation, place, touched, reason);
    return;
  }
  const wanted = valuesOf(outputs, stack);
  const inUse = exportInUse(operation, wanted);
  if (inUse !== undefined) {
    if (keepsOnFailure) operation.become('UPDATE_FAILED', inUse);
    else await rollBack(operation, place, touched, inUse);
    return;
  }
  stack.outputs = wanted;
  operation.become('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  await cleanUp(operation, place, plan, touched);
  operation.become('UPDATE_COMPLETE');
}

/** Why the outputs cannot be: an export whose value another stack imports goes or changes. */
function exportInUse({ stack, ports }: Operation, wanted: readonly Output[]): string | undefined {
  for (const { exportName: name, value } of stack.outputs) {
    const [importer] = name === undefined ? [] : ports.stacks.importers(stack, name);
    if (!importer) continue;
    const next = wanted.find(({ exportName }) => exportName === name);
    if (next?.value === value) continue;
    return `Export ${name ?? ''} cannot be ${next ? 'updated' : 'deleted'} as it is in use by ${importer.name}`;
  }
  return undefined;
}

async function changed(
  operation: Operation,
  place: Stack,
  resource: Resource,
  change: ResourceChange,
  plan: Plan,
  before: StackResource | undefined,
): Promise<{ readonly how: Touched['how']; readonly done: boolean }> {
  if (!before?.deployed) {
    return { how: 'created', done: await operation.create(place, resource, plan.salts.get(resource.logicalId)) };
  }
  if (change.replacement !== 'True') {
    // Nothing is done to a resource if only its metadata or policies change.
    if (change.properties.length === 0) return { how: 'kept', done: true };
    return { how: 'changed', done: await operation.update(place, resource, before) };
  }
  const done = await operation.replace(place, resource, before, plan.salts.get(resource.logicalId));
  return { how: 'replaced', done };
}

/** Deletes what was replaced or removed. A failure is in the history and does not fail the update. */
async function cleanUp(operation: Operation, place: Stack, plan: Plan, touched: readonly Touched[]): Promise<void> {
  const { resources } = operation.stack;
  // The function of a custom resource may answer another id when it is changed in place.
  const replaced = touched.flatMap(({ logicalId, before }) =>
    before?.deployed && resources.get(logicalId)?.physicalId !== before.physicalId ? [before] : [],
  );
  const policies = new Map(plan.changes.map(({ logicalId, policy }) => [logicalId, policy]));
  for (const old of replaced.reverse()) {
    if (policies.get(old.logicalId) === 'Delete') await operation.deleteOld(place, old);
  }
  const removed = plan.changes.filter(({ action }) => action === 'Remove').map(({ logicalId }) => logicalId);
  const existing = removed.flatMap((id) => operation.stack.resources.get(id)?.deployed ?? []);
  for (const { logicalId } of [...inOrder(existing)].reverse()) {
    const gone = operation.stack.resources.get(logicalId);
    if (!gone) continue;
    if (policies.get(logicalId) === 'Delete') await operation.delete(place, gone);
    else operation.skip(gone);
    operation.stack.resources.delete(logicalId);
  }
}

import { inOrder } from '../resources/in-order.ts';
import { deleteResources } from './delete.ts';
import { valuesOf } from './outputs.ts';
import type { Operation } from './operation.ts';
import type { Plan } from './plan.ts';

/** Fate of a stack whose creation failed ("CreateStack", OnFailure). */
export type OnFailure = 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';

/** Creates the resources of a stack, each after those it depends on. */
export async function createResources(
  operation: Operation,
  { desired, salts }: Plan,
  onFailure: OnFailure,
): Promise<void> {
  const { stack } = operation;
  const { stack: place, outputs } = desired;
  for (const resource of inOrder(place.resources)) {
    if (await operation.create(place, resource, salts.get(resource.logicalId))) continue;
    const reason = `The following resource(s) failed to create: [${resource.logicalId}]. `;
    if (onFailure === 'DO_NOTHING') {
      operation.become('CREATE_FAILED', reason);
      return;
    }
    const rollsBack = onFailure === 'ROLLBACK';
    operation.become(
      rollsBack ? 'ROLLBACK_IN_PROGRESS' : 'DELETE_IN_PROGRESS',
      `${reason}${rollsBack ? 'Rollback' : 'Delete'} requested by user.`,
    );
    const failed = await deleteResources(operation, place, { isRollbackOfCreation: true });
    const left =
      failed.length === 0 ? undefined : `The following resource(s) failed to delete: [${failed.join(', ')}]. `;
    if (rollsBack) operation.become(left === undefined ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED', left);
    else operation.become(left === undefined ? 'DELETE_COMPLETE' : 'DELETE_FAILED', left);
    if (stack.status === 'DELETE_COMPLETE') operation.ports.stacks.remove(stack);
    return;
  }
  stack.outputs = valuesOf(outputs, stack);
  operation.become('CREATE_COMPLETE');
}

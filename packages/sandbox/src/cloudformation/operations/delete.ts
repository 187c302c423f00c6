import type { StackResource } from '../stacks/stack-resource.ts';
import type { Stack } from '@crosswind/assembly/resolve';
import { inOrder } from '../resources/in-order.ts';
import type { Operation } from './operation.ts';

export interface DeletionProps {
  /** @default false */
  readonly isRollbackOfCreation?: boolean;
  /**
   * Logical ids of resources that stay and are forgotten ("DeleteStack", RetainResources).
   *
   * @default - none
   */
  readonly retained?: ReadonlySet<string>;
}

/**
 * Deletes what a stack has, each resource before those it depends on. What a resource that cannot be deleted depends on
 * stays, too.
 * @returns the logical ids of the resources that could not be deleted
 */
export async function deleteResources(
  operation: Operation,
  place: Stack,
  props: DeletionProps = {},
): Promise<readonly string[]> {
  const { isRollbackOfCreation = false, retained = new Set() } = props;
  const { stack } = operation;
  const templates = stack.input?.template.Resources ?? {};
  const failed: string[] = [];
  const needed = new Set<string>();
  for (const existing of inReverse(stack.resources)) {
    const { logicalId, deployed } = existing;
    const policy = templates[logicalId]?.DeletionPolicy ?? 'Delete';
    const stays = policy === 'Retain' || (policy === 'RetainExceptOnCreate' && !isRollbackOfCreation);
    if (needed.has(logicalId)) {
      for (const id of deployed?.dependencies ?? []) needed.add(id);
    } else if (stays || retained.has(logicalId)) operation.skip(existing);
    else if (!(await operation.delete(place, existing))) {
      failed.push(logicalId);
      for (const id of deployed?.dependencies ?? []) needed.add(id);
    }
  }
  return failed;
}

/** The resources that exist, or whose creation or deletion failed, each before those it depends on. */
function inReverse(resources: ReadonlyMap<string, StackResource>): readonly StackResource[] {
  const deployed = [...resources.values()].flatMap((each) => each.deployed ?? []);
  const order = inOrder(deployed).map(({ logicalId }) => logicalId);
  const rest = [...resources.values()].filter((each) => !each.deployed && each.status === 'CREATE_FAILED');
  return [...rest, ...order.reverse().flatMap((id) => resources.get(id) ?? [])];
}

/** Deletes a stack with everything in it. */
export async function deleteStack(operation: Operation, place: Stack, retained: ReadonlySet<string>): Promise<void> {
  const { stack, ports } = operation;
  operation.become('DELETE_IN_PROGRESS', 'User Initiated');
  const failed = await deleteResources(operation, place, { retained });
  if (failed.length > 0) {
    operation.become('DELETE_FAILED', `The following resource(s) failed to delete: [${failed.join(', ')}]. `);
    return;
  }
  stack.deletedAt = ports.now();
  stack.outputs = [];
  operation.become('DELETE_COMPLETE');
  ports.stacks.remove(stack);
}

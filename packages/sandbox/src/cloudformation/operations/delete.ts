import type { StackResource } from '../stacks/stack-resource.ts';
import type { Stack } from '@crosswind/assembly/resolve';
import { inOrder } from '../resources/in-order.ts';
import { failedSentence } from './failure-reason.ts';
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
    const stays = isRollbackOfCreation
      ? policy === 'Retain' && !operation.deletesNew
      : policy === 'Retain' || policy === 'RetainExceptOnCreate';
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

/** Leaves a stack as it is, with the reason: AWS does not count a deletion that others forbid as failed. */
export function cancelDeletion(operation: Operation, reason: string): void {
  const { status } = operation.stack;
  operation.become('DELETE_IN_PROGRESS', 'User Initiated');
  operation.become(status, reason);
}

/** Deletes a stack with everything in it. */
export async function deleteStack(operation: Operation, place: Stack, props: DeletionProps = {}): Promise<void> {
  operation.become('DELETE_IN_PROGRESS', 'User Initiated');
  endOf(operation, await deleteResources(operation, place, props));
}

/** The end of a stack's deletion, given the logical ids of the resources that could not be deleted. */
export function endOf(operation: Operation, failed: readonly string[]): void {
  const { stack, ports } = operation;
  if (failed.length > 0) {
    operation.become('DELETE_FAILED', failedSentence(failed, 'delete'));
    return;
  }
  stack.deletedAt = ports.now();
  stack.outputs = [];
  operation.become('DELETE_COMPLETE');
  ports.stacks.remove(stack);
  ports.onDeleted(stack);
}

import type { Stack } from '@crosswind/assembly/resolve';
import { DeploymentRefused } from '../refusal.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import { reasonOf } from './failure-reason.ts';
import type { Operation } from './operation.ts';

/** CloudFormation goes on after so many (https://repost.aws/knowledge-center/cloudformation-stack-cleanup-stuck). */
const deletionAttempts = 3;

/**
 * Deletes a resource that another has replaced, that was made in vain, or that left the template. The stack goes on
 * without it, even if it could not be deleted.
 * @returns true if it is gone
 */
export async function deleteOld(operation: Operation, place: Stack, old: StackResource): Promise<boolean> {
  const event = eventOf(old);
  for (let attempt = 1; ; attempt += 1) {
    if (old.deployed) operation.history.record({ ...event, status: 'DELETE_IN_PROGRESS' });
    try {
      if (old.deployed) await operation.deleted(old.deployed, place);
      operation.history.record({ ...event, status: 'DELETE_COMPLETE' });
      return true;
    } catch (error) {
      if (!(error instanceof DeploymentRefused)) throw error;
      operation.reportDenied(old, error);
      operation.history.record({ ...event, status: 'DELETE_FAILED', reason: reasonOf(error) });
      if (attempt === deletionAttempts) return false;
    }
  }
}

/** Leaves such a resource where it is. */
export function skipOld(operation: Operation, old: StackResource): void {
  operation.history.record({ ...eventOf(old), status: 'DELETE_SKIPPED' });
}

const eventOf = ({ logicalId, type, physicalId, deployed, shown }: StackResource) => ({
  logicalId,
  type,
  physicalId,
  properties: shown ?? deployed?.properties,
});

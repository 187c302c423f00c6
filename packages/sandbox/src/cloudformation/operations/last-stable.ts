import { DeploymentRefused } from '../refusal.ts';
import type { DeployedStack } from '../stacks/stack.ts';
import { paused, stable, updatable } from '../stacks/statuses.ts';

/** Notes a state to which the stack can be rolled back, or brings back the one to which it is rolled back. */
export function settle(stack: DeployedStack): void {
  if (stack.status.startsWith('UPDATE_ROLLBACK')) Object.assign(stack, stack.lastStable);
  if (!stable.has(stack.status)) return;
  const { input, outputs, imports } = stack;
  stack.lastStable = { input, outputs, imports };
}

/** Refuses an update that the status of the stack does not allow, in AWS's words. */
export function checkUpdatable({ id, status, disableRollback }: DeployedStack, keepsOnFailure: boolean): void {
  if (!updatable.has(status)) throw invalid(`Stack:${id} is in ${status} state and can not be updated.`);
  if (status === 'CREATE_FAILED' && !disableRollback) {
    throw invalid(
      'This stack cannot be updated from [CREATE_FAILED] state because it contains [on-failure: DO_NOTHING]. Please use disable-rollback option instead during stack creation.',
    );
  }
  if (paused.has(status) && !keepsOnFailure) {
    throw invalid(
      `This stack is currently in a non-terminal [${status}] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API`,
    );
  }
}

const invalid = (message: string): DeploymentRefused => new DeploymentRefused('ValidationError', message);

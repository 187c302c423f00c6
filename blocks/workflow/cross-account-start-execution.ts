import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';

/**
 * Starts a workflow in another account and waits for it, with a role of that account.
 *
 * The CDK would grant the parent role StartExecution (useless: the target role calls it), Describe and StopExecution on
 * executions of the parent's own account (wrong account) and EventBridge rules (not used across accounts). None of it is
 * wanted here: the parent only assumes the target role, which holds the permissions. See docs/decisions/0004-cross-account-start.md.
 */
export class CrossAccountStartExecution extends StepFunctionsStartExecution {
  protected override readonly taskPolicies: PolicyStatement[] = [];
}

import { Duration } from 'aws-cdk-lib/core';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type IStateMachine, IntegrationPattern, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { type WorkloadAddress, furtherStateMachineName } from '../../blocks/workflow/address.ts';
import { Workflow } from '../../blocks/workflow/workflow.ts';
import { mostDollarsText } from './drill-costs.ts';
import { nested } from './contract.ts';

export interface NestedWorkflowProps {
  readonly address: WorkloadAddress;
  /** The child's workflow, in the same account. */
  readonly stateMachine: IStateMachine;
  /** Timeout of the child's workflow. */
  readonly childTimeoutMinutes: number;
  readonly logRetention: RetentionDays;
}

/**
 * Starts the child of the same account with the child's input, and waits for it. An event of EventBridge ends the wait, and
 * polling when the event is lost (connect-stepfunctions).
 */
export class NestedWorkflow extends Construct {
  constructor(scope: Construct, id: string, props: NestedWorkflowProps) {
    super(scope, id);
    const { address, stateMachine, childTimeoutMinutes, logRetention } = props;
    // A little more than the child's own timeout, so that its end is seen.
    const timeoutMinutes = childTimeoutMinutes + 10;
    new Workflow(this, 'Workflow', {
      stateMachineName: furtherStateMachineName(address, 'child', nested),
      comment: `Plays a drill in one account: it starts the child, and waits for it. ${mostDollarsText}`,
      definition: StepFunctionsStartExecution.jsonata(this, 'Start child in the same account', {
        integrationPattern: IntegrationPattern.RUN_JOB,
        stateMachine,
        name: '{% $states.context.Execution.Name %}',
        input: TaskInput.fromText('{% $states.input %}'),
        outputs: '{% $states.result.Output %}',
        taskTimeout: Timeout.duration(Duration.minutes(timeoutMinutes)),
      }),
      timeoutMinutes: timeoutMinutes + 10,
      logRetention,
    });
  }
}

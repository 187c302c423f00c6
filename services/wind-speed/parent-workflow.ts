import { Duration } from 'aws-cdk-lib/core';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  Fail,
  IntegrationPattern,
  JitterType,
  QueryLanguage,
  StateMachine,
  Succeed,
  TaskInput,
  TaskRole,
  type TaskStateBase,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  type WorkflowAddress,
  childStateMachineArn,
  parentRoleName,
  parentStateMachineArn,
  parentStateMachineName,
  targetRoleArn,
} from '../workflow/address.ts';
import { CrossAccountStartExecution } from '../workflow/cross-account-start-execution.ts';
import { Workflow } from '../workflow/workflow.ts';
import { weatherPrefix } from './source-keys.ts';

export interface ParentWorkflowProps {
  readonly address: WorkflowAddress;
  readonly logRetention: RetentionDays;
}

/** A little more than the child's own timeout, so that the child's end is seen. */
const childTimeoutMinutes = 75;

/**
 * The child is called as the parent is, so that a start that is tried again finds the execution it began (StartExecution
 * is idempotent for the same name and input); a redriven parent starts a new one.
 */
const childName = `{% $exists($states.context.Execution.RedriveCount) and $states.context.Execution.RedriveCount > 0
  ? $substring($states.context.Execution.Name, 0, 64) & '-redrive-' & $states.context.Execution.RedriveCount
  : $states.context.Execution.Name %}`;

const example = JSON.stringify({ prefix: `${weatherPrefix}2022/` });

/** An input is `{}` or like the example: what the keys of the source bucket to analyse begin with. */
const validInput = `{% $type($states.input) = 'object'
  and ($not($exists($states.input.prefix)) or $type($states.input.prefix) = 'string') %}`;

/** Checks its input, starts the child in the other account, waits for it, and says how it went. */
export class ParentWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { address, logRetention }: ParentWorkflowProps) {
    super(scope, id);
    const failed = Fail.jsonata(this, 'Child failed', {
      error: '{% $failure.Error %}',
      // A timeout has no cause (concepts-error-handling), and an expression without a result would hide the error.
      cause: "{% $exists($failure.Cause) ? $failure.Cause : 'no cause was given' %}",
    });
    const start = this.startChild(address);
    start.addCatch(failed, { errors: ['States.ALL'], assign: { failure: '{% $states.errorOutput %}' } });
    const published = start.next(
      Succeed.jsonata(this, 'Outcome', {
        outputs: { child: '{% $states.input.ExecutionArn %}', result: '{% $states.input.Output %}' },
      }),
    );
    const rejected = Fail.jsonata(this, 'Input is not valid', {
      error: 'InvalidInput',
      cause: `{% 'expected {} or ${example}, got ' & $string($states.input) %}`,
    });
    const definition = Choice.jsonata(this, 'Is the input valid?')
      .when(Condition.jsonata(validInput), published)
      .otherwise(rejected);
    this.stateMachine = new Workflow(this, 'Workflow', {
      stateMachineName: parentStateMachineName(address),
      role: this.role(address),
      definition,
      timeoutMinutes: childTimeoutMinutes + 15,
      logRetention,
    }).stateMachine;
  }

  private startChild(address: WorkflowAddress): TaskStateBase {
    const start = new CrossAccountStartExecution(this, 'Start child', {
      queryLanguage: QueryLanguage.JSONATA,
      integrationPattern: IntegrationPattern.RUN_JOB,
      stateMachine: StateMachine.fromStateMachineArn(this, 'Child', childStateMachineArn(address)),
      credentials: { role: TaskRole.fromRole(Role.fromRoleArn(this, 'Target', targetRoleArn(address))) },
      name: childName,
      input: TaskInput.fromObject({
        prefix: `{% $exists($states.input.prefix) ? $states.input.prefix : '${weatherPrefix}' %}`,
        AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}',
      }),
      taskTimeout: Timeout.duration(Duration.minutes(childTimeoutMinutes)),
    });
    return start.addRetry({
      // AWSStepFunctionsException is how a ThrottlingException of StartExecution arrives (connect-stepfunctions).
      errors: [
        'StepFunctions.ExecutionLimitExceeded',
        'StepFunctions.SdkClientException',
        'StepFunctions.AWSStepFunctionsException',
      ],
      interval: Duration.seconds(2),
      maxAttempts: 4,
      backoffRate: 2,
      jitterStrategy: JitterType.FULL,
    });
  }

  /** The role that the target role admits by name. The CDK adds the assume, logging and tracing statements, no more. */
  private role(address: WorkflowAddress): Role {
    return new Role(this, 'Role', {
      roleName: parentRoleName(address),
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': address.parentAccount },
          ArnEquals: { 'aws:SourceArn': parentStateMachineArn(address) },
        },
      }),
    });
  }
}

import { Duration } from 'aws-cdk-lib/core';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  IntegrationPattern,
  JitterType,
  QueryLanguage,
  StateMachine,
  TaskInput,
  TaskRole,
  type TaskStateBase,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { type WorkloadAddress, stateMachineArn, targetRoleArn } from './address.ts';
import { CrossAccountStartExecution } from './cross-account-start-execution.ts';

export interface StartStageProps<Stage extends string> {
  readonly address: WorkloadAddress<Stage>;
  /** The stage to start; the contract names it in `starts` of the calling one. */
  readonly stage: Stage;
  /** Input of the started workflow; texts may be JSONata. */
  readonly input: Readonly<Record<string, unknown>>;
  /** A little more than the timeout of the started workflow, so that its end is seen. */
  readonly timeoutMinutes: number;
  /**
   * Ends the name of the started execution. A stage that is started more than once in a run, by one workflow or by two,
   * needs another one for each start; in an expression, for example `{% 'item-' & $states.input.id %}`.
   *
   * @default - it is called as the calling execution is
   */
  readonly suffix?: string;
  /**
   * Role of the started stage's account that is assumed.
   *
   * @default - the target role that the platform gives a started stage
   */
  readonly targetRoleArn?: string;
}

/**
 * The started execution is called as the calling one is, so that a start that is tried again finds the execution it began
 * (StartExecution is idempotent for the same name and input); a redriven caller starts a new one.
 */
const callersName = `$exists($states.context.Execution.RedriveCount) and $states.context.Execution.RedriveCount > 0
  ? $substring($states.context.Execution.Name, 0, 64) & '-redrive-' & $states.context.Execution.RedriveCount
  : $states.context.Execution.Name`;

/** The name with the suffix, a text or an expression, in the 80 characters that a name may have (API_StartExecution). */
function executionName(suffix: string | undefined): string {
  if (suffix === undefined) return `{% ${callersName} %}`;
  const expression = /^\{%(.*)%\}$/s.exec(suffix)?.[1]?.trim() ?? JSON.stringify(suffix);
  return `{% ( $suffix := '-' & (${expression}); $substring((${callersName}), 0, 80 - $length($suffix)) & $suffix ) %}`;
}

/** A task that starts the workflow of another stage in its account, waits for it, and tries again where that can help. */
export function startStage<Stage extends string>(
  scope: Construct,
  id: string,
  {
    address,
    stage,
    input,
    timeoutMinutes,
    suffix,
    targetRoleArn: roleArn = targetRoleArn(address, stage),
  }: StartStageProps<Stage>,
): TaskStateBase {
  const started = StateMachine.fromStateMachineArn(scope, `${id}: workflow`, stateMachineArn(address, stage));
  const target = Role.fromRoleArn(scope, `${id}: role`, roleArn);
  const start = new CrossAccountStartExecution(scope, id, {
    queryLanguage: QueryLanguage.JSONATA,
    integrationPattern: IntegrationPattern.RUN_JOB,
    stateMachine: started,
    credentials: { role: TaskRole.fromRole(target) },
    name: executionName(suffix),
    input: TaskInput.fromObject({
      ...input,
      AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}',
    }),
    taskTimeout: Timeout.duration(Duration.minutes(timeoutMinutes)),
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

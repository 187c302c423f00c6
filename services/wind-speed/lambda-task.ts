import { Duration } from 'aws-cdk-lib/core';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { JitterType, type TaskInput, type TaskStateBase, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

export interface LambdaTaskProps {
  readonly function: IFunction;
  readonly payload: TaskInput;
  /** After this the state gives up on one attempt; a little more than the function's own timeout. */
  readonly timeoutSeconds: number;
}

/**
 * A task that invokes a function, returns what it returned, and tries again where that can help.
 *
 * Throttling has a retrier of its own: the CDK's default list lacks `Lambda.TooManyRequestsException`, and with a
 * thousand batches at a time it would use up the tolerated failures. Of the errors that our functions name
 * themselves StoreUnavailable is tried again, AccessDenied and the others are not. With these numbers the waits add up to 65 s (test/services/wind-speed asserts that
 * all attempts fit into the five minutes of an Express execution).
 */
export function lambdaTask(scope: Construct, id: string, props: LambdaTaskProps): TaskStateBase {
  return LambdaInvoke.jsonata(scope, id, {
    lambdaFunction: props.function,
    payload: props.payload,
    outputs: '{% $states.result.Payload %}',
    taskTimeout: Timeout.duration(Duration.seconds(props.timeoutSeconds)),
    retryOnServiceExceptions: false,
  })
    .addRetry({
      errors: ['Lambda.TooManyRequestsException'],
      interval: Duration.seconds(2),
      maxAttempts: 5,
      backoffRate: 2,
      jitterStrategy: JitterType.FULL,
    })
    .addRetry({
      errors: [
        'Lambda.ClientExecutionTimeoutException',
        'Lambda.ServiceException',
        'Lambda.AWSLambdaException',
        'Lambda.SdkClientException',
        'Lambda.Unknown',
        'Runtime.ExitError',
        'Sandbox.Timedout',
        'StoreUnavailable',
        'States.Timeout',
      ],
      interval: Duration.seconds(1),
      maxAttempts: 2,
      backoffRate: 2,
      jitterStrategy: JitterType.FULL,
    });
}

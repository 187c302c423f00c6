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
  /**
   * Seconds after which the execution ends, where that is soon: all attempts fit into them.
   *
   * @default - throttled calls are tried for five minutes
   */
  readonly withinSeconds?: number;
}

/** Errors after which another attempt can help, besides throttling: attempts of these may take the whole timeout. */
const crashes = {
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
  intervalSeconds: 1,
  maxAttempts: 2,
  backoffRate: 2,
};

/** Waits of a throttled call: 2, 4 and 8 s, then 10 s each; full jitter waits that long or less. */
const throttling = { intervalSeconds: 2, backoffRate: 2, maxDelaySeconds: 10 };

/** Kept free of retries, because a throttled call takes time, too, and so does the start of an execution. */
const slackSeconds = 5;

/** Seconds that a task waits for concurrency where nothing ends before. */
const patienceSeconds = 300;

/** Seconds that are left for throttled calls when every other attempt has taken the whole timeout. */
function secondsForThrottling({ timeoutSeconds, withinSeconds }: LambdaTaskProps): number {
  if (withinSeconds === undefined) return patienceSeconds;
  const waits = waitsOf(crashes, crashes.maxAttempts).reduce((sum, wait) => sum + wait, 0);
  return withinSeconds - (1 + crashes.maxAttempts) * timeoutSeconds - waits - slackSeconds;
}

/** Attempts whose longest waits fit into these seconds. */
function attemptsWithin(seconds: number): number {
  let left = seconds;
  return waitsOf(throttling, seconds).filter((wait) => (left -= wait) >= 0).length;
}

interface Waits {
  readonly intervalSeconds: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
}

/** Longest waits of so many attempts. */
const waitsOf = (
  { intervalSeconds, backoffRate, maxDelaySeconds = Infinity }: Waits,
  attempts: number,
): readonly number[] =>
  Array.from({ length: attempts }, (_, attempt) => Math.min(maxDelaySeconds, intervalSeconds * backoffRate ** attempt));

/**
 * A task that invokes a function, returns what it returned, and tries again where that can help.
 *
 * Throttling has a retrier of its own: the CDK's default list lacks `Lambda.TooManyRequestsException`, and without it a
 * throttled batch would use up the tolerated failures. It waits as long as the execution has left, so that a burst that
 * the account cannot run at once is run after all. Of the errors that our functions name themselves StoreUnavailable is
 * tried again, AccessDenied and the others are not.
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
      interval: Duration.seconds(throttling.intervalSeconds),
      maxAttempts: attemptsWithin(secondsForThrottling(props)),
      maxDelay: Duration.seconds(throttling.maxDelaySeconds),
      backoffRate: throttling.backoffRate,
      jitterStrategy: JitterType.FULL,
    })
    .addRetry({
      errors: crashes.errors,
      interval: Duration.seconds(crashes.intervalSeconds),
      maxAttempts: crashes.maxAttempts,
      backoffRate: crashes.backoffRate,
      jitterStrategy: JitterType.FULL,
    });
}

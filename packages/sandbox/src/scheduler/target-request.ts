import { createHash } from 'node:crypto';
import { type JsonObject, objectOf, parsedJson } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { uuid } from '@crosswind/workflow/chance';
import type { Schedule } from './schedule.ts';
import type { TargetOperation } from './target-kind.ts';

/** One attempt to invoke a target. */
export interface AttemptOf {
  /** The time of the schedule, in milliseconds since the epoch; the attempt may be later. */
  readonly scheduledAt: number;
  /** Counts the attempts of an invocation from 1. */
  readonly number: number;
  readonly executionId: string;
}

/** Call of an API, in the form of a universal target: templated ones are calls like these, too. */
export interface TargetRequest {
  readonly operation: TargetOperation;
  readonly parameters: JsonObject;
}

/** Unique for each attempted invocation, 16 hexadecimal digits ("Adding context attributes"). */
export const executionIdOf = (of: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 16);

/** `2022-03-22T18:59:43Z`. */
export const secondsText = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** The request of an attempt. */
export function requestOf(schedule: Schedule, operation: TargetOperation, attempt: AttemptOf): TargetRequest {
  const { target } = schedule;
  const input =
    target.input === undefined ? defaultNotification(schedule, attempt) : filled(schedule, attempt, target.input);
  const isTemplated = target.kind.kind === 'simulated' && target.kind.isTemplated;
  return { operation, parameters: isTemplated ? templatedParameters(operation, target.arn, input) : fieldsOf(input) };
}

const fieldsOf = (input: string): JsonObject => objectOf(parsedJson(input));

function templatedParameters(operation: TargetOperation, arn: string, input: string): JsonObject {
  switch (operation) {
    case 'sfn:startExecution':
      return { StateMachineArn: arn, Input: input };
    case 'lambda:invoke':
      return { FunctionName: arn, InvocationType: 'Event', Payload: input };
    case 'sqs:sendMessage':
      return { QueueUrl: queueUrl(arn), MessageBody: input };
  }
}

function queueUrl(arn: string): string {
  const [, , , region = '', account = '', name = ''] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com${partitionOf(region) === 'aws-cn' ? '.cn' : ''}/${account}/${name}`;
}

/** Input with values for the context attributes ("Adding context attributes"). */
function filled({ arn }: Schedule, { scheduledAt, number, executionId }: AttemptOf, input: string): string {
  return input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', secondsText(scheduledAt))
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(number));
}

/** Notification for a target without an input. AWS documents that there is one, and not its fields: these are assumed. */
function defaultNotification({ arn, account, region }: Schedule, { scheduledAt }: AttemptOf): string {
  return JSON.stringify({
    version: '0',
    id: uuid(`${arn}/${scheduledAt}`),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time: secondsText(scheduledAt),
    region,
    resources: [arn],
    detail: '{}',
  });
}

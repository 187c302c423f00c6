import { createHash } from 'node:crypto';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, objectOf, parsedJson, textOf } from '@crosswind/aws/json';
import { parseScheduleExpression, type ScheduleTimes, scheduleTimes } from '@crosswind/aws/schedule-expression';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import { targetKind, type TargetKind } from './target-kind.ts';

/** A schedule as it is deployed. */
export interface Schedule {
  readonly arn: string;
  readonly name: string;
  readonly group: string;
  readonly account: string;
  readonly region: string;
  /** `AWS::Scheduler::Schedule`. */
  readonly properties: JsonObject;
  readonly isEnabled: boolean;
  readonly times: ScheduleTimes;
  /** How long after each of its times the target is invoked. */
  readonly delayMilliseconds: number;
  readonly target: Target;
}

export interface Target {
  readonly arn: string;
  readonly roleArn: string;
  readonly kind: TargetKind;
  /** @default - a default notification */
  readonly input?: string;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeMilliseconds: number;
  /** @default - what cannot be delivered is dropped */
  readonly deadLetterQueueArn?: string;
}

/**
 * The schedule of a resource.
 * @param now virtual time of its creation or change
 * @throws DeploymentRefused as EventBridge Scheduler refuses it
 */
export function scheduleOf(
  { arn = '', name, properties }: Resource,
  { account, region }: Stack,
  now: number,
): Schedule {
  return {
    arn,
    name,
    group: textOf(properties['GroupName']) || 'default',
    account,
    region,
    properties,
    isEnabled: properties['State'] !== 'DISABLED',
    times: timesOf(properties, now),
    delayMilliseconds: delayOf(name, objectOf(properties['FlexibleTimeWindow'])),
    target: targetOf(objectOf(properties['Target'])),
  };
}

const invalid = (message: string): DeploymentRefused => new DeploymentRefused('ValidationException', message);

function timesOf(properties: JsonObject, createdAt: number): ScheduleTimes {
  const text = textOf(properties['ScheduleExpression']);
  const timeZone = textOf(properties['ScheduleExpressionTimezone']) || 'UTC';
  const parsed = parseScheduleExpression(text);
  if (!parsed.ok) throw invalid(`Invalid Schedule Expression ${text}. (expected ${parsed.problem})`);
  const { expression } = parsed;
  const dates = expression.kind === 'at' ? {} : datesOf(properties, createdAt);
  const times = scheduleTimes({ expression, timeZone, createdAt, ...dates });
  if (!times) throw invalid(`Invalid Schedule Expression Timezone ${timeZone}.`);
  return times;
}

const fiveMinutes = 5 * 60_000;

function datesOf({ StartDate, EndDate }: JsonObject, now: number) {
  const dateOf = (name: string, value: string): number | undefined => {
    const at = value === '' ? undefined : Date.parse(value);
    if (Number.isNaN(at)) throw invalid(`The ${name} you specify is not a date: ${value}.`);
    return at;
  };
  const startDate = dateOf('StartDate', textOf(StartDate));
  const endDate = dateOf('EndDate', textOf(EndDate));
  if (startDate !== undefined && startDate < now - fiveMinutes)
    throw invalid('The StartDate you specify cannot be earlier than 5 minutes ago.');
  if (startDate !== undefined && endDate !== undefined && startDate >= endDate)
    throw invalid('The StartDate you specify must come before the EndDate.');
  return { startDate, endDate };
}

/**
 * Place in the flexible time window, in full seconds: the same for every invocation of a name. AWS spreads them as it likes
 * ("Configuring flexible time windows").
 */
function delayOf(name: string, { Mode, MaximumWindowInMinutes }: JsonObject): number {
  if (Mode !== 'FLEXIBLE') return 0;
  const seconds = numberIn('MaximumWindowInMinutes', MaximumWindowInMinutes, { least: 1, most: 1_440 }) * 60;
  return (createHash('sha256').update(name).digest().readUInt32BE() % seconds) * 1_000;
}

/** Limits and defaults: API_RetryPolicy, API_FlexibleTimeWindow. */
function numberIn(
  name: string,
  value: unknown,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise?: number },
): number {
  if (value === undefined && otherwise !== undefined) return otherwise;
  const number = Number(value);
  if (number >= least && number <= most) return number;
  throw invalid(
    `1 validation error detected: Value '${String(value)}' at '${name}' failed to satisfy constraint: Member must have value between ${least} and ${most}`,
  );
}

function targetOf(target: JsonObject): Target {
  const arn = textOf(target['Arn']);
  const kind = targetKind(arn);
  if (kind.kind === 'refused') throw invalid(kind.message);
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = objectOf(target['RetryPolicy']);
  const input = target['Input'] === undefined ? undefined : textOf(target['Input']);
  if (input !== undefined && kind.kind === 'simulated' && !takesAnyText(kind) && !isJson(input))
    throw invalid(`Invalid request provided: the input of ${arn} must be a valid JSON.`);
  const deadLetterQueueArn = textOf(objectOf(target['DeadLetterConfig'])['Arn']);
  if (deadLetterQueueArn.endsWith('.fifo'))
    throw invalid('Invalid request provided: a FIFO queue is not supported as a dead-letter queue.');
  return {
    arn,
    roleArn: textOf(target['RoleArn']),
    kind,
    ...(input !== undefined && { input }),
    maximumRetryAttempts: numberIn('MaximumRetryAttempts', MaximumRetryAttempts, {
      least: 0,
      most: 185,
      otherwise: 185,
    }),
    maximumEventAgeMilliseconds:
      numberIn('MaximumEventAgeInSeconds', MaximumEventAgeInSeconds, { least: 60, most: 86_400, otherwise: 86_400 }) *
      1_000,
    ...(deadLetterQueueArn !== '' && { deadLetterQueueArn }),
  };
}

/** All targets take JSON, except a templated queue (API_Target, `Input`). */
const takesAnyText = ({ operation, isTemplated }: Extract<TargetKind, { kind: 'simulated' }>): boolean =>
  isTemplated && operation === 'sqs:sendMessage';

function isJson(text: string): boolean {
  try {
    parsedJson(text);
    return true;
  } catch {
    return false;
  }
}

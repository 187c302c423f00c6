import { iamAction } from '@crosswind/aws/iam-action';
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Resource, Stack } from '../resolve.ts';
import { sendAction } from './function-calls.ts';
import type { Caller, PlannedCall } from './planned-call.ts';
import type { Places } from './places.ts';
import { sdkTarget } from './sdk-integrations.ts';

type Target = Pick<PlannedCall, 'action' | 'resource' | 'doubt'>;

/** Calls of schedules, rules and alarms of a stack. */
export function eventCalls(stack: Stack, places: Places): readonly PlannedCall[] {
  return stack.resources.flatMap((resource) => {
    const calls = byType[resource.type]?.(resource, stack) ?? [];
    return calls.map(({ part, caller, context = {}, ...target }) => ({
      ...target,
      caller,
      context,
      resourceAccount: places.accountOf(target.resource),
      by: { path: resource.path, part },
    }));
  });
}

type Call = Target & { readonly part: string; readonly caller: Caller; readonly context?: Record<string, string> };

const byType: Readonly<Record<string, (resource: Resource, stack: Stack) => readonly Call[]>> = {
  'AWS::Scheduler::Schedule': ({ properties }, stack) => {
    const target = objectOf(properties['Target']);
    const caller: Caller = { kind: 'role', arn: textOf(target['RoleArn']) };
    const deadLetters = textOf(objectOf(target['DeadLetterConfig'])['Arn']);
    return [
      {
        ...(universalCall(textOf(target['Arn']), target['Input'], stack) ?? targetCall(textOf(target['Arn']))),
        part: 'target',
        caller,
      },
      ...(deadLetters === ''
        ? []
        : [{ action: 'sqs:SendMessage', resource: deadLetters, part: 'dead letters', caller }]),
    ];
  },
  'AWS::Events::Rule': (rule, stack) =>
    listOf(rule.properties['Targets'])
      .filter(isObject)
      .flatMap((target) => {
        const roleArn = textOf(target['RoleArn']);
        const service = { kind: 'service', service: 'events.amazonaws.com' } as const;
        const deadLetters = textOf(objectOf(target['DeadLetterConfig'])['Arn']);
        const part = `target ${textOf(target['Id'])}`;
        const asService = { caller: service, context: sourceOf(rule, stack) };
        return [
          {
            ...targetCall(textOf(target['Arn'])),
            part,
            ...(roleArn === '' ? asService : { caller: { kind: 'role', arn: roleArn } as const }),
          },
          // EventBridge sends them as itself (EventBridge User Guide, "Using dead-letter queues").
          ...(deadLetters === '' ? [] : [{ ...asService, action: 'sqs:SendMessage', resource: deadLetters, part }]),
        ];
      }),
  'AWS::CloudWatch::Alarm': alarmCalls,
  'AWS::CloudWatch::CompositeAlarm': alarmCalls,
};

function alarmCalls(alarm: Resource, stack: Stack): readonly Call[] {
  const { AlarmActions, OKActions, InsufficientDataActions } = alarm.properties;
  const targets = [AlarmActions, OKActions, InsufficientDataActions].flatMap(listOf).map(textOf);
  return [...new Set(targets)].flatMap((resource) => {
    const acting = alarmActions[resource.split(':')[2] ?? ''];
    if (!acting) return [];
    const { action, service } = acting;
    return [
      { action, resource, part: 'action', caller: { kind: 'service', service }, context: sourceOf(alarm, stack) },
    ];
  });
}

/**
 * Actions of alarms that a policy on their target allows (CloudWatch User Guide, "Using Amazon CloudWatch alarms"). The
 * others are allowed to roles of the services themselves, which AWS makes.
 */
const alarmActions: Readonly<Record<string, { readonly action: string; readonly service: string }>> = {
  sns: { action: 'sns:Publish', service: 'cloudwatch.amazonaws.com' },
  lambda: { action: 'lambda:InvokeFunction', service: 'lambda.alarms.cloudwatch.amazonaws.com' },
};

/** Keys that a service sends along when it acts for a resource (cross-service-confused-deputy-prevention). */
const sourceOf = ({ arn }: Resource, { account }: Stack): Record<string, string> => ({
  'aws:SourceAccount': account,
  ...(arn !== undefined && { 'aws:SourceArn': arn }),
});

/** Call of a target by its ARN (EventBridge Scheduler, "Managing targets"; EventBridge, "Event bus targets"). */
function targetCall(arn: string): Target {
  const service = arn.split(':')[2] ?? '';
  const action = arn.includes(':api-destination/') ? 'events:InvokeApiDestination' : targetActions[service];
  if (action !== undefined) return { action, resource: arn };
  if (service === 'sns' || service === 'sqs') return { action: sendAction(arn), resource: arn };
  if (service === 'logs') return { action: 'logs:PutLogEvents', resource: arn };
  return {
    action: `${service}:*`,
    resource: arn,
    doubt: `what EventBridge calls on a target of ${service} is not known here: add it to packages/assembly/src/calls/event-calls.ts`,
  };
}

/** EventBridge User Guide, "Permissions for Amazon EventBridge to access targets using IAM roles"; Scheduler, "Templated targets". */
const targetActions: Readonly<Record<string, string>> = {
  codebuild: 'codebuild:StartBuild',
  codepipeline: 'codepipeline:StartPipelineExecution',
  events: 'events:PutEvents',
  firehose: 'firehose:PutRecord',
  kinesis: 'kinesis:PutRecord',
  lambda: 'lambda:InvokeFunction',
  states: 'states:StartExecution',
};

/** Call of a universal target of Scheduler, whose input holds the arguments of the operation ("Using universal targets"). */
function universalCall(arn: string, input: Json | undefined, { account, region }: Stack): Target | undefined {
  const [, service = '', operation = ''] = /^arn:[^:]+:scheduler:::aws-sdk:([^:]+):(\w+)$/.exec(arn) ?? [];
  if (service === '') return undefined;
  const action = iamAction(service, operation);
  const target = sdkTarget(action, argumentsIn(textOf(input)), { account, region, machineArn: '' });
  const doubt = `the resource of ${action} is not known from the input of the target: add ${service}:${operation} to packages/assembly/src/calls/sdk-integrations.ts`;
  return { action, ...(target ?? { resource: '*', doubt }) };
}

function argumentsIn(input: string): JsonObject {
  try {
    return objectOf(JSON.parse(input) as Json);
  } catch {
    return {};
  }
}

import { iamAction } from '@crosswind/aws/iam-action';
import { isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Resource, Stack } from '../resolve.ts';
import { sendAction } from './function-calls.ts';
import type { Caller, PlannedCall } from './planned-call.ts';
import type { Places } from './places.ts';

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
  'AWS::Scheduler::Schedule': ({ properties }) => {
    const target = objectOf(properties['Target']);
    const caller: Caller = { kind: 'role', arn: textOf(target['RoleArn']) };
    const deadLetters = textOf(objectOf(target['DeadLetterConfig'])['Arn']);
    return [
      { ...targetCall(textOf(target['Arn'])), part: 'target', caller },
      ...(deadLetters === ''
        ? []
        : [{ action: 'sqs:SendMessage', resource: deadLetters, part: 'dead letters', caller }]),
    ];
  },
  'AWS::Events::Rule': (rule, stack) =>
    listOf(rule.properties['Targets'])
      .filter(isObject)
      .map((target) => {
        const roleArn = textOf(target['RoleArn']);
        const service = { kind: 'service', service: 'events.amazonaws.com' } as const;
        return {
          ...targetCall(textOf(target['Arn'])),
          part: `target ${textOf(target['Id'])}`,
          ...(roleArn === ''
            ? { caller: service, context: sourceOf(rule, stack) }
            : { caller: { kind: 'role', arn: roleArn } as const }),
        };
      }),
  'AWS::CloudWatch::Alarm': alarmCalls,
  'AWS::CloudWatch::CompositeAlarm': alarmCalls,
};

function alarmCalls(alarm: Resource, stack: Stack): readonly Call[] {
  const { AlarmActions, OKActions, InsufficientDataActions } = alarm.properties;
  const topics = [AlarmActions, OKActions, InsufficientDataActions].flatMap(listOf).map(textOf);
  return [...new Set(topics)]
    .filter((arn) => arn.split(':')[2] === 'sns')
    .map((resource) => ({
      action: 'sns:Publish',
      resource,
      part: 'action',
      caller: { kind: 'service', service: 'cloudwatch.amazonaws.com' },
      context: sourceOf(alarm, stack),
    }));
}

/** Keys that a service sends along when it acts for a resource (cross-service-confused-deputy-prevention). */
const sourceOf = ({ arn }: Resource, { account }: Stack): Record<string, string> => ({
  'aws:SourceAccount': account,
  ...(arn !== undefined && { 'aws:SourceArn': arn }),
});

/** Call of a target by its ARN (EventBridge Scheduler, "Managing targets"; EventBridge, "Event bus targets"). */
function targetCall(arn: string): Target {
  const universal = /^arn:[^:]+:scheduler:::aws-sdk:([^:]+):(\w+)$/.exec(arn);
  if (universal) {
    const action = iamAction(universal[1] ?? '', universal[2] ?? '');
    return { action, resource: '*', doubt: `the resource of ${action} is not known from the target` };
  }
  const service = arn.split(':')[2] ?? '';
  const action = { lambda: 'lambda:InvokeFunction', states: 'states:StartExecution', events: 'events:PutEvents' }[
    service
  ];
  if (action !== undefined) return { action, resource: arn };
  if (service === 'sns' || service === 'sqs') return { action: sendAction(arn), resource: arn };
  if (service === 'logs') return { action: 'logs:PutLogEvents', resource: arn };
  return {
    action: `${service}:*`,
    resource: arn,
    doubt: `what EventBridge calls on a target of ${service} is not known here`,
  };
}

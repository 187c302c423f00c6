import { Match } from 'aws-cdk-lib/assertions';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { listOf, objectOf } from '@crosswind/aws/json';
import { scheduleFailuresArn, stateMachineArn } from '../../../blocks/workflow/address.ts';
import { WorkflowSchedule, type WorkflowScheduleProps } from '../../../blocks/workflow/workflow-schedule.ts';
import { stackWith } from '../../synthesized.ts';

const address = { tenant: 'wind', region: 'us-east-1', accounts: { parent: '444444444444', child: '555555555555' } };

const scheduled =
  (props: Partial<WorkflowScheduleProps> = {}) =>
  (stack: Stack): void => {
    const stateMachine = StateMachine.fromStateMachineArn(stack, 'Parent', stateMachineArn(address, 'parent'));
    const expression = 'cron(0 6 1 * ? *)';
    new WorkflowSchedule(stack, 'Schedule', {
      address,
      entry: 'parent',
      stateMachine,
      expression,
      timezone: 'UTC',
      ...props,
    });
  };

const { template, stack } = stackWith(scheduled());
const resource = (type: string) => {
  const [found, ...others] = stack.resources.filter((candidate) => candidate.type === type);
  if (!found || others.length > 0) throw new Error(`expected one ${type}, got ${others.length + (found ? 1 : 0)}`);
  return found;
};

describe('the schedule', () => {
  test.each([
    [{}, { ScheduleExpression: 'cron(0 6 1 * ? *)', ScheduleExpressionTimezone: 'UTC' }],
    [{ expression: 'rate(7 days)' }, { ScheduleExpression: 'rate(7 days)' }],
    [{ timezone: 'Asia/Tokyo' }, { ScheduleExpressionTimezone: 'Asia/Tokyo' }],
  ])('with %j starts %j', (props, properties) => {
    stackWith(scheduled(props)).template.hasResourceProperties('AWS::Scheduler::Schedule', properties);
  });

  test('starts the parent workflow with the input {}, when it is due and not somewhat later', () => {
    expect(resource('AWS::Scheduler::Schedule').properties).toMatchObject({
      State: 'ENABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: stateMachineArn(address, 'parent'), Input: '{}', RoleArn: resource('AWS::IAM::Role').arn },
    });
  });

  test('tries ten times within half an hour, and then leaves the start in the queue', () => {
    expect(objectOf(resource('AWS::Scheduler::Schedule').properties['Target'])).toMatchObject({
      RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 10 },
      DeadLetterConfig: { Arn: resource('AWS::SQS::Queue').arn },
    });
  });

  test('is not there before its role may do what it does, because a rate starts at once', () => {
    expect(resource('AWS::Scheduler::Schedule').dependencies).toContain(resource('AWS::IAM::Policy').logicalId);
    // The role comes first anyway: the schedule names its ARN, and the template linter reports the rest (W3005).
    const { DependsOn } = objectOf(Object.values(template.findResources('AWS::Scheduler::Schedule'))[0]);
    expect(DependsOn).toEqual([resource('AWS::IAM::Policy').logicalId]);
  });
});

describe('the role of the schedule', () => {
  test('may start that workflow and fill that queue, and nothing else', () => {
    const { PolicyDocument: document } = resource('AWS::IAM::Policy').properties;
    expect(listOf(objectOf(document)['Statement'])).toEqual([
      { Effect: 'Allow', Action: 'states:StartExecution', Resource: stateMachineArn(address, 'parent') },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: scheduleFailuresArn(address, 'parent') },
    ]);
  });

  test.each([
    ['us-east-1', 'arn:aws:scheduler:us-east-1:444444444444:schedule-group/default'],
    ['cn-north-1', 'arn:aws-cn:scheduler:cn-north-1:444444444444:schedule-group/default'],
  ])('in %s admits the schedules of its account alone, by their group', (region, group) => {
    const there = stackWith(scheduled({ address: { ...address, region } }));
    there.template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '444444444444', 'aws:SourceArn': group } },
          },
        ],
        Version: Match.anyValue(),
      },
    });
  });
});

describe('the queue of starts that were given up', () => {
  test('has the name that monitoring knows', () => {
    expect(resource('AWS::SQS::Queue').arn).toBe(scheduleFailuresArn(address, 'parent'));
  });

  test('keeps them for 14 days, encrypted', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
  });

  test('takes nothing that comes without TLS', () => {
    expect(resource('AWS::SQS::QueuePolicy').properties['PolicyDocument']).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Action: 'sqs:*',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
  });
});

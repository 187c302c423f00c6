import type { PolicyDocument } from '@crosswind/iam/policy-document';
import {
  allow,
  arnOf,
  bucket,
  lambda,
  lambdaFunction,
  logGroup,
  type Resources,
  role,
  stateMachine,
  states,
  trusting,
} from '../../src/testing/literals.ts';
import { atOne, countMetric } from '../cloudwatch/alarm/watching.ts';

export const account = '444444444444';
export const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:machine`;
export const activityArn = `arn:aws:states:us-east-1:${account}:activity:work`;
export const allArn = `arn:aws:iam::${account}:role/all`;
export const trustedArn = `arn:aws:iam::${account}:role/trusted`;

export const policyArn = `arn:aws:iam::${account}:policy/guard`;
export const connectionArn = `arn:aws:codeconnections:us-east-1:${account}:connection/11111111-2222-3333-4444-555555555555`;
export const linkArn = `arn:aws:oam:us-east-1:${account}:link/11111111-2222-3333-4444-555555555555`;
export const sinkArn = `arn:aws:oam:us-east-1:${account}:sink/11111111-2222-3333-4444-555555555555`;
/** Document of that policy. */
export const guard: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Action: 'iam:CreateUser', Resource: '*' },
};

const itemsOver = (child: object) => ({
  Type: 'Map',
  Label: 'items',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Item',
    States: { Item: { ...child, End: true } },
  },
});
const items = { ...itemsOver({ Type: 'Pass' }), Items: [1, 2], Next: 'Call' };
const call = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'hello', Payload: {} },
  Next: 'List',
};
const list = {
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:s3:listObjectsV2',
  Arguments: { Bucket: 'winds' },
  End: true,
};
const work = { Type: 'Task', Resource: activityArn };
const open = { ...itemsOver(work), Items: [1, 2, 3, 4], ToleratedFailurePercentage: 100, End: true };

/** One of everything that has an operation over HTTP. */
export const resources = (): Resources => ({
  All: role('all', lambda, allow('*')),
  Trusted: role('trusted', trusting({ AWS: allArn })),
  MachineRole: role('machine', states, allow('*')),
  FunctionRole: role('function', lambda, allow('*')),
  Hello: lambdaFunction('hello', 'export const handler = () => "hello";'),
  Machine: stateMachine('machine', { Items: items, Call: call, List: list }),
  Broken: stateMachine('broken', { Break: { Type: 'Fail', Error: 'Storm', Cause: 'wind' } }),
  Work: { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'work' } },
  Open: stateMachine('open', { Items: open }),
  Winds: bucket('winds'),
  Empty: bucket('empty'),
  Logs: logGroup('winds'),
  Letters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters', DelaySeconds: 5 } },
  ScheduleRole: role('schedule', trusting({ Service: 'scheduler.amazonaws.com' }), allow('*')),
  Monthly: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: 'monthly',
      ScheduleExpression: 'cron(0 6 1 * ? *)',
      EndDate: '2199-01-01T00:00:00Z',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 },
      Target: { Arn: machineArn, RoleArn: arnOf('ScheduleRole'), Input: '{}' },
    },
  },
  News: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news', DisplayName: 'news' } },
  Site: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/site', Type: 'String', Value: 'hill' } },
  One: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'one', ...countMetric, ...atOne } },
  Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmName: 'both', AlarmRule: 'ALARM(one)' } },
  Fleet: {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: 'fleet',
      DashboardBody: '{"widgets":[{"type":"text","properties":{"markdown":"x"}}]}',
    },
  },
});

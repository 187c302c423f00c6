import type { JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { describe, expect, test } from 'vitest';
import { opaqueLine } from '../../src/cloudformation/opaque-resources.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import {
  allow,
  arnOf,
  execute,
  key,
  lambda,
  lambdaFunction,
  type LiteralStack,
  logGroup,
  policy,
  type Resources,
  role,
  sandboxWith,
  stacksOf,
  stateMachine,
  states,
  trusting,
} from '../../src/testing/literals.ts';
import { atOne, countMetric } from '../cloudwatch/alarm/watching.ts';
import { account, answer, loggingActions, other, pass } from './refusals.ts';

const resource = (type: string, properties: JsonObject): TemplateResource => ({ Type: type, Properties: properties });
const roleArn = `arn:aws:iam::${account}:role/teams/existing`;
const topicArn = `arn:aws:sns:us-east-1:${account}:alerts`;
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:provider`;
const alarmArn = `arn:aws:cloudwatch:us-east-1:${account}:alarm:existing`;
const sinkArn = `arn:aws:oam:us-east-1:${other}:sink/existing`;
const groupArn = `arn:aws:logs:us-east-1:${account}:log-group:existing:*`;

const alarm = (name: string, properties: JsonObject = {}): TemplateResource =>
  resource('AWS::CloudWatch::Alarm', { ...atOne, ...countMetric, AlarmName: name, ...properties });
const composite = (rule: string): TemplateResource =>
  resource('AWS::CloudWatch::CompositeAlarm', { AlarmName: 'both', AlarmRule: rule });
const logged: Resources = {
  MachineRole: role('machine', states, allow(loggingActions)),
  Tried: stateMachine('tried', pass, {
    LoggingConfiguration: {
      Level: 'ALL',
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: groupArn } }],
    },
  }),
};
const named = (type: string, why: string): string => `AWS can, the sandbox cannot: ${type} Tried in ${account}: ${why}`;
const exists = (thing: string): string => `the ${thing} exists outside this assembly`;

const deployed = async (literals: readonly LiteralStack[], assembly = literals) =>
  sandboxWith(literals, { assembly: stacksOf(...assembly) });

/** Resources that need one which their stack does not hold. */
const needing: readonly [what: string, needs: () => Resources, type: string, why: string][] = [
  [
    'a function with a role',
    () => ({ Tried: lambdaFunction('tried', answer, { Role: roleArn }) }),
    'AWS::Lambda::Function',
    exists(`role ${roleArn}`),
  ],
  [
    'a state machine with a role',
    () => ({ Tried: stateMachine('tried', pass, { RoleArn: roleArn }) }),
    'AWS::StepFunctions::StateMachine',
    exists(`role ${roleArn}`),
  ],
  [
    'a schedule with a role',
    () => ({
      Tried: resource('AWS::Scheduler::Schedule', {
        Name: 'a',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ScheduleExpression: 'rate(1 day)',
        Target: { Arn: topicArn, RoleArn: roleArn },
      }),
    }),
    'AWS::Scheduler::Schedule',
    exists(`role ${roleArn}`),
  ],
  [
    'a policy of a role',
    () => ({ Tried: policy(['existing'], allow('s3:GetObject')) }),
    'AWS::IAM::Policy',
    exists(`role arn:aws:iam::${account}:role/existing`),
  ],
  [
    'a managed policy of a role',
    () => ({
      Tried: resource('AWS::IAM::ManagedPolicy', {
        Roles: ['existing'],
        PolicyDocument: { Version: '2012-10-17', Statement: [allow('s3:GetObject')] },
      }),
    }),
    'AWS::IAM::ManagedPolicy',
    exists(`role arn:aws:iam::${account}:role/existing`),
  ],
  [
    'a state machine with a log group',
    () => logged,
    'AWS::StepFunctions::StateMachine',
    exists(`log group ${groupArn}`),
  ],
  [
    'an alarm with a topic',
    () => ({ Tried: alarm('tried', { AlarmActions: [topicArn], OKActions: [topicArn] }) }),
    'AWS::CloudWatch::Alarm',
    exists(`topic ${topicArn}`),
  ],
  [
    'a composite alarm with the name of an alarm',
    () => ({ Tried: composite('ALARM(existing)') }),
    'AWS::CloudWatch::CompositeAlarm',
    exists(`alarm ${alarmArn}`),
  ],
  [
    'a composite alarm with the ARN of an alarm',
    () => ({ Tried: composite(`ALARM("${alarmArn}")`) }),
    'AWS::CloudWatch::CompositeAlarm',
    exists(`alarm ${alarmArn}`),
  ],
  [
    'a link with a sink',
    () => ({ Tried: resource('AWS::Oam::Link', { SinkIdentifier: sinkArn, ResourceTypes: [] }) }),
    'AWS::Oam::Link',
    exists(`sink ${sinkArn}`),
  ],
  [
    'a custom resource with a function',
    () => ({ Tried: resource('Custom::Tried', { ServiceToken: `${functionArn}:live` }) }),
    'Custom::Tried',
    exists(`function ${functionArn}`),
  ],
];

describe('what is in no stack of the assembly exists outside, and what needs it is named', () => {
  test.each(needing)('%s', async (_, needs, type, why) => {
    const { opaque } = await deployed([{ account, resources: needs() }]);
    expect(opaque.map(opaqueLine)).toEqual([named(type, why)]);
  });

  test.each(needing)('%s is refused in strict mode and without an assembly', async (_, needs) => {
    const literals = [{ account, resources: needs() }];
    const strict = sandboxWith(literals, { assembly: stacksOf(...literals), strict: true });
    await expect(strict).rejects.toThrow(/^Tried \((?!.*NotSupported)/);
    await expect(sandboxWith(literals)).rejects.toThrow(/^Tried \((?!.*NotSupported)/);
  });
});

describe('what a later stack of the assembly holds is missing, as on AWS', () => {
  const held = (): Resources => ({
    Role: resource('AWS::IAM::Role', { ...role('existing', states).Properties, Path: '/teams/' }),
    Topic: resource('AWS::SNS::Topic', { TopicName: 'alerts' }),
    FunctionRole: role('function', lambda),
    Provider: lambdaFunction('provider', answer),
    Alarm: alarm('existing'),
    Logs: logGroup('existing'),
  });
  test.each(needing.filter(([what]) => what !== 'a link with a sink'))('%s', async (_, needs) => {
    const first = { account, resources: needs() };
    await expect(deployed([first], [first, { account, resources: held() }])).rejects.toThrow('Tried (');
  });
});

describe('a resource goes on without what it need not have', () => {
  test('a role, whose trust policy names a role outside', async () => {
    const resources = { Tried: role('tried', trusting({ AWS: roleArn })) };
    const sandbox = await deployed([{ account, resources }]);
    expect(sandbox.identities.role(`arn:aws:iam::${account}:role/tried`)).toBeDefined();
    expect(sandbox.opaque).toEqual([]);
    await expect(sandboxWith([{ account, resources }])).rejects.toThrow('Invalid principal in policy');
  });

  test('a state machine, which runs and does not log', async () => {
    const sandbox = await deployed([{ account, resources: logged }]);
    const { outcome } = await execute(sandbox, `arn:aws:states:us-east-1:${account}:stateMachine:tried`);
    expect(outcome).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('a policy, for the roles that are there', async () => {
    const resources = {
      Mine: role('mine', states),
      Tried: { ...policy(['existing', 'mine'], allow('s3:GetObject')), DependsOn: 'Mine' },
    };
    const sandbox = await deployed([{ account, resources }]);
    const policies = sandbox.identities.role(`arn:aws:iam::${account}:role/mine`)?.policies;
    expect(policies?.map(({ name }) => name)).toEqual(['policy attached of role mine']);
    expect(sandbox.opaque).toHaveLength(1);
  });

  test('an alarm, whose notification goes nowhere', async () => {
    const missing = { TreatMissingData: 'breaching', AlarmActions: [topicArn] };
    const sandbox = await deployed([{ account, resources: { Tried: alarm('tried', missing) } }]);
    await sandbox.settle(10);
    const [tried] = sandbox.cloudWatch.alarms.of({ account, region: 'us-east-1' });
    expect(tried?.state.value).toBe('ALARM');
    expect(tried?.history.find(({ kind }) => kind === 'action')).toMatchObject({
      action: topicArn,
      refused: `the sandbox does not have the topic ${topicArn}`,
    });
  });
});

describe('a resource that a key outside encrypts is named, and the use of the key is not decided', () => {
  const keyArn = `arn:aws:kms:us-east-1:${other}:key/existing`;
  const topic: Resources = {
    Tried: resource('AWS::SNS::Topic', { TopicName: 'alerts', KmsMasterKeyId: keyArn }),
  };
  const rule = { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } };
  const bucket: Resources = {
    Tried: resource('AWS::S3::Bucket', {
      BucketName: 'winds',
      BucketEncryption: { ServerSideEncryptionConfiguration: [rule] },
    }),
  };
  const calls = (service: string, action: string, args: JsonObject): Resources => ({
    MachineRole: role('machine', states, allow(action)),
    Machine: stateMachine('calling', {
      Call: { Type: 'Task', Resource: `arn:aws:states:::${service}`, Arguments: args, End: true },
    }),
  });

  test.each<[string, string, Resources, Resources]>([
    [
      'a bucket',
      'AWS::S3::Bucket',
      bucket,
      calls('aws-sdk:s3:putObject', 's3:PutObject', { Bucket: 'winds', Key: 'a', Body: 'b' }),
    ],
    [
      'a topic',
      'AWS::SNS::Topic',
      topic,
      calls('sns:publish', 'sns:Publish', { TopicArn: topicArn, Message: 'strong' }),
    ],
  ])('%s', async (_, type, encrypted, calling) => {
    const outcomeIn = async (sandbox: Sandbox) =>
      (await execute(sandbox, `arn:aws:states:us-east-1:${account}:stateMachine:calling`)).outcome?.status;
    const literals = [{ account, resources: { ...encrypted, ...calling } }];
    const sandbox = await deployed(literals);
    expect(sandbox.opaque.map(opaqueLine)).toEqual([named(type, exists(`key ${keyArn}`))]);
    expect(await outcomeIn(sandbox)).toBe('SUCCEEDED');
    expect(await outcomeIn(await sandboxWith(literals))).toBe('FAILED');
  });
});

test('the use of a key of the assembly is decided, even if some of the key is not known', async () => {
  const keyArn = arnOf('Key');
  const rule = { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } };
  const outcomeWith = async (...actions: readonly string[]) => {
    const sandbox = await deployed([
      {
        account,
        resources: {
          Key: { ...key(account), Properties: { ...key(account).Properties, Description: { 'Fn::GetAZs': '' } } },
          Bucket: resource('AWS::S3::Bucket', {
            BucketName: 'winds',
            BucketEncryption: { ServerSideEncryptionConfiguration: [rule] },
          }),
          MachineRole: role('machine', states, allow(actions)),
          Machine: stateMachine('calling', {
            Call: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
              Arguments: { Bucket: 'winds', Key: 'a', Body: 'b' },
              End: true,
            },
          }),
        },
      },
    ]);
    expect(sandbox.opaque.map(({ path }) => path)).toEqual(['Key']);
    return (await execute(sandbox, `arn:aws:states:us-east-1:${account}:stateMachine:calling`)).outcome?.status;
  };
  expect(await outcomeWith('s3:PutObject')).toBe('FAILED');
  expect(await outcomeWith('s3:PutObject', 'kms:GenerateDataKey')).toBe('SUCCEEDED');
});

test('an alarm on metrics of another account is opaque if no stack of the assembly links them', async () => {
  const watching = resource('AWS::CloudWatch::Alarm', {
    ...atOne,
    AlarmName: 'tried',
    Metrics: [
      {
        Id: 'm',
        AccountId: other,
        MetricStat: { Metric: { Namespace: 'Tried', MetricName: 'Count' }, Period: 60, Stat: 'Sum' },
      },
    ],
  });
  const literals: readonly LiteralStack[] = [
    { account: other, resources: { Used: role('used', states) } },
    { account, resources: { Tried: watching } },
  ];
  const { opaque } = await deployed(literals);
  const link = `the link that shares metrics of account ${other} with account ${account}`;
  expect(opaque.map(opaqueLine)).toEqual([named('AWS::CloudWatch::Alarm', `${link} exists outside this assembly`)]);
  const linked = { account: other, resources: { Link: resource('AWS::Oam::Link', { SinkIdentifier: sinkArn }) } };
  await expect(deployed(literals, [...literals, linked])).rejects.toThrow('are not shared with account');
});

describe('a custom resource with a topic behind it', () => {
  test('is opaque, because the sandbox sends requests to functions only', async () => {
    const { opaque } = await sandboxWith([
      { account, resources: { Tried: resource('Custom::Tried', { ServiceToken: topicArn }) } },
    ]);
    expect(opaque.map(opaqueLine)).toEqual([
      named('Custom::Tried', `the sandbox sends requests to functions only, not to the topic ${topicArn}`),
    ]);
  });

  test('is created by a version or an alias of its function', async () => {
    const code = `export const handler = ({ ResponseURL }) => fetch(ResponseURL, { method: 'PUT', body: '{"Status":"SUCCESS"}' }).then(() => 1);`;
    const resources = {
      FunctionRole: role('function', lambda),
      Provider: lambdaFunction('provider', code),
      Tried: { ...resource('Custom::Tried', { ServiceToken: `${functionArn}:live` }), DependsOn: 'Provider' },
    };
    expect((await sandboxWith([{ account, resources }])).opaque).toEqual([]);
  });
});

describe('what needs an opaque resource', () => {
  const unknown = { 'Fn::GetAZs': '' };

  test.each<[string, () => Resources, string]>([
    [
      'an alarm with a topic',
      () => ({
        Topic: resource('AWS::SNS::Topic', { TopicName: 'alerts', DisplayName: unknown }),
        Tried: alarm('tried', { AlarmActions: [{ Ref: 'Topic' }] }),
      }),
      `the topic ${topicArn} is opaque`,
    ],
    [
      'a composite alarm with an alarm that acts on an instance',
      () => ({
        Existing: alarm('existing', { AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] }),
        Tried: { ...composite('ALARM(existing)'), DependsOn: 'Existing' },
      }),
      `the alarm ${alarmArn} is opaque`,
    ],
    [
      'a state machine with a log group',
      () => ({
        ...logged,
        Logs: resource('AWS::Logs::LogGroup', { LogGroupName: 'existing', RetentionInDays: unknown }),
        Tried: { ...stateMachine('tried', pass), ...logged['Tried'], DependsOn: 'Logs' },
      }),
      `the log group ${groupArn} is opaque`,
    ],
  ])('is named, too: %s', async (_, resources, why) => {
    const { opaque } = await sandboxWith([{ account, resources: resources() }]);
    expect(opaque.map(opaqueLine).filter((line) => line.includes(' Tried in '))).toEqual([
      expect.stringContaining(`in ${account}: ${why}`) as string,
    ]);
    expect(opaque).toHaveLength(2);
  });

  test('a role is there even if some of its policies are unknown, so its trust policy is decided', async () => {
    const managed = { ManagedPolicyArns: ['arn:aws:iam::aws:policy/NewerReadOnlyAccess'] };
    const resources = {
      FunctionRole: resource('AWS::IAM::Role', { ...role('function', states).Properties, ...managed }),
      Tried: lambdaFunction('tried', answer, { Role: arnOf('FunctionRole') }),
    };
    await expect(sandboxWith([{ account, resources }])).rejects.toThrow('cannot be assumed by Lambda');
  });
});

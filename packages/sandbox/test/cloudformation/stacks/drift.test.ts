import {
  type CloudFormationClient,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, arnOf, bucket, lambda, logGroup, type Resources, role, states } from '../../../src/testing/literals.ts';
import { atOne, countMetric } from '../../cloudwatch/alarm/watching.ts';
import { type Call, callAs } from './calls.ts';
import { account, cloudFormation, created, region, templateOf } from './client.ts';

const put = (target: string, body: JsonObject): Call => ({ target, body });
const form = (action: string, fields: Readonly<Record<string, string>>): Call => ({ action, form: fields });

const document = (action: string): JsonObject => ({ Version: '2012-10-17', Statement: [allow(action)] });
const machineArn = `arn:aws:states:${region}:${account}:stateMachine:machine`;
const definition = (name: string): JsonObject => ({ StartAt: name, States: { [name]: { Type: 'Succeed' } } });
const topicArn = `arn:aws:sns:${region}:${account}:letters`;
const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/letters`;
const alarm = { AlarmName: 'winds', ...countMetric, ...atOne };
const widgets = (markdown: string): string => JSON.stringify({ widgets: [{ type: 'text', properties: { markdown } }] });
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const winds = role('winds', lambda, allow('s3:GetObject'));

/** A change past CloudFormation: in which service, of what, and where drift finds it. */
interface Change {
  readonly service: string;
  readonly resources: Resources;
  readonly change: Call;
  readonly path: string;
  readonly expected: string | number;
  readonly actual: string | number;
  /** The call that takes the change back. */
  readonly back: Call;
}

const machine = (properties: JsonObject): Resources => ({
  MachineRole: role('machine', states, allow('*')),
  Other: role('other', states, allow('*')),
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { StateMachineName: 'machine', RoleArn: arnOf('MachineRole'), ...properties },
  },
});
const updateMachine = (body: JsonObject): Call =>
  put('AWSStepFunctions.UpdateStateMachine', { stateMachineArn: machineArn, ...body });

const ofIam = (change: Call, back: Call, resources: Resources = { Winds: winds }) => ({
  service: 'iam',
  resources,
  change,
  back,
});
const rolePolicy = (action: string): Call =>
  form('PutRolePolicy', { RoleName: 'winds', PolicyName: 'own', PolicyDocument: JSON.stringify(document(action)) });

const changes: Readonly<Record<string, Change>> = {
  'UpdateStateMachine of a definition in a text': {
    service: 'states',
    resources: machine({ DefinitionString: JSON.stringify(definition('A')) }),
    change: updateMachine({ definition: JSON.stringify(definition('B')) }),
    path: '/DefinitionString',
    expected: JSON.stringify(definition('A')),
    actual: JSON.stringify(definition('B')),
    back: updateMachine({ definition: JSON.stringify(definition('A')) }),
  },
  'UpdateStateMachine of a role': {
    service: 'states',
    resources: machine({ DefinitionString: JSON.stringify(definition('A')) }),
    change: updateMachine({ roleArn: `arn:aws:iam::${account}:role/other` }),
    path: '/RoleArn',
    expected: `arn:aws:iam::${account}:role/machine`,
    actual: `arn:aws:iam::${account}:role/other`,
    back: updateMachine({ roleArn: `arn:aws:iam::${account}:role/machine` }),
  },
  PutMetricAlarm: {
    service: 'monitoring',
    resources: { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: alarm } },
    change: put('GraniteServiceVersion20100801.PutMetricAlarm', { ...alarm, Threshold: 7 }),
    path: '/Threshold',
    expected: 1,
    actual: 7,
    back: put('GraniteServiceVersion20100801.PutMetricAlarm', alarm),
  },
  PutDashboard: {
    service: 'monitoring',
    resources: {
      Fleet: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: { DashboardName: 'fleet', DashboardBody: widgets('one') },
      },
    },
    change: put('GraniteServiceVersion20100801.PutDashboard', {
      DashboardName: 'fleet',
      DashboardBody: widgets('two'),
    }),
    path: '/DashboardBody',
    expected: widgets('one'),
    actual: widgets('two'),
    back: put('GraniteServiceVersion20100801.PutDashboard', { DashboardName: 'fleet', DashboardBody: widgets('one') }),
  },
  PutParameter: {
    service: 'ssm',
    resources: {
      Unit: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/unit', Type: 'String', Value: 'knots' } },
    },
    change: put('AmazonSSM.PutParameter', { Name: '/unit', Value: 'mph', Overwrite: true }),
    path: '/Value',
    expected: 'knots',
    actual: 'mph',
    back: put('AmazonSSM.PutParameter', { Name: '/unit', Value: 'knots', Overwrite: true }),
  },
  PutRetentionPolicy: {
    service: 'logs',
    resources: {
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'winds', RetentionInDays: 30 } },
    },
    change: put('Logs_20140328.PutRetentionPolicy', { logGroupName: 'winds', retentionInDays: 7 }),
    path: '/RetentionInDays',
    expected: 30,
    actual: 7,
    back: put('Logs_20140328.PutRetentionPolicy', { logGroupName: 'winds', retentionInDays: 30 }),
  },
  SetQueueAttributes: {
    service: 'sqs',
    resources: { Letters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters', DelaySeconds: 5 } } },
    change: put('AmazonSQS.SetQueueAttributes', { QueueUrl: queueUrl, Attributes: { DelaySeconds: '60' } }),
    path: '/DelaySeconds',
    expected: 5,
    actual: 60,
    back: put('AmazonSQS.SetQueueAttributes', { QueueUrl: queueUrl, Attributes: { DelaySeconds: '5' } }),
  },
  SetTopicAttributes: {
    service: 'sns',
    resources: { Letters: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'letters', DisplayName: 'one' } } },
    change: form('SetTopicAttributes', { TopicArn: topicArn, AttributeName: 'DisplayName', AttributeValue: 'two' }),
    path: '/DisplayName',
    expected: 'one',
    actual: 'two',
    back: form('SetTopicAttributes', { TopicArn: topicArn, AttributeName: 'DisplayName', AttributeValue: 'one' }),
  },
  UpdateFunctionConfiguration: {
    service: 'lambda',
    resources: {
      FunctionRole: role('function', lambda),
      Hello: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'hello',
          Role: arnOf('FunctionRole'),
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { ZipFile: 'exports.handler = () => 1;' },
          Timeout: 3,
        },
      },
    },
    change: { put: '/2015-03-31/functions/hello/configuration', body: { Timeout: 9 } },
    path: '/Timeout',
    expected: 3,
    actual: 9,
    back: { put: '/2015-03-31/functions/hello/configuration', body: { Timeout: 3 } },
  },
  PutRolePolicy: {
    ...ofIam(rolePolicy('s3:PutObject'), rolePolicy('s3:GetObject')),
    path: '/Policies/0/PolicyDocument/Statement/0/Action',
    expected: 's3:GetObject',
    actual: 's3:PutObject',
  },
  UpdateAssumeRolePolicy: {
    ...ofIam(
      form('UpdateAssumeRolePolicy', {
        RoleName: 'winds',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [states] }),
      }),
      form('UpdateAssumeRolePolicy', {
        RoleName: 'winds',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [lambda] }),
      }),
    ),
    path: '/AssumeRolePolicyDocument/Statement/0/Principal/Service',
    expected: 'lambda.amazonaws.com',
    actual: 'states.amazonaws.com',
  },
  AttachRolePolicy: {
    ...ofIam(
      form('AttachRolePolicy', { RoleName: 'winds', PolicyArn: readOnly }),
      form('DetachRolePolicy', { RoleName: 'winds', PolicyArn: readOnly }),
      {
        Winds: {
          ...winds,
          Properties: { ...winds.Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'] },
        },
      },
    ),
    path: '/ManagedPolicyArns/1',
    expected: '',
    actual: readOnly,
  },
  TagRole: {
    ...ofIam(
      form('TagRole', { RoleName: 'winds', 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'storm' }),
      form('TagRole', { RoleName: 'winds', 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'wind' }),
      { Winds: { ...winds, Properties: { ...winds.Properties, Tags: [{ Key: 'team', Value: 'wind' }] } } },
    ),
    path: '/Tags/0/Value',
    expected: 'wind',
    actual: 'storm',
  },
  UpdateRole: {
    ...ofIam(
      form('UpdateRole', { RoleName: 'winds', Description: 'two' }),
      form('UpdateRole', { RoleName: 'winds', Description: 'one' }),
      { Winds: { ...winds, Properties: { ...winds.Properties, Description: 'one' } } },
    ),
    path: '/Description',
    expected: 'one',
    actual: 'two',
  },
};

async function drifted(client: CloudFormationClient): Promise<readonly StackResourceDrift[]> {
  await client.send(new DetectStackDriftCommand({ StackName: 'letters' }));
  const { StackResourceDrifts = [] } = await client.send(
    new DescribeStackResourceDriftsCommand({ StackName: 'letters' }),
  );
  return StackResourceDrifts.filter(({ StackResourceDriftStatus: status }) => status !== 'IN_SYNC');
}

describe('drift finds what a call past CloudFormation changes, and no more once it is changed back', () => {
  test.each(Object.entries(changes))('%s', async (_, { service, resources, change, path, expected, actual, back }) => {
    const { client, sandbox } = await cloudFormation();
    expect((await created(client, sandbox, templateOf(resources))).StackStatus).toBe('CREATE_COMPLETE');
    expect(await drifted(client)).toEqual([]);
    expect(await callAs(sandbox, service, change)).toMatchObject({ status: 200 });
    const found = (await drifted(client)).flatMap(({ PropertyDifferences = [] }) => PropertyDifferences);
    expect(found.map((one) => [one.PropertyPath, one.ExpectedValue, one.ActualValue])).toEqual([
      [path, String(expected), String(actual)],
    ]);
    expect(await callAs(sandbox, service, back)).toMatchObject({ status: 200 });
    expect(await drifted(client)).toEqual([]);
  });

  test('which is gone', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: alarm } }));
    await callAs(sandbox, 'monitoring', put('GraniteServiceVersion20100801.DeleteAlarms', { AlarmNames: ['winds'] }));
    expect((await drifted(client)).map(({ StackResourceDriftStatus: status }) => status)).toEqual(['DELETED']);
  });
});

describe('a call past CloudFormation', () => {
  test.each(Object.entries(changes))('%s needs a permission of its own', async (_, { service, resources, change }) => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ ...resources, Nobody: role('nobody', lambda) }));
    const { status, text } = await callAs(sandbox, service, change, 'nobody');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toContain('is not authorized to perform');
  });

  test('changes what runs', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf(machine({ DefinitionString: JSON.stringify(definition('A')) })));
    const failing = { StartAt: 'B', States: { B: { Type: 'Fail', Error: 'Storm' } } };
    await callAs(sandbox, 'states', updateMachine({ definition: JSON.stringify(failing) }));
    const started = sandbox.executions.start({ stateMachineArn: machineArn, name: 'run', input: {} });
    if (!started.ok) throw new Error(started.message);
    await sandbox.simulation.run(() => started.execution.outcome !== undefined);
    expect(started.execution.outcome).toMatchObject({ error: 'Storm' });
  });

  test('changes what is allowed', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Winds: role('winds', lambda), Logs: logGroup('winds') }));
    const retain = put('Logs_20140328.PutRetentionPolicy', { logGroupName: 'winds', retentionInDays: 7 });
    expect((await callAs(sandbox, 'logs', retain, 'winds')).status).toBe(400);
    await callAs(sandbox, 'iam', rolePolicy('logs:PutRetentionPolicy'));
    expect((await callAs(sandbox, 'logs', retain, 'winds')).status).toBe(200);
    await callAs(sandbox, 'iam', form('DeleteRolePolicy', { RoleName: 'winds', PolicyName: 'own' }));
    expect((await callAs(sandbox, 'logs', retain, 'winds')).status).toBe(400);
  });

  test.each<readonly [string, Call, string]>([
    ['iam', form('PutRolePolicy', { RoleName: 'none', PolicyName: 'a', PolicyDocument: '{}' }), 'NoSuchEntity'],
    ['iam', form('AttachRolePolicy', { RoleName: 'winds', PolicyArn: 'arn:aws:iam::aws:policy/No' }), 'NoSuchEntity'],
    ['iam', form('DeleteRolePolicy', { RoleName: 'winds', PolicyName: 'no' }), 'NoSuchEntity'],
    ['logs', put('Logs_20140328.PutRetentionPolicy', { logGroupName: 'no', retentionInDays: 7 }), 'ResourceNotFound'],
    ['logs', put('Logs_20140328.PutRetentionPolicy', { logGroupName: 'no', retentionInDays: 8 }), 'enum value set'],
    ['sqs', put('AmazonSQS.SetQueueAttributes', { QueueUrl: queueUrl, Attributes: {} }), 'QueueDoesNotExist'],
    ['sns', form('SetTopicAttributes', { TopicArn: topicArn, AttributeName: 'DisplayName' }), 'NotFound'],
    ['states', updateMachine({ definition: '{}' }), 'StateMachineDoesNotExist'],
    ['lambda', { put: '/2015-03-31/functions/no/configuration', body: { Timeout: 9 } }, 'Function not found'],
  ])('of %s %j on what is not there is refused', async (service, call, message) => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Winds: winds, Bucket: bucket('winds') }));
    const { status, text } = await callAs(sandbox, service, call);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toContain(message);
  });
});

test('a definition of the template that is an object is compared as one', async () => {
  const { client, sandbox } = await cloudFormation();
  await created(client, sandbox, templateOf(machine({ Definition: definition('A') })));
  await callAs(sandbox, 'states', updateMachine({ definition: JSON.stringify(definition('B')) }));
  const [found] = (await drifted(client)).flatMap(({ PropertyDifferences = [] }) => PropertyDifferences);
  expect(found?.PropertyPath).toMatch(/^\/Definition\//);
});

import { describe, expect, test } from 'vitest';
import { callsByType } from '../../src/deployment/calls-by-type.ts';
import { type ChangingResource, deploymentCalls } from '../../src/deployment/deployment.ts';

const boundary = 'arn:aws:iam::111111111111:policy/boundary';
const roleArn = 'arn:aws:iam::111111111111:role/service/example';

const resource = (properties: ChangingResource['properties'], more: Partial<ChangingResource> = {}) => ({
  partition: 'aws',
  account: '111111111111',
  region: 'eu-west-1',
  name: 'example',
  properties,
  ...more,
});

/** Keys of the calls of an action. */
const keysOf = (action: string, ...call: Parameters<typeof deploymentCalls>) =>
  (deploymentCalls(...call) ?? []).filter((made) => made.action === action).map(({ keys }) => keys);

const actionsOf = (...call: Parameters<typeof deploymentCalls>): readonly string[] =>
  (deploymentCalls(...call) ?? []).map(({ action }) => action);

describe('the calls for a resource', () => {
  test('are in the order in which CloudFormation makes them', () => {
    const role = resource({
      Path: '/service/',
      Policies: [{ PolicyName: 'inline', PolicyDocument: {} }],
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    });
    expect(deploymentCalls('AWS::IAM::Role', 'create', role)).toEqual([
      { action: 'iam:CreateRole', resource: roleArn, keys: {}, isAssumed: false },
      { action: 'iam:GetRole', resource: roleArn, keys: {}, isAssumed: false },
      { action: 'iam:PutRolePolicy', resource: roleArn, keys: {}, isAssumed: false },
      { action: 'iam:GetRolePolicy', resource: roleArn, keys: {}, isAssumed: true },
      {
        action: 'iam:AttachRolePolicy',
        resource: roleArn,
        keys: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
        isAssumed: false,
      },
    ]);
  });

  test('are not known for a type that the table does not hold', () => {
    expect(deploymentCalls('AWS::EC2::VPC', 'create', resource({}))).toBeUndefined();
    expect(deploymentCalls('AWS::CDK::Metadata', 'create', resource({}))).toEqual([]);
  });

  test('of a custom resource invoke its function, whatever its type is called', () => {
    const token = 'arn:aws:lambda:eu-west-1:111111111111:function:provider';
    const expected = [{ action: 'lambda:InvokeFunction', resource: token, keys: {}, isAssumed: false }];
    for (const type of ['Custom::Anything', 'AWS::CloudFormation::CustomResource']) {
      for (const operation of ['create', 'update', 'delete'] as const) {
        expect(deploymentCalls(type, operation, resource({ ServiceToken: token }))).toEqual(expected);
      }
    }
  });

  test('are made once, also where two properties need them', () => {
    const role = 'arn:aws:iam::111111111111:role/example';
    const rule = resource({ RoleArn: role, Targets: [{ Id: 'a', RoleArn: role }] });
    expect(actionsOf('AWS::Events::Rule', 'create', rule).filter((action) => action === 'iam:PassRole')).toHaveLength(
      1,
    );
  });

  test.each([
    [{ S3Bucket: 'assets', S3Key: 'code.zip' }, ['s3:GetObject']],
    [{ S3Bucket: 'assets', S3Key: 'code.zip', S3ObjectVersion: '7' }, ['s3:GetObjectVersion']],
    [{ ZipFile: 'exports.handler = () => 1' }, []],
  ])('of a function with the code %j read it with %j', (code, expected) => {
    const actions = actionsOf('AWS::Lambda::Function', 'create', resource({ Code: code }));
    expect(actions.filter((action) => action.startsWith('s3:'))).toEqual(expected);
  });

  test('pass every different role', () => {
    const arnOf = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;
    const rule = resource({
      Targets: [
        { Id: 'a', RoleArn: arnOf('a') },
        { Id: 'b', RoleArn: arnOf('b') },
      ],
    });
    const passed = (deploymentCalls('AWS::Events::Rule', 'create', rule) ?? []).filter(
      ({ action }) => action === 'iam:PassRole',
    );
    expect(passed.map(({ resource: role }) => role)).toEqual([arnOf('a'), arnOf('b')]);
    expect(passed.map(({ keys }) => keys['iam:PassedToService'])).toEqual([
      'events.amazonaws.com',
      'events.amazonaws.com',
    ]);
  });
});

describe('a resource of a call', () => {
  test.each([
    ['AWS::Logs::LogGroup', {}, 'arn:aws:logs:eu-west-1:111111111111:log-group:example:log-stream:'],
    ['AWS::CloudWatch::Dashboard', {}, 'arn:aws:cloudwatch::111111111111:dashboard/example'],
    ['AWS::Events::Rule', { EventBusName: 'orders' }, 'arn:aws:events:eu-west-1:111111111111:rule/orders/example'],
    ['AWS::Scheduler::Schedule', {}, 'arn:aws:scheduler:eu-west-1:111111111111:schedule/default/example'],
    [
      'AWS::SQS::QueuePolicy',
      { Queues: ['https://sqs.eu-west-1.amazonaws.com/111111111111/jobs'] },
      'arn:aws:sqs:eu-west-1:111111111111:jobs',
    ],
    ['AWS::S3::BucketPolicy', { Bucket: 'data' }, 'arn:aws:s3:::data'],
    ['AWS::Lambda::Permission', { FunctionName: 'f' }, 'arn:aws:lambda:eu-west-1:111111111111:function:f'],
    [
      'AWS::Lambda::Permission',
      { FunctionName: 'arn:aws:lambda:eu-west-1:222222222222:function:f:live' },
      'arn:aws:lambda:eu-west-1:222222222222:function:f',
    ],
    [
      'AWS::Lambda::Permission',
      { FunctionName: '111111111111:function:f' },
      'arn:aws:lambda:eu-west-1:111111111111:function:f',
    ],
    ['AWS::IAM::Policy', { Roles: ['worker'] }, 'arn:aws:iam::111111111111:role/worker'],
    [
      'AWS::SNS::Subscription',
      { TopicArn: 'arn:aws:sns:eu-west-1:111111111111:t' },
      'arn:aws:sns:eu-west-1:111111111111:t',
    ],
    ['AWS::KMS::Key', {}, '*'],
  ])('%s with %j is %s', (type, properties, expected) => {
    expect(deploymentCalls(type, 'create', resource(properties))?.[0]?.resource).toBe(expected);
  });

  test('is in the partition of its region', () => {
    const bucket = { ...resource({}), partition: 'aws-cn', region: 'cn-north-1' };
    expect(deploymentCalls('AWS::S3::Bucket', 'create', bucket)?.[0]?.resource).toBe('arn:aws-cn:s3:::example');
  });

  test('of a role that a policy names has the path that the account knows', () => {
    const policy = resource(
      { Roles: ['worker'], PolicyDocument: {} },
      { existing: (arn) => ({ arn: arn.replace(':role/', ':role/service/'), boundary }) },
    );
    expect(deploymentCalls('AWS::IAM::Policy', 'create', policy)).toContainEqual({
      action: 'iam:PutRolePolicy',
      resource: 'arn:aws:iam::111111111111:role/service/worker',
      keys: { 'iam:PermissionsBoundary': boundary },
      isAssumed: false,
    });
  });
});

describe('the boundary of a role', () => {
  test('is the new one for the call that sets it, and the one it had for the others', () => {
    const role = resource(
      { PermissionsBoundary: `${boundary}-2`, AssumeRolePolicyDocument: { Version: '2012-10-17' } },
      { before: { PermissionsBoundary: boundary } },
    );
    const key = 'iam:PermissionsBoundary';
    expect(keysOf('iam:PutRolePermissionsBoundary', 'AWS::IAM::Role', 'update', role)).toEqual([
      { [key]: `${boundary}-2` },
    ]);
    expect(keysOf('iam:UpdateAssumeRolePolicy', 'AWS::IAM::Role', 'update', role)).toEqual([{ [key]: boundary }]);
    expect(keysOf('iam:CreateRole', 'AWS::IAM::Role', 'create', role)).toEqual([{ [key]: `${boundary}-2` }]);
  });

  test('is no key of a role that has none', () => {
    expect(keysOf('iam:CreateRole', 'AWS::IAM::Role', 'create', resource({}))).toEqual([{}]);
    expect(keysOf('iam:DeleteRole', 'AWS::IAM::Role', 'delete', resource({}))).toEqual([{}]);
  });
});

describe('tags', () => {
  const tags = [{ Key: 'team', Value: 'wind' }];

  test('of the stack and of the resource are in the request that creates it', () => {
    const queue = resource({ Tags: tags }, { tags: { cost: 'shared' } });
    const request = {
      'aws:TagKeys': ['cost', 'team'],
      'aws:RequestTag/cost': 'shared',
      'aws:RequestTag/team': 'wind',
    };
    expect(keysOf('sqs:CreateQueue', 'AWS::SQS::Queue', 'create', queue)).toEqual([request]);
    expect(keysOf('sqs:TagQueue', 'AWS::SQS::Queue', 'create', queue)).toEqual([expect.objectContaining(request)]);
  });

  test('that AWS itself writes need no permission', () => {
    const queue = resource({}, { tags: { 'aws:cloudformation:stack-name': 'orders' } });
    expect(actionsOf('AWS::SQS::Queue', 'create', queue)).not.toContain('sqs:TagQueue');
    expect(keysOf('sqs:CreateQueue', 'AWS::SQS::Queue', 'create', queue)).toEqual([{}]);
  });

  test('of a resource that exists are those from before the update', () => {
    const queue = resource({ Tags: [{ Key: 'team', Value: 'rain' }] }, { before: { Tags: tags } });
    expect(keysOf('sqs:SetQueueAttributes', 'AWS::SQS::Queue', 'update', queue)).toEqual([
      { 'aws:ResourceTag/team': 'wind' },
    ]);
    expect(keysOf('sqs:TagQueue', 'AWS::SQS::Queue', 'update', queue)).toEqual([
      { 'aws:ResourceTag/team': 'wind', 'aws:TagKeys': ['team'], 'aws:RequestTag/team': 'rain' },
    ]);
  });

  test('of a new resource are on it after the call that creates it', () => {
    const queue = resource({ Tags: tags });
    expect(keysOf('sqs:GetQueueAttributes', 'AWS::SQS::Queue', 'create', queue)).toEqual([
      { 'aws:ResourceTag/team': 'wind' },
    ]);
    expect(keysOf('sqs:CreateQueue', 'AWS::SQS::Queue', 'create', queue)[0]).not.toHaveProperty('aws:ResourceTag/team');
  });

  test('of the stack are not those of a resource that cannot have any', () => {
    const policy = resource({}, { tags: { cost: 'shared' } });
    expect(keysOf('iam:DeletePolicy', 'AWS::IAM::ManagedPolicy', 'delete', policy)).toEqual([{}]);
    const role = resource({}, { tags: { cost: 'shared' } });
    expect(keysOf('iam:DeleteRole', 'AWS::IAM::Role', 'delete', role)).toEqual([{ 'aws:ResourceTag/cost': 'shared' }]);
  });

  test('that the stack alone changes are set as well', () => {
    const queue = resource({}, { before: {}, tags: { cost: 'b' }, tagsBefore: { cost: 'a', old: 'x' } });
    expect(keysOf('sqs:UntagQueue', 'AWS::SQS::Queue', 'update', queue)).toEqual([
      expect.objectContaining({ 'aws:TagKeys': ['old'] }),
    ]);
    expect(actionsOf('AWS::SQS::Queue', 'update', queue)).toContain('sqs:TagQueue');
    const same = { ...queue, tagsBefore: { cost: 'b' } };
    expect(actionsOf('AWS::SQS::Queue', 'update', same)).not.toContain('sqs:TagQueue');
  });
});

describe('the table', () => {
  const rows = [...callsByType].flatMap(([type, { rows: ofType }]) => ofType.map((row) => ({ type, ...row })));

  test('has a source for every row', () => {
    expect(rows.filter(({ source }) => !/^(https:\/\/|schema of AWS::\w+::\w+: )/.test(source))).toEqual([]);
  });

  test('says of no action that an operation needs it and does not need it', () => {
    const contradictions = [...callsByType].flatMap(([type, { rows: needed, notNeeded = [] }]) =>
      notNeeded
        .filter(({ action, during }) =>
          needed.some((row) => row.action === action && row.during.some((operation) => during.includes(operation))),
        )
        .map(({ action }) => `${type} ${action}`),
    );
    expect(contradictions).toEqual([]);
  });

  test('assumes these rows and no others', () => {
    const assumed = rows.filter((row) => row.assumed === true);
    const counts = new Map<string, number>();
    for (const { type } of assumed) counts.set(type, (counts.get(type) ?? 0) + 1);
    expect([rows.length, assumed.length]).toEqual([423, 71]);
    expect(Object.fromEntries(counts)).toEqual({
      'AWS::CloudWatch::Alarm': 1,
      'AWS::CloudWatch::CompositeAlarm': 1,
      'AWS::CloudWatch::Dashboard': 1,
      'AWS::CodeBuild::Project': 1,
      'AWS::CodePipeline::Pipeline': 3,
      'AWS::DynamoDB::Table': 8,
      'AWS::ECR::Repository': 2,
      'AWS::IAM::ManagedPolicy': 5,
      'AWS::IAM::Policy': 3,
      'AWS::IAM::Role': 5,
      'AWS::Lambda::Alias': 1,
      'AWS::Lambda::EventSourceMapping': 4,
      'AWS::Lambda::Function': 8,
      'AWS::Lambda::LayerVersion': 1,
      'AWS::Lambda::Version': 3,
      'AWS::Logs::LogGroup': 2,
      'AWS::Oam::Link': 1,
      'AWS::Oam::Sink': 2,
      'AWS::S3::BucketPolicy': 1,
      'AWS::SNS::Subscription': 2,
      'AWS::SNS::Topic': 4,
      'AWS::SQS::Queue': 3,
      'AWS::Scheduler::Schedule': 2,
      'AWS::Scheduler::ScheduleGroup': 3,
      'AWS::StepFunctions::Activity': 2,
      'AWS::StepFunctions::StateMachine': 2,
    });
  });
});

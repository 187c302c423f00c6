import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '../../src/template.ts';
import { callsIn, fn, linesOf, machine, role, workflow } from './lines.ts';

describe('a function', () => {
  const lambda = (properties: JsonObject, Metadata: JsonObject = {}) => ({
    F: { Type: 'AWS::Lambda::Function', Metadata, Properties: { FunctionName: 'f', Role: role, ...properties } },
  });
  const stream = 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/f:log-stream:*';
  const logs = [`logs:CreateLogStream ${stream}`, `logs:PutLogEvents ${stream}`];

  test.each<[string, Readonly<Record<string, TemplateResource>>, readonly string[]]>([
    ['writes its log', lambda({}), logs],
    [
      'writes into the group that it names',
      lambda({ LoggingConfig: { LogGroup: '/other' } }),
      logs.map((line) => line.replace('/aws/lambda/f', '/other')),
    ],
    [
      'sends traces where it does',
      lambda({ TracingConfig: { Mode: 'Active' } }),
      [...logs, 'xray:PutTraceSegments *', 'xray:PutTelemetryRecords *'],
    ],
    ['sends none where it passes them on', lambda({ TracingConfig: { Mode: 'PassThrough' } }), logs],
    [
      'joins a network',
      lambda({ VpcConfig: { SubnetIds: ['subnet-1'] } }),
      [
        ...logs,
        ...[
          ...['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets', 'DeleteNetworkInterface'],
          ...['AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'],
        ].map((name) => `ec2:${name} *`),
      ],
    ],
    ['joins none without subnets', lambda({ VpcConfig: { SubnetIds: [] } }), logs],
    [
      'mounts a file system and reads encrypted environment variables',
      lambda({
        FileSystemConfigs: [{ Arn: 'arn:aws:elasticfilesystem:eu-west-1:111111111111:access-point/a' }],
        KmsKeyArn: 'arn:aws:kms:eu-west-1:111111111111:key/k',
      }),
      [
        ...logs,
        ...['ClientMount', 'ClientWrite'].map(
          (name) => `elasticfilesystem:${name} arn:aws:elasticfilesystem:eu-west-1:111111111111:access-point/a`,
        ),
        'kms:Decrypt arn:aws:kms:eu-west-1:111111111111:key/k',
      ],
    ],
    [
      'sends what it failed at to a queue',
      lambda({ DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111111111111:q' } }),
      [...logs, 'sqs:SendMessage arn:aws:sqs:eu-west-1:111111111111:q'],
    ],
    [
      'makes the calls that it declares',
      lambda(
        {},
        { 'crosswind:calls': [{ actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::b/*'] }] },
      ),
      [...logs, 's3:GetObject arn:aws:s3:::b/*', 's3:PutObject arn:aws:s3:::b/*'],
    ],
  ])('%s', (_, resources, lines) => {
    expect(linesOf(resources)).toEqual(lines);
  });

  test('declares keys of a request, and means every role of a pattern', () => {
    const declared = [
      { actions: ['sts:AssumeRole'], resources: ['arn:aws:iam::*:role/probe-*'], context: { 'sts:ExternalId': 'x' } },
    ];
    const other = (RoleName: string): TemplateResource => ({ Type: 'AWS::IAM::Role', Properties: { RoleName } });
    const calls = callsIn({
      ...lambda({}, { 'crosswind:calls': declared }),
      ...{ A: other('probe-a'), B: other('probe-b'), C: other('else') },
    }).filter(({ by }) => by.part === 'code');
    expect(calls.map(({ resource, context }) => [resource, context])).toEqual([
      ['arn:aws:iam::111111111111:role/probe-a', { 'sts:ExternalId': 'x' }],
      ['arn:aws:iam::111111111111:role/probe-b', { 'sts:ExternalId': 'x' }],
    ]);
  });
});

describe('AWS calls for', () => {
  const topic = 'arn:aws:sns:eu-west-1:111111111111:t';
  const schedule = (Target: JsonObject): Readonly<Record<string, TemplateResource>> => ({
    S: { Type: 'AWS::Scheduler::Schedule', Properties: { Name: 's', Target: { RoleArn: role, ...Target } } },
  });
  const rule = (Target: JsonObject): Readonly<Record<string, TemplateResource>> => ({
    R: { Type: 'AWS::Events::Rule', Properties: { Name: 'r', Targets: [{ Id: 'T', ...Target }] } },
  });

  test.each<[string, Readonly<Record<string, TemplateResource>>, readonly string[]]>([
    ['a schedule of a workflow', schedule({ Arn: machine }), [`states:StartExecution ${machine}`]],
    ['a schedule of a function', schedule({ Arn: fn }), [`lambda:InvokeFunction ${fn}`]],
    [
      'a schedule with dead letters',
      schedule({ Arn: machine, DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111111111111:q' } }),
      [`states:StartExecution ${machine}`, 'sqs:SendMessage arn:aws:sqs:eu-west-1:111111111111:q'],
    ],
    [
      'a universal target on what its input names',
      schedule({
        Arn: 'arn:aws:scheduler:::aws-sdk:sfn:startExecution',
        Input: JSON.stringify({ StateMachineArn: machine }),
      }),
      [`states:StartExecution ${machine}`],
    ],
    ...[undefined, 'no JSON'].map((Input): [string, Readonly<Record<string, TemplateResource>>, readonly string[]] => [
      `a universal target with the input ${String(Input)}, of which the resource is a doubt`,
      schedule({ Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances', ...(Input !== undefined && { Input }) }),
      [
        'ec2:StopInstances * (the resource of ec2:StopInstances is not known from the input of the target: add ec2:stopInstances to packages/assembly/src/calls/sdk-integrations.ts)',
      ],
    ]),
    ...[
      ['kinesis', 'stream/s', 'kinesis:PutRecord'],
      ['firehose', 'deliverystream/s', 'firehose:PutRecord'],
      ['codebuild', 'project/p', 'codebuild:StartBuild'],
      ['codepipeline', 'p', 'codepipeline:StartPipelineExecution'],
      ['events', 'event-bus/b', 'events:PutEvents'],
      ['events', 'api-destination/d/1', 'events:InvokeApiDestination'],
    ].map(([service, name, action]): [string, Readonly<Record<string, TemplateResource>>, readonly string[]] => [
      `a rule on ${String(name)}`,
      rule({ Arn: `arn:aws:${String(service)}:eu-west-1:111111111111:${String(name)}`, RoleArn: role }),
      [`${String(action)} arn:aws:${String(service)}:eu-west-1:111111111111:${String(name)}`],
    ]),
    [
      'a target that is not known here, which is a doubt',
      schedule({ Arn: 'arn:aws:ecs:eu-west-1:111111111111:cluster/c' }),
      [
        'ecs:* arn:aws:ecs:eu-west-1:111111111111:cluster/c (what EventBridge calls on a target of ecs is not known here: add it to packages/assembly/src/calls/event-calls.ts)',
      ],
    ],
    [
      'a rule with dead letters, which it sends as itself',
      rule({ Arn: machine, RoleArn: role, DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111111111111:q' } }),
      [
        `states:StartExecution ${machine}`,
        'events.amazonaws.com: sqs:SendMessage arn:aws:sqs:eu-west-1:111111111111:q',
      ],
    ],
    [
      'an alarm with a function',
      { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'a', AlarmActions: [fn] } } },
      [`lambda.alarms.cloudwatch.amazonaws.com: lambda:InvokeFunction ${fn}`],
    ],
    ['a rule on a topic, as itself', rule({ Arn: topic }), [`events.amazonaws.com: sns:Publish ${topic}`]],
    ['a rule with a role', rule({ Arn: topic, RoleArn: role }), [`sns:Publish ${topic}`]],
    [
      'an alarm, once for each topic, and not for other actions',
      {
        A: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: {
            AlarmName: 'a',
            AlarmActions: [topic, 'arn:aws:automate:eu-west-1:ec2:stop'],
            OKActions: [topic],
          },
        },
      },
      [`cloudwatch.amazonaws.com: sns:Publish ${topic}`],
    ],
    [
      'a bucket with access logs',
      {
        B: {
          Type: 'AWS::S3::Bucket',
          Properties: { BucketName: 'b', LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'b/' } },
        },
      },
      ['logging.s3.amazonaws.com: s3:PutObject arn:aws:s3:::logs/b/*'],
    ],
    [
      'a bucket that keeps its own access logs',
      { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b', LoggingConfiguration: {} } } },
      ['logging.s3.amazonaws.com: s3:PutObject arn:aws:s3:::b/*'],
    ],
    ['a bucket without them', { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } } }, []],
  ])('%s', (_, resources, lines) => {
    expect(linesOf(resources)).toEqual(lines);
  });

  test('an alarm: the request names the account and the alarm', () => {
    const [call] = callsIn({
      A: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'a', AlarmActions: [topic] } },
    });
    expect(call?.context).toEqual({
      'aws:SourceAccount': '111111111111',
      'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:a',
    });
  });

  test('whatever acts for a resource: it assumes the role of that', () => {
    const all = { ...workflow({}), ...schedule({ Arn: machine }), ...rule({ Arn: topic, RoleArn: role }) };
    const trust = callsIn({
      ...all,
      F: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f', Role: role } },
    })
      .filter(({ by }) => by.part === 'role')
      .map(({ caller, action, resource, context }) => [
        caller.kind === 'service' ? caller.service : '',
        ...[action, resource, context['aws:SourceArn']],
      ]);
    const assume = ['sts:AssumeRole', role];
    expect(trust).toEqual([
      ['states.amazonaws.com', ...assume, machine],
      ['scheduler.amazonaws.com', ...assume, 'arn:aws:scheduler:eu-west-1:111111111111:schedule-group/default'],
      ['events.amazonaws.com', ...assume, 'arn:aws:events:eu-west-1:111111111111:rule/r'],
      ['lambda.amazonaws.com', ...assume, fn],
    ]);
  });
});

describe('calls of keys follow', () => {
  const key = 'arn:aws:kms:eu-west-1:111111111111:key/k';
  const encrypted: TemplateResource = {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'b',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: key } }],
      },
    },
  };
  const reading = (actions: readonly string[]): TemplateResource => ({
    Type: 'AWS::IAM::Role',
    Metadata: { 'crosswind:calls': [{ actions, resources: ['arn:aws:s3:::b/*'] }] },
    Properties: { RoleName: 'own' },
  });
  const ofKey = (bucket: TemplateResource, actions: readonly string[]) =>
    callsIn({ B: bucket, R: reading(actions) })
      .filter(({ action }) => action.startsWith('kms:'))
      .map(({ action, resource, context }) => [action, resource, context['kms:ViaService']]);

  test.each<[string, readonly string[]]>([
    ['s3:GetObject', ['kms:Decrypt']],
    ['s3:PutObject', ['kms:GenerateDataKey']],
    ['s3:DeleteObject', []],
  ])('%s on an encrypted bucket', (action, calls) => {
    expect(ofKey(encrypted, [action])).toEqual(calls.map((each) => [each, key, 's3.eu-west-1.amazonaws.com']));
  });

  test('nothing on a bucket without a key of the account', () => {
    expect(ofKey({ Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } }, ['s3:GetObject'])).toEqual([]);
  });

  test('publishing to an encrypted topic', () => {
    const topic: TemplateResource = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 't', KmsMasterKeyId: key } };
    const alarm: TemplateResource = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { AlarmName: 'a', AlarmActions: ['arn:aws:sns:eu-west-1:111111111111:t'] },
    };
    expect(linesOf({ T: topic, A: alarm })).toEqual([
      'cloudwatch.amazonaws.com: sns:Publish arn:aws:sns:eu-west-1:111111111111:t',
      `cloudwatch.amazonaws.com: kms:GenerateDataKey ${key}`,
      `cloudwatch.amazonaws.com: kms:Decrypt ${key}`,
    ]);
  });
});

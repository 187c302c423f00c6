import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '../../src/template.ts';
import { callsIn, execution, fn, linesOf, machine, workflow } from './lines.ts';

const task = (Resource: string, Arguments: JsonObject, rest: JsonObject = {}) =>
  workflow({ A: { Type: 'Task', Resource, Arguments, End: true, ...rest } });

const child = 'arn:aws:states:eu-west-1:222222222222:stateMachine:child';
const childExecutions = 'arn:aws:states:eu-west-1:222222222222:execution:child:*';
const target = 'arn:aws:iam::222222222222:role/target';
const rule = 'arn:aws:events:eu-west-1:111111111111:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';

describe('a Task calls', () => {
  test.each<[string, Readonly<Record<string, TemplateResource>>, readonly string[]]>([
    ['a function by its ARN', task(fn, {}), [`lambda:InvokeFunction ${fn}`]],
    [
      'a function by its name',
      task('arn:aws:states:::lambda:invoke', { FunctionName: 'f' }),
      [`lambda:InvokeFunction ${fn}`],
    ],
    [
      'a function of another account by its partial ARN',
      task('arn:aws:states:::lambda:invoke', { FunctionName: '222222222222:function:f:live' }),
      ['lambda:InvokeFunction arn:aws:lambda:eu-west-1:222222222222:function:f:live'],
    ],
    [
      'a function that only a run knows, which is a doubt',
      task('arn:aws:states:::lambda:invoke', { FunctionName: '{% $states.input.f %}' }),
      [
        'lambda:InvokeFunction arn:aws:lambda:eu-west-1:111111111111:function:* (only a run knows the function: {% $states.input.f %})',
      ],
    ],
    ['a worker of an activity: nothing', task('arn:aws:states:eu-west-1:111111111111:activity:a', {}), []],
    [
      'a start',
      task('arn:aws:states:::states:startExecution', { StateMachineArn: child }),
      [`states:StartExecution ${child}`],
    ],
    [
      'a start that waits: also describe, stop, and the rule through which it hears of the end',
      task('arn:aws:states:::states:startExecution.sync:2', { StateMachineArn: child }),
      [
        `states:StartExecution ${child}`,
        `states:DescribeExecution ${childExecutions}`,
        `states:StopExecution ${childExecutions}`,
        ...['PutTargets', 'PutRule', 'DescribeRule'].map((name) => `events:${name} ${rule}`),
      ],
    ],
    [
      'a start that waits in another account: it polls, without a rule',
      task(
        'arn:aws:states:::states:startExecution.sync:2',
        { StateMachineArn: child },
        { Credentials: { RoleArn: target } },
      ),
      [
        `sts:AssumeRole ${target}`,
        `${target}: states:StartExecution ${child}`,
        `${target}: states:DescribeExecution ${childExecutions}`,
        `${target}: states:StopExecution ${childExecutions}`,
      ],
    ],
    [
      'a function of another account by its name, with a role of that account',
      task('arn:aws:states:::lambda:invoke', { FunctionName: 'f' }, { Credentials: { RoleArn: target } }),
      [`sts:AssumeRole ${target}`, `${target}: lambda:InvokeFunction arn:aws:lambda:eu-west-1:222222222222:function:f`],
    ],
    [
      'an SDK call on a topic',
      task('arn:aws:states:::aws-sdk:sns:publish', { TopicArn: 'arn:aws:sns:eu-west-1:111111111111:t' }),
      ['sns:Publish arn:aws:sns:eu-west-1:111111111111:t'],
    ],
    [
      'a queue by its URL',
      task('arn:aws:states:::sqs:sendMessage', { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111111111111/q' }),
      ['sqs:SendMessage arn:aws:sqs:eu-west-1:111111111111:q'],
    ],
    [
      'through the role that its credentials name',
      task('arn:aws:states:::states:startExecution', { StateMachineArn: child }, { Credentials: { RoleArn: target } }),
      [`sts:AssumeRole ${target}`, `${target}: states:StartExecution ${child}`],
    ],
    [
      'through a role that only a run knows, which is a doubt',
      task(
        'arn:aws:states:::states:startExecution',
        { StateMachineArn: child },
        { Credentials: { RoleArn: '{% $r %}' } },
      ),
      ['sts:AssumeRole * (only a run knows the role that state "A" assumes: {% $r %})'],
    ],
  ])('%s', (_, resources, lines) => {
    expect(linesOf(resources)).toEqual(lines);
  });

  test('a target role with the ExternalId that Step Functions sends: the ARN of the machine', () => {
    const [assume, start] = callsIn(
      task('arn:aws:states:::states:startExecution', { StateMachineArn: child }, { Credentials: { RoleArn: target } }),
    );
    expect(assume?.context).toEqual({ 'sts:ExternalId': machine });
    expect(start?.context).toEqual({});
  });

  test('inside of Map and Parallel, too', () => {
    const inner = { StartAt: 'I', States: { I: { Type: 'Task', Resource: fn, End: true } } };
    const states = {
      A: { Type: 'Map', ItemProcessor: inner, Next: 'B' },
      B: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'J', States: { J: { Type: 'Task', Resource: `${fn}2`, End: true } } }],
        End: true,
      },
    };
    expect(linesOf(workflow(states))).toEqual([`lambda:InvokeFunction ${fn}`, `lambda:InvokeFunction ${fn}2`]);
  });
});

describe('a Distributed Map calls', () => {
  const own = [
    `states:StartExecution ${machine}`,
    `states:DescribeExecution ${execution}:*`,
    `states:StopExecution ${execution}:*`,
    `states:RedriveExecution ${execution}/label:*`,
  ];
  const map = (rest: JsonObject, Mode = 'DISTRIBUTED') =>
    workflow({
      A: {
        ...{ Type: 'Map', Label: 'label', End: true },
        ItemProcessor: { ProcessorConfig: { Mode }, StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
        ...rest,
      },
    });
  const list = { Resource: 'arn:aws:states:::s3:listObjectsV2', Arguments: { Bucket: 'b', Prefix: 'in/' } };
  const object = (InputType: string) => ({
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType },
    Arguments: { Bucket: 'b', Key: 'in.csv' },
  });
  const write = (action: string) => `s3:${action} arn:aws:s3:::b/out/*`;
  const writes = ['PutObject', 'GetObject', 'ListMultipartUploadParts', 'AbortMultipartUpload'].map(write);

  test.each<[string, Readonly<Record<string, TemplateResource>>, readonly string[]]>([
    ['nothing where it is inline', map({ ItemReader: list }, 'INLINE'), []],
    ['its own executions', map({}), own],
    ['the list of a bucket', map({ ItemReader: list }), ['s3:ListBucket arn:aws:s3:::b', ...own]],
    [
      'the objects of the list, where it reads them',
      map({ ItemReader: { ...list, ReaderConfig: { Transformation: 'LOAD_AND_FLATTEN' } } }),
      ['s3:ListBucket arn:aws:s3:::b', 's3:GetObject arn:aws:s3:::b/in/*', ...own],
    ],
    ['an object with items', map({ ItemReader: object('CSV') }), ['s3:GetObject arn:aws:s3:::b/in.csv', ...own]],
    [
      'a manifest and the files that it names',
      map({ ItemReader: object('MANIFEST') }),
      ['s3:GetObject arn:aws:s3:::b/in.csv', 's3:GetObject arn:aws:s3:::b/*', ...own],
    ],
    [
      'the parts of its results',
      map({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'b', Prefix: 'out' } } }),
      [...own, ...writes],
    ],
    [
      'results below the literal beginning of an expression',
      map({
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Arguments: { Bucket: 'b', Prefix: "{% 'out/' & $x %}" },
        },
      }),
      [...own, ...writes.map((line) => line.replace('/out/*', '/out/*/*'))],
    ],
    [
      'with JSONPath, too',
      map({ ItemReader: { Resource: list.Resource, Parameters: { Bucket: 'b' } } }),
      ['s3:ListBucket arn:aws:s3:::b', ...own],
    ],
  ])('%s', (_, resources, lines) => {
    expect(linesOf(resources)).toEqual(lines);
  });
});

describe('Step Functions calls with the role of a machine', () => {
  test('the delivery of logs and the traces, where they are switched on', () => {
    const Destinations = [{ CloudWatchLogsLogGroup: { LogGroupArn: 'arn:logs' } }];
    const lines = linesOf(
      workflow({}, { LoggingConfiguration: { Level: 'ALL', Destinations }, TracingConfiguration: { Enabled: true } }),
    );
    expect(lines).toContain('logs:CreateLogDelivery *');
    expect(lines).toContain('xray:GetSamplingTargets *');
    expect(lines).toHaveLength(12);
    expect(linesOf(workflow({}))).toEqual([]);
  });
});

test.each([['k'], ['arn:aws:kms:eu-west-1:111111111111:key/k']])(
  'a workflow with the key %s keeps its data with it',
  (KmsKeyId) => {
    const key = 'arn:aws:kms:eu-west-1:111111111111:key/k';
    expect(linesOf(workflow({}, { EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId } }))).toEqual([
      `kms:Decrypt ${key}`,
      `kms:GenerateDataKey ${key}`,
    ]);
  },
);

import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import {
  type Resources,
  allow,
  lambda,
  logGroup,
  role,
  stateMachine,
  states,
  trusting,
} from '../../src/testing/literals.ts';
import { account, other, refusalOf, pass, loggingActions, logging } from '../cloudformation/refusals.ts';

describe('a state machine', () => {
  const deployed = (
    machineStates: JsonObject,
    rest: JsonObject = {},
    ...statements: readonly JsonObject[]
  ): Resources => ({
    MachineRole: role('machine-role', states, ...statements),
    Logs: logGroup('logs'),
    Mine: stateMachine('mine', machineStates, rest),
  });
  const place = `Mine (AWS::StepFunctions::StateMachine) in account ${account}`;
  const task = (rest: JsonObject): JsonObject => ({ Call: { Type: 'Task', End: true, ...rest } });
  const invoke = 'arn:aws:states:::lambda:invoke';
  const startSync = 'arn:aws:states:::states:startExecution.sync:2';
  const credentials = { Credentials: { RoleArn: `arn:aws:iam::${other}:role/target` } };
  const inner = (machineStates: JsonObject): JsonObject => ({
    StartAt: Object.keys(machineStates)[0] ?? '',
    States: machineStates,
  });

  test('needs a role that Step Functions can assume', async () => {
    const resources = (trust: JsonObject): Resources => ({
      ...deployed(pass),
      MachineRole: role('machine-role', trust),
    });
    expect(await refusalOf(resources(lambda))).toBe(
      `${place}: AccessDeniedException: Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role. (service states.amazonaws.com lacks sts:AssumeRole on arn:aws:iam::${account}:role/machine-role of account ${account}: statement 1 of trust policy of machine-role names lambda.amazonaws.com, not service states.amazonaws.com)`,
    );
    expect(await refusalOf(resources(states))).toBeUndefined();
  });

  test('is known to its role by account and ARN', async () => {
    const sourceArn = (name: string): JsonObject =>
      trusting(
        { Service: 'states.amazonaws.com' },
        {
          StringEquals: { 'aws:SourceAccount': account },
          ArnEquals: { 'aws:SourceArn': `arn:aws:states:us-east-1:${account}:stateMachine:${name}` },
        },
      );
    const resources = (name: string): Resources => ({
      ...deployed(pass),
      MachineRole: role('machine-role', sourceArn(name)),
    });
    expect(await refusalOf(resources('mine'))).toBeUndefined();
    expect(await refusalOf(resources('another'))).toMatch(/AccessDeniedException/);
  });

  test.each(loggingActions)('that logs needs a role that may %s', async (missing) => {
    const others = loggingActions.filter((action) => action !== missing);
    expect(await refusalOf(deployed(pass, logging, allow(others)))).toBe(
      `${place}: AccessDeniedException: The state machine IAM Role is not authorized to access the Log Destination (role arn:aws:iam::${account}:role/machine-role lacks ${missing} on * of account ${account}: no statement of its identity policies names ${missing})`,
    );
  });

  test('that logs is deployed with all of them, and one that does not log without any', async () => {
    expect(await refusalOf(deployed(pass, logging, allow(loggingActions)))).toBeUndefined();
    expect(await refusalOf(deployed(pass))).toBeUndefined();
    expect(await refusalOf(deployed(pass, { LoggingConfiguration: { Level: 'OFF' } }))).toBeUndefined();
  });

  test('needs a log group that is there', async () => {
    const logGroupArn = `arn:aws:logs:us-east-1:${account}:log-group:nowhere:*`;
    const nowhere = {
      LoggingConfiguration: {
        Level: 'ALL',
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: logGroupArn } }],
      },
    };
    expect(await refusalOf(deployed(pass, nowhere, allow(loggingActions)))).toBe(
      `${place}: AccessDeniedException: The state machine IAM Role is not authorized to access the Log Destination (there is no log group ${logGroupArn})`,
    );
  });

  test.each<[string, JsonObject, JsonObject, string]>([
    [
      'a definition that the engine cannot run',
      { Done: { Type: 'Pass', End: true, ResultPath: '$.x' } },
      {},
      'States.Done.ResultPath: is a JSONPath field, but this state uses JSONata',
    ],
    [
      'an integration that the sandbox does not have',
      task({ Resource: 'arn:aws:states:::sqs:sendMessage' }),
      {},
      'state "Call": the sandbox does not support the integration arn:aws:states:::sqs:sendMessage',
    ],
    [
      'a token for what takes none',
      task({ Resource: 'arn:aws:states:::states:startExecution.sync.waitForTaskToken' }),
      {},
      'States.Call.Resource: The resource provided arn:aws:states:::states:startExecution.sync.waitForTaskToken is not recognized',
    ],
    [
      'an operation of the SDK that the sandbox does not have',
      task({ Resource: 'arn:aws:states:::aws-sdk:s3:listBuckets' }),
      {},
      'state "Call": the sandbox does not support the integration arn:aws:states:::aws-sdk:s3:listBuckets',
    ],
    [
      'an argument of the SDK that would be lost',
      task({ Resource: 'arn:aws:states:::aws-sdk:s3:putObject', Arguments: { Bucket: 'b', Tagging: 'a=b' } }),
      {},
      'state "Call": the sandbox does not support the argument Tagging of arn:aws:states:::aws-sdk:s3:putObject',
    ],
    [
      'an argument that would be lost',
      task({ Resource: invoke, Arguments: { FunctionName: 'arn', InvocationType: 'Event' } }),
      {},
      `state "Call": the sandbox does not support the argument InvocationType of ${invoke}`,
    ],
    [
      'an unknown integration in a branch',
      {
        All: { Type: 'Parallel', End: true, Branches: [inner(task({ Resource: 'arn:aws:states:::sqs:sendMessage' }))] },
      },
      {},
      'state "Call": the sandbox does not support the integration arn:aws:states:::sqs:sendMessage',
    ],
    [
      'an unknown integration in a map',
      {
        Each: { Type: 'Map', End: true, ItemProcessor: inner(task({ Resource: 'arn:aws:states:::sqs:sendMessage' })) },
      },
      {},
      'state "Call": the sandbox does not support the integration arn:aws:states:::sqs:sendMessage',
    ],
    [
      'what an Express workflow cannot run',
      task({ Resource: startSync, ...credentials }),
      { StateMachineType: 'EXPRESS' },
      'States.Call.Resource: cannot be used in an Express workflow',
    ],
  ])('with %s is refused, the state named', async (_, machineStates, rest, expected) => {
    const refusal = await refusalOf(deployed(machineStates, rest));
    expect(refusal).toMatch(new RegExp(`^${place.replace(/[()]/g, '\\$&')}: (InvalidDefinition|NotSupported): `));
    expect(refusal).toContain(expected);
  });

  test.each([
    ['is no JSON', '{"StartAt":', 'Mine has a definition that is no JSON: '],
    ['is no object', '[]', 'Mine has a definition that is no JSON object'],
  ])('whose definition %s is refused as AWS would', async (_, text, expected) => {
    const written = (DefinitionString: string) =>
      deployed({}, { Definition: { Ref: 'AWS::NoValue' }, DefinitionString });
    expect(await refusalOf(written(text))).toContain(`${place}: InvalidDefinition: ${expected}`);
    expect(await refusalOf(written(JSON.stringify(inner(pass))))).toBeUndefined();
  });

  const start = { StateMachineArn: 'arn', Name: 'name', Input: {} };
  const token = '.waitForTaskToken';
  const service = 'arn:aws:states:::';
  test.each<[string, JsonObject]>([
    [invoke, { FunctionName: 'arn', Payload: {} }],
    [`${invoke}${token}`, { FunctionName: 'arn', Payload: {} }],
    [`${service}states:startExecution`, start],
    [`${service}states:startExecution${token}`, start],
    [`${service}sns:publish`, { TopicArn: 'arn', Message: 'a', Subject: 'b', MessageAttributes: {} }],
    [`${service}sns:publish${token}`, { TopicArn: 'arn', Message: 'a' }],
    [`${service}events:putEvents`, { Entries: [] }],
    [`${service}events:putEvents${token}`, { Entries: [] }],
    [`${service}aws-sdk:sfn:startExecution`, start],
    [`${service}aws-sdk:sfn:startSyncExecution`, start],
    [`${service}aws-sdk:sfn:describeExecution`, { ExecutionArn: 'arn' }],
    [`${service}aws-sdk:sfn:stopExecution`, { ExecutionArn: 'arn', Error: 'a', Cause: 'b' }],
    [`${service}aws-sdk:sfn:listExecutions`, { StateMachineArn: 'arn', MaxResults: 1 }],
    [`${service}aws-sdk:sfn:describeMapRun`, { MapRunArn: 'arn' }],
    [`${service}aws-sdk:sfn:listMapRuns`, { ExecutionArn: 'arn' }],
    [`${service}aws-sdk:sfn:sendTaskSuccess`, { TaskToken: 'token', Output: '1' }],
    [`${service}aws-sdk:s3:listObjectsV2`, { Bucket: 'b', Prefix: 'p' }],
    [`${service}aws-sdk:s3:getObject`, { Bucket: 'b', Key: 'k' }],
    [`${service}aws-sdk:s3:headObject${token}`, { Bucket: 'b', Key: 'k' }],
    [`${service}aws-sdk:s3:putObject`, { Bucket: 'b', Key: 'k', Body: {} }],
    [`${service}aws-sdk:s3:copyObject`, { Bucket: 'b', Key: 'k', CopySource: 'a/k' }],
    [`${service}aws-sdk:s3:deleteObject`, { Bucket: 'b', Key: 'k' }],
    [`${service}aws-sdk:sts:getCallerIdentity`, {}],
  ])('with %s is deployed', async (Resource, Arguments) => {
    expect(await refusalOf(deployed(task({ Resource, Arguments })))).toBeUndefined();
    expect(await refusalOf(deployed(task({ Resource, Arguments, ...credentials })))).toBeUndefined();
  });

  test.each([
    ['a function', `arn:aws:lambda:us-east-1:${account}:function:f`],
    ['an activity', `arn:aws:states:us-east-1:${account}:activity:a`],
  ])('whose task is %s is deployed, whatever its arguments are', async (_, Resource) => {
    expect(await refusalOf(deployed(task({ Resource, Arguments: { any: 1 } })))).toBeUndefined();
  });

  describe.each([startSync, `${service}states:startExecution.sync`])('with %s', (Resource) => {
    const rule = `arn:aws:events:us-east-1:${account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`;
    const actions = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];
    const waiting = task({ Resource, Arguments: start });

    test('is deployed if its role may make the rule by which Step Functions hears of the end', async () => {
      expect(await refusalOf(deployed(waiting, {}, allow(actions, rule)))).toBeUndefined();
    });

    test.each(actions)('needs %s on the rule', async (missing) => {
      const others = actions.filter((action) => action !== missing);
      expect(await refusalOf(deployed(waiting, {}, allow(others, rule)))).toBe(
        `${place}: AccessDeniedException: 'arn:aws:iam::${account}:role/machine-role' is not authorized to create managed-rule. (role arn:aws:iam::${account}:role/machine-role lacks ${missing} on ${rule} of account ${account}: no statement of its identity policies names ${missing})`,
      );
    });

    test('in another account needs none of it, because Step Functions only polls there', async () => {
      expect(await refusalOf(deployed(task({ Resource, Arguments: start, ...credentials })))).toBeUndefined();
    });
  });

  test('with an integration whose arguments are paths of JSONPath is deployed, if the sandbox knows them', async () => {
    const called = (Parameters: JsonObject): Resources =>
      deployed({}, { Definition: inner(task({ Resource: invoke, Parameters })) });
    expect(await refusalOf(called({ 'FunctionName.$': '$.arn', 'Payload.$': '$' }))).toBeUndefined();
    expect(await refusalOf(called({ 'Qualifier.$': '$.version' }))).toContain(
      `state "Call": the sandbox does not support the argument Qualifier of ${invoke}`,
    );
  });

  test('names everything that it asks for in vain', async () => {
    const unsupported = (next: JsonObject): JsonObject => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      ...next,
    });
    const refusal = await refusalOf(deployed({ One: unsupported({ Next: 'Two' }), Two: unsupported({ End: true }) }));
    expect(refusal).toContain('state "One"');
    expect(refusal).toContain('state "Two"');
  });
});

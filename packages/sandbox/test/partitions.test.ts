import { describe, expect, test } from 'vitest';
import {
  allow,
  arnOf,
  bucket,
  bucketPolicy,
  execute,
  lambda,
  lambdaFunction,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../src/testing/literals.ts';

const account = '444444444444';

describe.each([
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('in %s ARNs begin with %s:', (region, partition) => {
  const service = { Type: 'Task', End: true } as const;

  test.each([
    ['identity policies', [allow('s3:GetObject', `arn:${partition}:s3:::mine/*`)], []],
    ['a bucket policy', [], [{ ...allow('s3:GetObject', `arn:${partition}:s3:::mine/*`), Principal: '*' }]],
  ])('objects in %s', async (_, may, onBucket) => {
    const task = { ...service, Resource: `arn:${partition}:states:::aws-sdk:s3:getObject` };
    const resources = {
      Mine: bucket('mine'),
      OnMine: bucketPolicy('mine', { ...allow('s3:List*', `arn:${partition}:s3:::mine`), Principal: '*' }, ...onBucket),
      MachineRole: role('machine-role', states, allow('s3:ListBucket', `arn:${partition}:s3:::mine`), ...may),
      Machine: stateMachine('machine', { Get: { ...task, Arguments: { Bucket: 'mine', Key: 'a' } } }),
    };
    const sandbox = await sandboxWith([{ account, region, resources }]);
    const arn = `arn:${partition}:states:${region}:${account}:stateMachine:machine`;
    expect((await execute(sandbox, arn)).outcome).toMatchObject({ error: 'S3.NoSuchKeyException' });
  });

  test('event buses', async () => {
    const bus = `arn:${partition}:events:${region}:${account}:event-bus/default`;
    const Entries = [{ Source: 'wind', DetailType: 'gust', Detail: {} }];
    const task = { ...service, Resource: `arn:${partition}:states:::events:putEvents`, Arguments: { Entries } };
    const resources = {
      MachineRole: role('machine-role', states, allow('events:PutEvents', bus)),
      Machine: stateMachine('machine', { Put: task }),
    };
    const sandbox = await sandboxWith([{ account, region, resources }]);
    await execute(sandbox, `arn:${partition}:states:${region}:${account}:stateMachine:machine`);
    expect(sandbox.events.events.map(({ busArn }) => busArn)).toEqual([bus]);
  });

  test('the stack that a custom resource is told', async () => {
    const answer = `JSON.stringify({ Status: 'SUCCESS', Data: { Stack: event.StackId } })`;
    const code = `export const handler = (event) => fetch(event.ResponseURL, { method: 'PUT', body: ${answer} }).then(() => 1);`;
    const resources = {
      FunctionRole: role('function', lambda),
      Provider: lambdaFunction('provider', code),
      Asked: { Type: 'Custom::Asked', Properties: { ServiceToken: arnOf('Provider') } },
      Found: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: 'stack', Type: 'String', Value: { 'Fn::GetAtt': ['Asked', 'Stack'] } },
      },
    };
    const { parameters } = await sandboxWith([{ account, region, resources }]);
    expect(parameters.get(`arn:${partition}:ssm:${region}:${account}:parameter/stack`)).toBe(
      `arn:${partition}:cloudformation:${region}:${account}:stack/Stack0/simulated`,
    );
  });
});

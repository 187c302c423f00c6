import { textOf } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { deployTemplate, type DeployTemplateProps } from '../../src/cdk/deploy-template.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { role, sandboxWith, trusting, allow } from '../../src/testing/literals.ts';

const account = '222222222222';
const region = 'us-east-1';
const roleArn = `arn:aws:iam::${account}:role/administrator`;
const caller = {
  principal: { kind: 'role', account, roleArn, sessionArn: `arn:aws:sts::${account}:assumed-role/administrator/me` },
  region,
} as const;

const queue = JSON.stringify({
  Parameters: { Delay: { Type: 'Number', Default: 1 }, Name: { Type: 'String', Default: 'queue' } },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Name' }, DelaySeconds: { Ref: 'Delay' } } },
  },
  Outputs: { Delay: { Value: { Ref: 'Delay' } } },
});

const opened = (): Promise<Sandbox> =>
  sandboxWith([
    {
      account,
      resources: {
        Administrator: role('administrator', trusting({ AWS: account }), allow('*'), {
          ...allow('iam:CreateRole'),
          Effect: 'Deny',
        }),
      },
    },
  ]);

const deploying =
  ({ stackCalls }: Sandbox) =>
  (given: Partial<DeployTemplateProps> = {}) =>
    deployTemplate(stackCalls, caller, {
      stackName: 'queues',
      template: queue,
      parameters: {},
      terminationProtection: false,
      ...given,
    });

describe('a template', () => {
  test('is deployed with its defaults, and the stack comes back', async () => {
    const stack = await deploying(await opened())();
    expect(stack).toMatchObject({
      StackName: 'queues',
      StackStatus: 'CREATE_COMPLETE',
      Outputs: [{ OutputKey: 'Delay', OutputValue: '1' }],
    });
  });

  test('changes its stack with the parameters that are given', async () => {
    const deploy = deploying(await opened());
    await deploy();
    expect(await deploy({ parameters: { Delay: '7' } })).toMatchObject({
      StackStatus: 'UPDATE_COMPLETE',
      Outputs: [{ OutputKey: 'Delay', OutputValue: '7' }],
    });
  });

  test('leaves a stack alone that is as it should be', async () => {
    const deploy = deploying(await opened());
    const { LastUpdatedTime: before } = await deploy();
    const again = await deploy();
    expect(again['StackStatus']).toBe('CREATE_COMPLETE');
    expect(again['LastUpdatedTime']).toBe(before);
  });

  test('protects its stack where that is asked for', async () => {
    const deploy = deploying(await opened());
    expect(await deploy({ terminationProtection: true })).toMatchObject({ EnableTerminationProtection: true });
  });
});

describe('a deployment that fails', () => {
  /** Resources that are created before a last one, which is refused. Each leaves more than one event. */
  const failing = (before: number): string => {
    const names = Array.from({ length: before }, (_, index) => `Q${index}`);
    const queues = Object.fromEntries(names.map((name) => [name, { Type: 'AWS::SQS::Queue', Properties: {} }]));
    const Last = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trusting({ Service: 'lambda.amazonaws.com' })] },
      },
      DependsOn: names,
    };
    return JSON.stringify({ Resources: { ...queues, Last } });
  };

  test.each([1, 60])('says why after %i other resources, however many pages of events there are', async (before) => {
    const sandbox = await opened();
    const deploy = deploying(sandbox);
    await expect(deploy({ template: failing(before) })).rejects.toThrow(
      /^queues is in ROLLBACK_COMPLETE: Last \(AWS::IAM::Role\): .*iam:CreateRole/s,
    );
    const { StackEvents, NextToken } = await sandbox.stackCalls.send(caller, 'DescribeStackEvents', {
      StackName: 'queues',
    });
    expect(Array.isArray(StackEvents)).toBe(true);
    expect(textOf(NextToken ?? '') !== '').toBe(before > 30);
  });
});

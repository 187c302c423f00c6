import { expect, test } from 'vitest';
import type { AssembledStack, DeploymentOfStack } from '@crosswind/assembly/read-assembly';
import type { JsonObject } from '@crosswind/aws/json';
import { deployStack } from '../../src/cdk/deploy-stack.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { allow, role, sandboxWith, trusting } from '../../src/testing/literals.ts';

const account = '222222222222';
const region = 'us-east-1';
const arnOf = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const person = {
  kind: 'role',
  account,
  roleArn: arnOf('person'),
  sessionArn: `arn:aws:sts::${account}:assumed-role/person/me`,
} as const;

/** A sandbox with a person who may assume a deploy role, and a role for CloudFormation with these actions. */
const prepared = (...actions: readonly string[]): Promise<Sandbox> =>
  sandboxWith([
    {
      account,
      resources: {
        Person: role('person', trusting({ AWS: account }), allow('sts:AssumeRole')),
        Deploy: role('deploy', trusting({ AWS: account }), allow(['cloudformation:*', 'iam:PassRole'])),
        Administrator: role('administrator', trusting({ AWS: account }), allow('cloudformation:*'), {
          Effect: 'Allow',
          Action: 'iam:PassRole',
          Resource: '*',
        }),
        Execution: role('execution', trusting({ Service: 'cloudformation.amazonaws.com' }), allow([...actions])),
      },
    },
  ]);

const stackWith = (properties: JsonObject, deployment: Partial<DeploymentOfStack> = {}): AssembledStack => ({
  path: 'App/Queues',
  name: 'queues',
  account,
  region,
  template: { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue', ...properties } } } },
  templateFile: '',
  assets: new Map(),
  id: 'Queues',
  dependencies: [],
  isAgnostic: false,
  deployment: {
    assetManifest: undefined,
    deployRoleArn: arnOf('deploy'),
    executionRoleArn: arnOf('execution'),
    templateUrl: undefined,
    bootstrapVersionParameter: undefined,
    terminationProtection: false,
    tags: {},
    ...deployment,
  },
});

const deployed = ({ cloudFormation }: Sandbox) => cloudFormation.stacks.find({ account, region }, 'queues');

test('a stack is deployed, left alone while it is as it should be, and changed', async () => {
  const sandbox = await prepared('sqs:*');
  const deploy = (...given: Parameters<typeof stackWith>) =>
    deployStack(sandbox.stackCalls, person, stackWith(...given));
  expect(await deploy({})).toBe(true);
  expect(await deploy({})).toBe(false);
  expect(await deploy({ DelaySeconds: 5 })).toBe(true);
  expect(deployed(sandbox)?.status).toBe('UPDATE_COMPLETE');
});

test('its tags and its protection are changed where its template is the same', async () => {
  const sandbox = await prepared('sqs:*');
  const deploy = (...given: Parameters<typeof stackWith>) =>
    deployStack(sandbox.stackCalls, person, stackWith(...given));
  await deploy({});
  expect(await deploy({}, { tags: { team: 'wind' } })).toBe(true);
  expect(deployed(sandbox)?.input?.tags).toEqual({ team: 'wind' });
  await deploy({}, { tags: { team: 'wind' }, terminationProtection: true });
  expect(deployed(sandbox)?.terminationProtection).toBe(true);
  await deploy({}, { tags: { team: 'wind' } });
  expect(deployed(sandbox)?.terminationProtection).toBe(false);
});

test('one whose creation failed is deleted and created again', async () => {
  const sandbox = await prepared('sqs:GetQueueUrl', 'sqs:GetQueueAttributes', 'sqs:DeleteQueue');
  const deploy = () => deployStack(sandbox.stackCalls, person, stackWith({}));
  await expect(deploy()).rejects.toThrow(
    /^queues is in ROLLBACK_COMPLETE: Queue \(AWS::SQS::Queue\): .*sqs:CreateQueue/,
  );
  expect(deployed(sandbox)?.status).toBe('ROLLBACK_COMPLETE');
  const execution = sandbox.identities.role(arnOf('execution'));
  execution?.policies.push({
    name: 'more',
    document: { Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] },
  });
  expect(await deploy()).toBe(true);
  expect(deployed(sandbox)?.status).toBe('CREATE_COMPLETE');
});

/** The same session of another role or account. */
const another = (name: string, of = account) => ({
  ...person,
  account: of,
  roleArn: `arn:aws:iam::${of}:role/${name}`,
  sessionArn: `arn:aws:sts::${of}:assumed-role/${name}/me`,
});

test('whoever may not assume the deploy role of their account acts themselves', async () => {
  const sandbox = await prepared('sqs:*');
  expect(await deployStack(sandbox.stackCalls, another('administrator'), stackWith({}))).toBe(true);
  expect(deployed(sandbox)?.status).toBe('CREATE_COMPLETE');
});

test('and is refused what they may not do', async () => {
  const sandbox = await prepared('sqs:*');
  await expect(deployStack(sandbox.stackCalls, another('execution'), stackWith({}))).rejects.toThrow(
    /assumed-role\/execution\/me is not authorized to perform: cloudformation:/,
  );
});

test('nobody of another account deploys without the deploy role', async () => {
  const sandbox = await prepared('sqs:*');
  const stranger = another('administrator', '555555555555');
  await expect(deployStack(sandbox.stackCalls, stranger, stackWith({}))).rejects.toThrow(
    /is not authorized to perform: sts:AssumeRole on resource: \S+role\/deploy/,
  );
});

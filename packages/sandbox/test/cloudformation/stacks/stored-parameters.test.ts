import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../../src/sandbox.ts';
import { allow, logGroup, stacksOf } from '../../../src/testing/literals.ts';
import { account, addRole, cloudFormation, everything, region, templateOf } from './client.ts';

const arn = `arn:aws:ssm:${region}:${account}:parameter/winds/unit`;
const but = (action: string, resource = arn): readonly JsonObject[] => [
  everything,
  { Effect: 'Deny', Action: action, Resource: resource },
];
const unread = but('ssm:GetParameters');

const template = templateOf(
  { Logs: logGroup('winds') },
  { Parameters: { Unit: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/winds/unit' } } },
);

/** An account with a parameter, a person with these statements, and a role for stacks. */
async function opened(person: readonly JsonObject[], role: readonly JsonObject[] = [everything]) {
  const { client, sandbox } = await cloudFormation(person);
  const unit = { Type: 'AWS::SSM::Parameter', Properties: { Name: '/winds/unit', Type: 'String', Value: 'knots' } };
  for (const stack of stacksOf({ account, resources: { Unit: unit } })) await sandbox.deploy(stack);
  return { client, sandbox, RoleARN: addRole(sandbox, 'deployer', role) };
}

type Opened = Awaited<ReturnType<typeof opened>>;

/** Requests that read the parameters of a template, each of a stack of its own. */
const requests: Readonly<
  Record<string, (of: Pick<Opened, 'client' | 'sandbox'>, RoleARN?: string) => Promise<unknown>>
> = {
  CreateStack: ({ client }, RoleARN) =>
    client.send(new CreateStackCommand({ StackName: 'winds', TemplateBody: template, RoleARN })),
  UpdateStack: async ({ client, sandbox }, RoleARN) => {
    await existing(client, sandbox);
    return client.send(new UpdateStackCommand({ StackName: 'winds', TemplateBody: template, RoleARN }));
  },
  CreateChangeSet: ({ client }, RoleARN) =>
    client.send(
      new CreateChangeSetCommand({
        StackName: 'winds',
        ChangeSetName: 'first',
        ChangeSetType: 'CREATE',
        TemplateBody: template,
        RoleARN,
      }),
    ),
};

async function existing(client: CloudFormationClient, sandbox: Sandbox, RoleARN?: string): Promise<void> {
  const TemplateBody = templateOf({ Logs: logGroup('winds'), Gone: logGroup('gone') });
  await client.send(new CreateStackCommand({ StackName: 'winds', TemplateBody, RoleARN }));
  await sandbox.cloudFormation.settled();
}

const refusalOf = async (sent: Promise<unknown>): Promise<string> => {
  try {
    await sent;
    return 'answered';
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
};

const denied = (session: string): string =>
  `ValidationError: User: arn:aws:sts::${account}:assumed-role/${session} is not authorized to perform: ssm:GetParameters on resource: ${arn} with an explicit deny`;

describe.each(Object.entries(requests))(
  '%s of a template with a parameter of Parameter Store',
  (operation, request) => {
    test.each([
      ['without a role, it is read as the caller', everything, false],
      ['a role reads it', everything, true],
    ])('%s', async (_, statement, hasRole) => {
      const account = await opened([statement]);
      expect(await refusalOf(request(account, hasRole ? account.RoleARN : undefined))).toBe('answered');
    });

    test('without a role, it is refused to a caller who may not read it', async () => {
      const account = await opened(unread);
      expect(await refusalOf(request(account))).toContain(denied('person/me'));
    });

    test('it is refused to a role that may not read it', async () => {
      const account = await opened([everything], unread);
      expect(await refusalOf(request(account, account.RoleARN))).toContain(denied('deployer/AWSCloudFormation'));
    });

    test(`with a role, the caller reads it ${operation === 'CreateChangeSet' ? 'too' : 'not'}`, async () => {
      const account = await opened(unread);
      const refusal = await refusalOf(request(account, account.RoleARN));
      expect(refusal).toContain(operation === 'CreateChangeSet' ? denied('person/me') : 'answered');
    });

    test('permission for another parameter, or to read one alone, is none', async () => {
      for (const statement of [allow('ssm:GetParameter', arn), allow('ssm:GetParameters', `${arn}s`)]) {
        const account = await opened([everything], [allow('logs:*'), statement]);
        expect(await refusalOf(request(account, account.RoleARN))).toContain(
          'because no identity-based policy allows the ssm:GetParameters action',
        );
      }
    });
  },
);

describe('a parameter that may not be read', () => {
  test('is refused to the role that a stack has', async () => {
    const { client, sandbox, RoleARN } = await opened([everything], unread);
    await existing(client, sandbox, RoleARN);
    const update = new UpdateStackCommand({ StackName: 'winds', TemplateBody: template });
    expect(await refusalOf(client.send(update))).toContain(denied('deployer/AWSCloudFormation'));
  });

  test('leaves no stack behind', async () => {
    for (const operation of ['CreateStack', 'CreateChangeSet']) {
      const { client, sandbox } = await opened(unread);
      await refusalOf(requests[operation]?.({ client, sandbox }) ?? Promise.resolve());
      await expect(client.send(new DescribeStacksCommand({ StackName: 'winds' }))).rejects.toThrow('does not exist');
    }
  });
});

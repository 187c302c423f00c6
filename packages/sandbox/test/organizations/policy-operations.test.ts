import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DetachPolicyCommand,
  EnablePolicyTypeCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  OrganizationsClient,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSandbox } from '../../src/sandbox.ts';

const management = '999999999999';
const [member, other] = ['111111111111', '222222222222'] as const;
const policyResource = `arn:aws:organizations::${management}:policy/o-simulated1/service_control_policy/*`;
const document = (...actions: readonly string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: actions, Resource: '*' }] });

/** @param attachable resources that the caller may use in AttachPolicy */
async function opened(attachable: readonly string[] = ['*']) {
  const sandbox = await openSandbox({
    organization: {
      id: 'o-simulated1',
      managementAccount: management,
      accounts: [
        { id: management, name: 'management', email: 'm@example.com', unit: '' },
        { id: member, name: 'member', email: 'a@example.com', unit: 'Workloads/Dev' },
        { id: other, name: 'other', email: 'b@example.com', unit: 'Workloads' },
      ],
    },
  });
  onTestFinished(() => sandbox.close());
  const roleIn = (account: string) => {
    const arn = `arn:aws:iam::${account}:role/admin`;
    const role = sandbox.identities.addRole({ arn, name: 'admin', account, trust: { Statement: [] } });
    const Statement = [
      { Effect: 'Allow', NotAction: 'organizations:AttachPolicy', Resource: '*' } as const,
      { Effect: 'Allow', Action: 'organizations:AttachPolicy', Resource: attachable } as const,
    ];
    role.policies.push({ name: 'all', document: { Version: '2012-10-17', Statement } });
    const sessionArn = `arn:aws:sts::${account}:assumed-role/admin/test`;
    return { kind: 'role', roleArn: arn, sessionArn, account } as const;
  };
  const people = new Map([management, member, other].map((account) => [account, roleIn(account)]));
  const personIn = (account: string) => people.get(account) ?? roleIn(account);
  const credentials = sandbox.sessions.credentials(personIn(management));
  const client = new OrganizationsClient({
    region: 'us-east-1',
    endpoint: sandbox.endpointUrl,
    credentials,
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
  });
  const may = (account: string, action: string) =>
    sandbox.authorize({
      principal: personIn(account),
      action,
      resource: '*',
      resourceAccount: account,
      context: {},
    }).allowed;
  const created = async (Content: string, Name = 'guard') => {
    const { Policy } = await client.send(
      new CreatePolicyCommand({ Name, Content, Description: '', Type: 'SERVICE_CONTROL_POLICY' }),
    );
    return Policy?.PolicySummary?.Id ?? '';
  };
  const unit = async (name: string) => {
    const { Targets = [] } = await client.send(new ListTargetsForPolicyCommand({ PolicyId: 'p-FullAWSAccess' }));
    return Targets.find(({ Name }) => Name === name)?.TargetId;
  };
  return { client, may, created, unit };
}

describe('policies of the simulated AWS Organizations', () => {
  test('bind an account from their attachment to their detachment, as they are at the time', async () => {
    const { client, may, created } = await opened();
    const PolicyId = await created(document('s3:PutObject'));
    expect(may(member, 's3:PutObject')).toBe(true);
    await client.send(new AttachPolicyCommand({ PolicyId, TargetId: member }));
    expect([may(member, 's3:PutObject'), may(member, 's3:GetObject'), may(other, 's3:PutObject')]).toEqual([
      false,
      true,
      true,
    ]);
    await client.send(new UpdatePolicyCommand({ PolicyId, Content: document('s3:GetObject') }));
    expect([may(member, 's3:PutObject'), may(member, 's3:GetObject')]).toEqual([true, false]);
    await client.send(new DetachPolicyCommand({ PolicyId, TargetId: member }));
    expect(may(member, 's3:GetObject')).toBe(true);
  });

  test('on a unit bind the accounts below it', async () => {
    const { client, may, created, unit } = await opened();
    const PolicyId = await created(document('s3:PutObject'));
    await client.send(new AttachPolicyCommand({ PolicyId, TargetId: await unit('Dev') }));
    expect([may(member, 's3:PutObject'), may(other, 's3:PutObject')]).toEqual([false, true]);
    await client.send(new AttachPolicyCommand({ PolicyId, TargetId: await unit('Root') }));
    expect([may(other, 's3:PutObject'), may(management, 's3:PutObject')]).toEqual([false, true]);
  });

  test('are listed by type, by target and by policy, that of AWS too', async () => {
    const { client, created } = await opened();
    const PolicyId = await created(document('s3:PutObject'));
    await client.send(new AttachPolicyCommand({ PolicyId, TargetId: member }));
    const Filter = 'SERVICE_CONTROL_POLICY';
    const { Policies } = await client.send(new ListPoliciesCommand({ Filter }));
    expect(Policies?.map(({ Name, AwsManaged }) => [Name, AwsManaged])).toEqual([
      ['FullAWSAccess', true],
      ['guard', false],
    ]);
    const namesAt = async (TargetId: string) =>
      (await client.send(new ListPoliciesForTargetCommand({ TargetId, Filter }))).Policies?.map(({ Name }) => Name);
    expect([await namesAt(member), await namesAt(other)]).toEqual([['FullAWSAccess', 'guard'], ['FullAWSAccess']]);
    const { Targets } = await client.send(new ListTargetsForPolicyCommand({ PolicyId }));
    expect(Targets).toEqual([
      {
        TargetId: member,
        Arn: `arn:aws:organizations::${management}:account/o-simulated1/${member}`,
        Name: 'member',
        Type: 'ACCOUNT',
      },
    ]);
  });

  test('of resource control wait until their type is enabled', async () => {
    const { client } = await opened();
    const rcp = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
    });
    const Type = 'RESOURCE_CONTROL_POLICY';
    const { Policy } = await client.send(
      new CreatePolicyCommand({ Name: 'resources', Content: rcp, Description: '', Type }),
    );
    const attach = new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: member });
    await expect(client.send(attach)).rejects.toMatchObject({ name: 'PolicyTypeNotEnabledException' });
    const { Roots: [root] = [] } = await client.send(new ListRootsCommand({}));
    const enable = new EnablePolicyTypeCommand({ RootId: root?.Id, PolicyType: Type });
    const { Root } = await client.send(enable);
    expect(Root?.PolicyTypes?.map((type) => type.Type)).toEqual(['SERVICE_CONTROL_POLICY', Type]);
    await client.send(attach);
    await expect(client.send(enable)).rejects.toMatchObject({ name: 'PolicyTypeAlreadyEnabledException' });
  });

  test.each([
    ['a policy of a name that is taken', document('s3:*'), 'guard', 'DuplicatePolicyException'],
    ['a text that is no JSON', '{', 'x', 'MalformedPolicyDocumentException'],
    [
      'a policy that IAM does not understand',
      '{"Statement": [{"Effect": "Maybe"}]}',
      'x',
      'MalformedPolicyDocumentException',
    ],
    ['a policy that is too long', document('s3:*'.padEnd(10_240, '*')), 'x', 'ConstraintViolationException'],
  ])('refuse %s', async (_, content, name, error) => {
    const { created } = await opened();
    await created(document('s3:*'));
    await expect(created(content, name)).rejects.toMatchObject({ name: error });
  });

  test.each([
    ['AttachPolicy', 'a second attachment', member, 'DuplicatePolicyAttachmentException'],
    ['AttachPolicy', 'a target that is not there', '333333333333', 'TargetNotFoundException'],
    ['DetachPolicy', 'a target that does not have it', other, 'PolicyNotAttachedException'],
  ])('refuse %s of %s', async (operation, _, TargetId, name) => {
    const { client, created } = await opened();
    const PolicyId = await created(document('s3:*'));
    await client.send(new AttachPolicyCommand({ PolicyId, TargetId: member }));
    const command = operation === 'AttachPolicy' ? AttachPolicyCommand : DetachPolicyCommand;
    await expect(client.send(new command({ PolicyId, TargetId }))).rejects.toMatchObject({ name });
  });

  test('refuse an eleventh service control policy on a target', async () => {
    const { client, created } = await opened();
    const attach = async (name: string) =>
      client.send(new AttachPolicyCommand({ PolicyId: await created(document('s3:*'), name), TargetId: member }));
    for (let at = 1; at < 10; at += 1) await attach(`guard-${at}`);
    await expect(attach('guard-10')).rejects.toMatchObject({ name: 'ConstraintViolationException' });
  });

  const target = `arn:aws:organizations::${management}:account/o-simulated1/${member}`;

  test.each([
    ['the policy alone', [policyResource]],
    ['the target alone', [target]],
  ])('are not attached by who may use %s', async (_, attachable) => {
    const { client, created } = await opened(attachable);
    const attach = new AttachPolicyCommand({ PolicyId: await created(document('s3:*')), TargetId: member });
    await expect(client.send(attach)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('are attached by who may use both', async () => {
    const { client, created, may } = await opened([policyResource, target]);
    await client.send(new AttachPolicyCommand({ PolicyId: await created(document('s3:PutObject')), TargetId: member }));
    expect(may(member, 's3:PutObject')).toBe(false);
  });
});

import { CreateStackCommand, DescribeStackResourcesCommand, ListExportsCommand } from '@aws-sdk/client-cloudformation';
import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { allow, arnOf, bucket, logGroup } from '../../../src/testing/literals.ts';
import { addRole, cloudFormation, created, deleted, eventsOf, everything, notValidated, templateOf } from './client.ts';

const logs = { Logs: logGroup('letters') };

describe('a stack is created', () => {
  test('with its resources, each after those it depends on', async () => {
    const { client, sandbox } = await cloudFormation();
    const Resources = { Second: { ...logGroup('second'), DependsOn: 'First' }, First: logGroup('first') };
    const stack = await created(client, sandbox, templateOf(Resources));
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(await eventsOf(client, stack)).toEqual([
      'letters CREATE_IN_PROGRESS',
      'First CREATE_IN_PROGRESS',
      'First CREATE_IN_PROGRESS',
      'First CREATE_COMPLETE',
      'Second CREATE_IN_PROGRESS',
      'Second CREATE_IN_PROGRESS',
      'Second CREATE_COMPLETE',
      'letters CREATE_COMPLETE',
    ]);
  });

  test('with outputs, which others may import', async () => {
    const { client, sandbox } = await cloudFormation();
    const Outputs = { Group: { Value: arnOf('Logs'), Export: { Name: 'group' } } };
    const stack = await created(client, sandbox, templateOf(logs, { Outputs }));
    const value = 'arn:aws:logs:us-east-1:444444444444:log-group:letters:*';
    expect(stack.Outputs).toEqual([{ OutputKey: 'Group', OutputValue: value, ExportName: 'group' }]);
    const { Exports } = await client.send(new ListExportsCommand({}));
    expect(Exports).toEqual([{ ExportingStackId: stack.StackId, Name: 'group', Value: value }]);
  });

  test('and its name is free again once it is deleted', async () => {
    const { client, sandbox } = await cloudFormation();
    const first = await created(client, sandbox, templateOf(logs));
    const gone = await deleted(client, sandbox, first.StackId);
    expect(gone.StackStatus).toBe('DELETE_COMPLETE');
    const second = await created(client, sandbox, templateOf(logs));
    expect(second.StackStatus).toBe('CREATE_COMPLETE');
    expect(second.StackId).not.toBe(first.StackId);
  });
});

describe('a creation that fails', () => {
  const clash = { First: logGroup('first'), Clash: { ...logGroup('taken'), DependsOn: 'First' } };

  test('is rolled back', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Other: logGroup('taken') }), { StackName: 'other' });
    const stack = await created(client, sandbox, templateOf(clash), notValidated);
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    const events = await eventsOf(client, stack);
    expect(events.slice(4)).toEqual([
      'Clash CREATE_IN_PROGRESS',
      'Clash CREATE_FAILED',
      'letters ROLLBACK_IN_PROGRESS',
      'Clash DELETE_COMPLETE',
      'First DELETE_IN_PROGRESS',
      'First DELETE_COMPLETE',
      'letters ROLLBACK_COMPLETE',
    ]);
  });

  test.each([
    ['stays as it is, if it is told so', { OnFailure: 'DO_NOTHING' }, 'CREATE_FAILED'],
    ['stays as it is, if rollback is disabled', { DisableRollback: true }, 'CREATE_FAILED'],
    ['is deleted, if it is told so', { OnFailure: 'DELETE' }, 'DELETE_COMPLETE'],
  ] as const)('%s', async (_, more, status) => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Other: logGroup('taken') }), { StackName: 'other' });
    const stack = await created(client, sandbox, templateOf(clash), { ...more, ...notValidated });
    expect(stack.StackStatus).toBe(status);
  });

  test('says which resource failed, and why', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Other: logGroup('taken') }), { StackName: 'other' });
    const { StackId } = await created(client, sandbox, templateOf(clash), { DisableRollback: true, ...notValidated });
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: StackId }));
    const failed = StackResources.find(({ LogicalResourceId: id }) => id === 'Clash');
    expect(failed?.ResourceStatusReason).toMatch(
      /^Resource handler returned message: ".*taken.*" \(RequestToken: .*, HandlerErrorCode: AlreadyExists\)$/,
    );
  });
});

describe('CloudFormation acts', () => {
  const template = templateOf({ Letters: bucket('letters') });

  test('as the role that it is handed, and fails as it is denied', async () => {
    const { client, sandbox } = await cloudFormation();
    const RoleARN = addRole(sandbox, 'deployer', [allow('logs:*')]);
    const stack = await created(client, sandbox, template, { RoleARN, DisableRollback: true });
    expect(stack.StackStatus).toBe('CREATE_FAILED');
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: 'letters' }));
    expect(StackResources[0]?.ResourceStatusReason).toContain(
      'User: arn:aws:sts::444444444444:assumed-role/deployer/AWSCloudFormation is not authorized to perform: s3:CreateBucket',
    );
  });

  test('as the role that it is handed, and succeeds as it is allowed', async () => {
    const { client, sandbox } = await cloudFormation();
    const RoleARN = addRole(sandbox, 'deployer', [allow('s3:*')]);
    const stack = await created(client, sandbox, template, { RoleARN });
    expect(stack).toMatchObject({ StackStatus: 'CREATE_COMPLETE', RoleARN });
  });

  test('on a new key as its own policy allows', async () => {
    const { client, sandbox } = await cloudFormation();
    const of = (...statements: readonly JsonObject[]) => ({
      Type: 'AWS::KMS::Key',
      Properties: { EnableKeyRotation: true, KeyPolicy: { Version: '2012-10-17', Statement: statements } },
    });
    const root = { AWS: 'arn:aws:iam::444444444444:root' };
    const all = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };
    const open = await created(client, sandbox, templateOf({ Key: of(all) }));
    expect(open.StackStatus).toBe('CREATE_COMPLETE');
    const closed = templateOf({ Key: of({ ...all, Action: 'kms:Describe*' }) });
    const denied = await created(client, sandbox, closed, { StackName: 'closed', DisableRollback: true });
    expect(denied.StackStatus).toBe('CREATE_FAILED');
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: 'closed' }));
    expect(StackResources[0]?.ResourceStatusReason).toContain('is not authorized to perform: kms:EnableKeyRotation');
  });

  test('as nobody who may not be handed over', async () => {
    const { client, sandbox } = await cloudFormation([allow('cloudformation:*')]);
    const RoleARN = addRole(sandbox, 'deployer', [everything]);
    await expect(created(client, sandbox, template, { RoleARN })).rejects.toThrow(
      'User: arn:aws:sts::444444444444:assumed-role/person/me is not authorized to perform: iam:PassRole',
    );
  });

  test('as the caller without a role', async () => {
    const { client, sandbox } = await cloudFormation([allow('cloudformation:*'), allow('s3:CreateBucket')]);
    expect((await created(client, sandbox, template)).StackStatus).toBe('CREATE_COMPLETE');
  });
});

describe('a request is refused', () => {
  test.each([
    ['a template that is none', 'text', 'Template format error: unsupported structure.'],
    ['a template without resources', '{}', 'Template format error: At least one Resources member must be defined.'],
    [
      'a reference to nothing',
      templateOf({ Logs: { ...logGroup('a'), DependsOn: 'Nothing' } }),
      'Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template',
    ],
    [
      'an import that nobody exports',
      templateOf({ Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: { 'Fn::ImportValue': 'no' } } } }),
      'No export named no found.',
    ],
  ])('for %s', async (_, TemplateBody, message) => {
    const { client } = await cloudFormation();
    const request = client.send(new CreateStackCommand({ StackName: 'letters', TemplateBody }));
    await expect(request).rejects.toMatchObject({ name: 'ValidationError', message });
  });

  test('for roles that are not acknowledged', async () => {
    const { client, sandbox } = await cloudFormation();
    const Resources = { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } } };
    await expect(created(client, sandbox, templateOf(Resources), { Capabilities: [] })).rejects.toMatchObject({
      name: 'InsufficientCapabilitiesException',
      message: 'Requires capabilities : [CAPABILITY_IAM]',
    });
  });
});

import {
  ContinueUpdateRollbackCommand,
  DescribeStackResourcesCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import { allow, logGroup } from '../../../src/testing/literals.ts';
import {
  addRole,
  cloudFormation,
  created,
  deleted,
  described,
  eventsOf,
  notValidated,
  templateOf,
  updated,
} from './client.ts';

const parameter = (value: string, more: object = {}): TemplateResource => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/winds/unit', Type: 'String', Value: value, ...more },
});

const place = { account: '444444444444', region: 'us-east-1' };

/** A thing that exists without running. */
const table = (key: string): TemplateResource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  },
});

describe('an update', () => {
  test('changes a resource in place', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Unit: parameter('knots') }));
    const stack = await updated(client, sandbox, templateOf({ Unit: parameter('mph') }));
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect((await eventsOf(client, stack)).slice(5)).toEqual([
      'letters UPDATE_IN_PROGRESS',
      'Unit UPDATE_IN_PROGRESS',
      'Unit UPDATE_COMPLETE',
      'letters UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'letters UPDATE_COMPLETE',
    ]);
    expect(sandbox.parameters.get('arn:aws:ssm:us-east-1:444444444444:parameter/winds/unit')).toBe('mph');
  });

  test('replaces a resource, and deletes the old one last', async () => {
    const { client, sandbox } = await cloudFormation();
    const Outputs = { Name: { Value: { Ref: 'Winds' } } };
    const before = await created(client, sandbox, templateOf({ Winds: table('id') }, { Outputs }));
    const after = await updated(client, sandbox, templateOf({ Winds: table('key') }, { Outputs }));
    expect(after.Outputs?.[0]?.OutputValue).not.toBe(before.Outputs?.[0]?.OutputValue);
    expect((await eventsOf(client, after)).slice(5)).toEqual([
      'letters UPDATE_IN_PROGRESS',
      'Winds UPDATE_IN_PROGRESS',
      'Winds UPDATE_IN_PROGRESS',
      'Winds UPDATE_COMPLETE',
      'letters UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Winds DELETE_IN_PROGRESS',
      'Winds DELETE_COMPLETE',
      'letters UPDATE_COMPLETE',
    ]);
  });

  test('does not replace a resource with a name of its own', async () => {
    const named = (key: string) => ({ ...table(key), Properties: { ...table(key).Properties, TableName: 'winds' } });
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Winds: named('id') }));
    const stack = await updated(client, sandbox, templateOf({ Winds: named('key') }));
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const events = sandbox.cloudFormation.stacks.find(place, 'letters')?.events;
    expect(events?.find(({ status }) => status === 'UPDATE_FAILED')?.reason).toBe(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename winds and update the stack again.',
    );
  });

  test('adds and removes resources', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Old: logGroup('old'), Kept: logGroup('kept') }));
    const stack = await updated(client, sandbox, templateOf({ Kept: logGroup('kept'), New: logGroup('new') }));
    expect((await eventsOf(client, stack)).slice(8)).toEqual([
      'letters UPDATE_IN_PROGRESS',
      'New CREATE_IN_PROGRESS',
      'New CREATE_IN_PROGRESS',
      'New CREATE_COMPLETE',
      'letters UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Old DELETE_IN_PROGRESS',
      'Old DELETE_COMPLETE',
      'letters UPDATE_COMPLETE',
    ]);
  });

  test('keeps a resource whose policy says so', async () => {
    const { client, sandbox } = await cloudFormation();
    const Old = { ...logGroup('old'), DeletionPolicy: 'Retain' };
    await created(client, sandbox, templateOf({ Old, Kept: logGroup('kept') }));
    const stack = await updated(client, sandbox, templateOf({ Kept: logGroup('kept') }));
    expect(await eventsOf(client, stack)).toContain('Old DELETE_SKIPPED');
    const other = await created(client, sandbox, templateOf({ Again: logGroup('old') }), {
      StackName: 'other',
      DisableRollback: true,
    });
    expect(other.StackStatus).toBe('CREATE_FAILED');
  });

  test('of nothing is refused', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Unit: parameter('knots') }));
    await expect(updated(client, sandbox, templateOf({ Unit: parameter('knots') }))).rejects.toThrow(
      'No updates are to be performed.',
    );
  });
});

describe('an update that fails', () => {
  const before = { Unit: parameter('knots'), Logs: { ...logGroup('winds'), DependsOn: 'Unit' } };
  const after = {
    Unit: parameter('mph'),
    New: { ...logGroup('new'), DependsOn: 'Unit' },
    Clash: { ...logGroup('taken'), DependsOn: 'New' },
  };
  const arn = 'arn:aws:ssm:us-east-1:444444444444:parameter/winds/unit';

  test('is rolled back: what was changed is as before, and what was new is gone', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Other: logGroup('taken') }), { StackName: 'other' });
    await created(client, sandbox, templateOf(before));
    const stack = await updated(client, sandbox, templateOf(after), notValidated);
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(sandbox.parameters.get(arn)).toBe('knots');
    expect((await eventsOf(client, stack)).slice(8)).toEqual([
      'letters UPDATE_IN_PROGRESS',
      'Unit UPDATE_IN_PROGRESS',
      'Unit UPDATE_COMPLETE',
      'New CREATE_IN_PROGRESS',
      'New CREATE_IN_PROGRESS',
      'New CREATE_COMPLETE',
      'Clash CREATE_IN_PROGRESS',
      'Clash CREATE_FAILED',
      'letters UPDATE_ROLLBACK_IN_PROGRESS',
      'Unit UPDATE_IN_PROGRESS',
      'Unit UPDATE_COMPLETE',
      'letters UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'Clash DELETE_COMPLETE',
      'New DELETE_IN_PROGRESS',
      'New DELETE_COMPLETE',
      'letters UPDATE_ROLLBACK_COMPLETE',
    ]);
    const next = await updated(client, sandbox, templateOf({ ...before, Unit: parameter('km/h') }));
    expect(next.StackStatus).toBe('UPDATE_COMPLETE');
  });

  test('may fail to roll back, and goes on when it is told', async () => {
    const { client, sandbox } = await cloudFormation();
    const RoleARN = addRole(sandbox, 'deployer', [allow('*')]);
    await created(client, sandbox, templateOf({ Other: logGroup('taken') }), { StackName: 'other' });
    const { StackId } = await created(client, sandbox, templateOf(before), { RoleARN });
    const policies = sandbox.identities.role(RoleARN)?.policies ?? [];
    // The role loses its permission once the parameter is changed.
    const denial = {
      name: 'late',
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Action: 'ssm:PutParameter',
            Resource: '*',
            Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
          },
        ],
      },
    } as const;
    const { parameters } = sandbox;
    const put = parameters.put.bind(parameters);
    parameters.put = (...args) => {
      if (!policies.includes(denial)) policies.push(denial);
      return put(...args);
    };
    const stuck = await updated(client, sandbox, templateOf(after), notValidated);
    expect(stuck.StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    expect(stuck.StackStatusReason).toBe('The following resource(s) failed to update: [Unit]. ');
    await client.send(new ContinueUpdateRollbackCommand({ StackName: StackId }));
    await sandbox.cloudFormation.settled();
    expect((await described(client, StackId)).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    await client.send(new ContinueUpdateRollbackCommand({ StackName: StackId, ResourcesToSkip: ['Unit'] }));
    await sandbox.cloudFormation.settled();
    expect((await described(client, StackId)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('stays as it is without rollback, and the next one goes on from there', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Other: logGroup('taken') }), { StackName: 'other' });
    await created(client, sandbox, templateOf(before));
    const failed = await updated(client, sandbox, templateOf(after), { DisableRollback: true, ...notValidated });
    expect(failed.StackStatus).toBe('UPDATE_FAILED');
    expect(sandbox.parameters.get(arn)).toBe('mph');
    const free = templateOf({ ...after, Clash: logGroup('free') });
    await expect(updated(client, sandbox, free)).rejects.toThrow(
      'This stack is currently in a non-terminal [UPDATE_FAILED] state.',
    );
    const next = await updated(client, sandbox, free, { DisableRollback: true });
    expect(next.StackStatus).toBe('UPDATE_COMPLETE');
  });
});

describe('an export that another stack imports', () => {
  const Outputs = { Name: { Value: { Ref: 'Winds' }, Export: { Name: 'winds' } } };
  const importing = { Unit: parameter('x', { Value: { 'Fn::ImportValue': 'winds' } }) };

  test.each([
    [
      'keeps its value',
      { Winds: table('key') },
      { Outputs },
      'Export winds cannot be updated as it is in use by importer',
    ],
    ['stays', { Winds: table('id') }, {}, 'Delete canceled. Cannot delete export winds as it is in use by importer.'],
  ])('%s: the update is rolled back', async (_, Resources, more, reason) => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Winds: table('id') }, { Outputs }));
    const importer = await created(client, sandbox, templateOf(importing), { StackName: 'importer' });
    const failed = await updated(client, sandbox, templateOf(Resources, more));
    expect(failed.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const reasons = sandbox.cloudFormation.stacks.find(place, 'letters')?.events.map(({ reason }) => reason);
    expect(reasons).toContain(reason);
    await deleted(client, sandbox, importer.StackId);
    const free = await updated(client, sandbox, templateOf(Resources, more));
    expect(free.StackStatus).toBe('UPDATE_COMPLETE');
  });
});

describe('a deletion', () => {
  test('is refused while the stack is protected', async () => {
    const { client, sandbox } = await cloudFormation();
    const { StackId } = await created(client, sandbox, templateOf({ Logs: logGroup('winds') }));
    const protect = (EnableTerminationProtection: boolean) =>
      client.send(new UpdateTerminationProtectionCommand({ StackName: 'letters', EnableTerminationProtection }));
    await protect(true);
    await expect(deleted(client, sandbox, StackId)).rejects.toThrow(
      'Stack [letters] cannot be deleted while TerminationProtection is enabled',
    );
    await protect(false);
    expect((await deleted(client, sandbox, StackId)).StackStatus).toBe('DELETE_COMPLETE');
  });

  test('is canceled while other stacks import from it', async () => {
    const { client, sandbox } = await cloudFormation();
    const Outputs = { Name: { Value: { Ref: 'Logs' }, Export: { Name: 'winds' } } };
    const { StackId } = await created(client, sandbox, templateOf({ Logs: logGroup('winds') }, { Outputs }));
    const imports = { Unit: parameter('x', { Value: { 'Fn::ImportValue': 'winds' } }) };
    const importer = await created(client, sandbox, templateOf(imports), { StackName: 'importer' });
    const other = { ...imports, Unit: parameter('x', { Name: '/other', Value: { 'Fn::ImportValue': 'winds' } }) };
    const second = await created(client, sandbox, templateOf(other), { StackName: 'second' });
    expect(await deleted(client, sandbox, StackId)).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      StackStatusReason: 'Delete canceled. Cannot delete export winds as it is in use by second and importer.',
    });
    for (const { StackId: id } of [importer, second]) await deleted(client, sandbox, id);
    expect((await deleted(client, sandbox, StackId)).StackStatus).toBe('DELETE_COMPLETE');
  });

  test('fails as it is denied, and what failed may be retained', async () => {
    const { client, sandbox } = await cloudFormation();
    const RoleARN = addRole(sandbox, 'deployer', [
      allow('*'),
      { Effect: 'Deny', Action: 'logs:DeleteLogGroup', Resource: '*' },
    ]);
    const { StackId } = await created(client, sandbox, templateOf({ Logs: logGroup('winds') }), { RoleARN });
    const failed = await deleted(client, sandbox, StackId);
    expect(failed.StackStatus).toBe('DELETE_FAILED');
    expect(failed.StackStatusReason).toBe('The following resource(s) failed to delete: [Logs]. ');
    const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: StackId }));
    expect(StackResources?.[0]?.ResourceStatus).toBe('DELETE_FAILED');
  });
});

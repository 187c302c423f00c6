import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  ExecuteChangeSetCommand,
  RollbackStackCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import type { Sandbox } from '../../../src/sandbox.ts';
import { logGroup } from '../../../src/testing/literals.ts';
import {
  account,
  cloudFormation,
  created,
  deleted,
  described,
  eventsOf,
  notValidated,
  region,
  templateOf,
  updated,
} from './client.ts';

const parameter = (name: string, value: string): TemplateResource => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: name, Type: 'String', Value: value },
});

const valueOf = ({ parameters }: Sandbox, name: string): string | undefined =>
  parameters.get(`arn:aws:ssm:${region}:${account}:parameter${name}`);

/** Keeps what succeeded before a resource fails in its turn. */
const keeping = { DisableRollback: true, ...notValidated };

/** A sandbox in which the log group `taken` is of another stack. */
async function withTaken() {
  const opened = await cloudFormation();
  const { StackId } = await created(opened.client, opened.sandbox, templateOf({ Other: logGroup('taken') }), {
    StackName: 'other',
  });
  return { ...opened, other: StackId };
}

async function rolledBack(client: CloudFormationClient, sandbox: Sandbox, StackName = 'letters', more = {}) {
  const { StackId } = await client.send(new RollbackStackCommand({ StackName, ...more }));
  await sandbox.cloudFormation.settled();
  return described(client, StackId);
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
describe('a creation that keeps what succeeded', () => {
  const template = templateOf({
    Clash: logGroup('taken'),
    Later: { ...logGroup('later'), DependsOn: 'Clash' },
    Free: logGroup('free'),
  });

  test('goes on with what does not depend on the failure', async () => {
    const { client, sandbox } = await withTaken();
    const stack = await created(client, sandbox, template, keeping);
    expect(stack.StackStatus).toBe('CREATE_FAILED');
    expect(stack.StackStatusReason).toBe('The following resource(s) failed to create: [Clash]. ');
    const events = await eventsOf(client, stack);
    expect(events).toContain('Free CREATE_COMPLETE');
    expect(events.filter((event) => event.startsWith('Later'))).toEqual([]);
  });

  test('is completed by an update that keeps it, too', async () => {
    const { client, sandbox, other } = await withTaken();
    await created(client, sandbox, template, keeping);
    await expect(updated(client, sandbox, template)).rejects.toThrow(
      'currently in a non-terminal [CREATE_FAILED] state',
    );
    await deleted(client, sandbox, other);
    const stack = await updated(client, sandbox, template, keeping);
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(await eventsOf(client, stack)).toContain('Later CREATE_COMPLETE');
  });

  test('is not updated if it was told to do nothing', async () => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, template, { OnFailure: 'DO_NOTHING', ...notValidated });
    await expect(updated(client, sandbox, template, keeping)).rejects.toThrow(
      'cannot be updated from [CREATE_FAILED] state because it contains [on-failure: DO_NOTHING]',
    );
  });

  // RollbackStack deletes a stack without a stable state (API_RollbackStack).
  test('is deleted by its rollback', async () => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, template, keeping);
    const stack = await rolledBack(client, sandbox);
    expect(stack.StackStatus).toBe('DELETE_COMPLETE');
    expect(sandbox.logGroups.has(`arn:aws:logs:${region}:${account}:log-group:free:*`)).toBe(false);
    const free = templateOf({ Free: logGroup('free') });
    expect((await created(client, sandbox, free)).StackStatus).toBe('CREATE_COMPLETE');
  });
});

describe('an update that keeps what succeeded', () => {
  const before = { Unit: parameter('/unit', 'knots') };
  const clash = (value: string) => templateOf({ Unit: parameter('/unit', value), Clash: logGroup('taken') });

  test('is rolled back to the latest stable state, also after several', async () => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, templateOf(before));
    const first = await updated(client, sandbox, clash('mph'), keeping);
    expect(first.StackStatus).toBe('UPDATE_FAILED');
    await updated(client, sandbox, clash('km/h'), keeping);
    expect(valueOf(sandbox, '/unit')).toBe('km/h');
    const stack = await rolledBack(client, sandbox);
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(valueOf(sandbox, '/unit')).toBe('knots');
    const next = await updated(client, sandbox, templateOf({ Unit: parameter('/unit', 'm/s') }));
    expect(next.StackStatus).toBe('UPDATE_COMPLETE');
  });

  test('replaces nothing', async () => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, templateOf(before));
    const other = templateOf({ Unit: parameter('/other', 'knots') });
    const stack = await updated(client, sandbox, other, keeping);
    expect(stack.StackStatus).toBe('UPDATE_FAILED');
    const { events = [] } = sandbox.cloudFormation.stacks.find({ account, region }, 'letters') ?? {};
    expect(events.find(({ status, logicalId }) => status === 'UPDATE_FAILED' && logicalId === 'Unit')?.reason).toBe(
      'Replacement type updates not supported on stack with disable-rollback.',
    );
    expect((await rolledBack(client, sandbox)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await updated(client, sandbox, other)).StackStatus).toBe('UPDATE_COMPLETE');
    expect(valueOf(sandbox, '/other')).toBe('knots');
    expect(valueOf(sandbox, '/unit')).toBeUndefined();
  });

  test.each([
    ['stays', {}, true],
    ['goes with it, if it is told so', { RetainExceptOnCreate: true }, false],
  ])('is rolled back, and what is new and retained %s', async (_, more, isThere) => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, templateOf(before));
    const Kept = { ...logGroup('kept'), DeletionPolicy: 'Retain' };
    const template = templateOf({ ...before, Kept, Clash: { ...logGroup('taken'), DependsOn: 'Kept' } });
    await updated(client, sandbox, template, keeping);
    await rolledBack(client, sandbox, 'letters', more);
    expect(sandbox.logGroups.has(`arn:aws:logs:${region}:${account}:log-group:kept:*`)).toBe(isThere);
  });
});

describe('a rollback', () => {
  test('is refused for a stack that did not fail', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Unit: parameter('/unit', 'knots') }));
    await expect(rolledBack(client, sandbox)).rejects.toThrow(
      'is in CREATE_COMPLETE state and can not be rolled back.',
    );
  });
});

describe('a change set whose execution fails', () => {
  test.each([
    ['DELETE', 'DELETE_COMPLETE'],
    ['DO_NOTHING', 'CREATE_FAILED'],
    ['ROLLBACK', 'ROLLBACK_COMPLETE'],
    [undefined, 'ROLLBACK_COMPLETE'],
  ] as const)('with OnStackFailure %s ends as %s', async (OnStackFailure, status) => {
    const { client, sandbox } = await withTaken();
    const names = { StackName: 'letters', ChangeSetName: 'first' };
    const TemplateBody = templateOf({ Clash: logGroup('taken') });
    const input = { ...names, ChangeSetType: 'CREATE' as const, TemplateBody, OnStackFailure, ...notValidated };
    const { StackId } = await client.send(new CreateChangeSetCommand(input));
    await client.send(new ExecuteChangeSetCommand(names));
    await sandbox.cloudFormation.settled();
    expect((await described(client, StackId)).StackStatus).toBe(status);
  });
});

describe('a change set', () => {
  test('is refused for a stack that was rolled back', async () => {
    const { client, sandbox } = await withTaken();
    const TemplateBody = templateOf({ Clash: logGroup('taken') });
    await created(client, sandbox, TemplateBody);
    const input = { StackName: 'letters', ChangeSetName: 'next', TemplateBody };
    await expect(client.send(new CreateChangeSetCommand(input))).rejects.toThrow(
      'is in ROLLBACK_COMPLETE state and can not be updated.',
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import type { Sandbox } from '../../../src/sandbox.ts';
import { bucket, logGroup, type Resources } from '../../../src/testing/literals.ts';
import {
  account,
  cloudFormation,
  created,
  deleted,
  eventsOf,
  notValidated,
  region,
  templateOf,
  updated,
} from './client.ts';

const place = { account, region };

const hasLogs = ({ logGroups }: Sandbox, name: string): boolean =>
  logGroups.has(`arn:aws:logs:${region}:${account}:log-group:${name}:*`);

const kept = (DeletionPolicy: string | undefined): TemplateResource => ({ ...logGroup('kept'), DeletionPolicy });
const clash = { ...logGroup('taken'), DependsOn: 'Kept' };
const other: Resources = { Other: logGroup('other') };

/** A sandbox in which the log group `taken` is of another stack. */
async function withTaken() {
  const opened = await cloudFormation();
  await created(opened.client, opened.sandbox, templateOf({ Taken: logGroup('taken') }), { StackName: 'other' });
  return opened;
}

/** Fate of a resource of each policy (template reference: "DeletionPolicy attribute"; API_CreateStack). */
const policies = [
  ['Delete', undefined, { rollback: 'DELETE_COMPLETE', deletion: 'DELETE_COMPLETE' }],
  ['Retain', undefined, { rollback: 'DELETE_SKIPPED', deletion: 'DELETE_SKIPPED' }],
  ['RetainExceptOnCreate', undefined, { rollback: 'DELETE_COMPLETE', deletion: 'DELETE_SKIPPED' }],
  ['Retain', true, { rollback: 'DELETE_COMPLETE', deletion: 'DELETE_SKIPPED' }],
] as const;

describe.each(policies)('a resource with the policy %s, RetainExceptOnCreate %s', (policy, flag, expected) => {
  const more = { RetainExceptOnCreate: flag, ...notValidated };
  const isLeft = (status: string): boolean => status === 'DELETE_SKIPPED';

  test('after the rollback of its creation', async () => {
    const { client, sandbox } = await withTaken();
    const stack = await created(client, sandbox, templateOf({ Kept: kept(policy), Clash: clash }), more);
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await eventsOf(client, stack)).toContain(`Kept ${expected.rollback}`);
    expect(hasLogs(sandbox, 'kept')).toBe(isLeft(expected.rollback));
  });

  test('after the rollback of an update that added it', async () => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, templateOf(other));
    const stack = await updated(client, sandbox, templateOf({ ...other, Kept: kept(policy), Clash: clash }), more);
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await eventsOf(client, stack)).toContain(`Kept ${expected.rollback}`);
    expect(hasLogs(sandbox, 'kept')).toBe(isLeft(expected.rollback));
  });

  test('after an update that removes it', async () => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, templateOf({ ...other, Kept: kept(policy) }));
    const stack = await updated(client, sandbox, templateOf(other), more);
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(await eventsOf(client, stack)).toContain(`Kept ${expected.deletion}`);
    expect(hasLogs(sandbox, 'kept')).toBe(isLeft(expected.deletion));
  });

  test('after the deletion of its stack', async () => {
    const { client, sandbox } = await withTaken();
    const { StackId } = await created(client, sandbox, templateOf({ Kept: kept(policy) }));
    const stack = await deleted(client, sandbox, StackId);
    expect(stack.StackStatus).toBe('DELETE_COMPLETE');
    expect(await eventsOf(client, stack)).toContain(`Kept ${expected.deletion}`);
    expect(hasLogs(sandbox, 'kept')).toBe(isLeft(expected.deletion));
  });
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
describe('a resource that another replaces', () => {
  const logs = (name: string, policy?: string): Resources => ({
    Logs: { ...logGroup(name), ...(policy !== undefined && { UpdateReplacePolicy: policy }) },
  });

  test.each([
    [undefined, 'DELETE_COMPLETE'],
    ['Retain', 'DELETE_SKIPPED'],
  ])('with the policy %s has %s', async (policy, status) => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf(logs('old', policy)));
    const stack = await updated(client, sandbox, templateOf(logs('new', policy)));
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect((await eventsOf(client, stack)).at(-2)).toBe(`Logs ${status}`);
    expect([hasLogs(sandbox, 'old'), hasLogs(sandbox, 'new')]).toEqual([status === 'DELETE_SKIPPED', true]);
  });

  test('stays if the new one cannot be created', async () => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, templateOf(logs('old')));
    const stack = await updated(client, sandbox, templateOf(logs('taken')));
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(hasLogs(sandbox, 'old')).toBe(true);
    expect((await updated(client, sandbox, templateOf(logs('new')))).StackStatus).toBe('UPDATE_COMPLETE');
    expect(hasLogs(sandbox, 'old')).toBe(false);
  });

  test('stays if it cannot be deleted, and the update is complete', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf({ Letters: bucket('old') }));
    sandbox.storage.seed({ bucket: 'old', key: 'letter' }, Buffer.from('x'));
    const stack = await updated(client, sandbox, templateOf({ Letters: bucket('new') }));
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(stack.StackStatusReason).toBe('Update successful. One or more resources could not be deleted.');
    const failed = ['Letters DELETE_IN_PROGRESS', 'Letters DELETE_FAILED'];
    expect((await eventsOf(client, stack)).slice(-8)).toEqual([
      'letters UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      ...failed,
      ...failed,
      ...failed,
      'letters UPDATE_COMPLETE',
    ]);
    expect(sandbox.storage.bucket('old')).toBeDefined();
    expect(sandbox.cloudFormation.stacks.find(place, 'letters')?.resources.get('Letters')?.physicalId).toBe('new');
    expect((await deleted(client, sandbox, stack.StackId)).StackStatus).toBe('DELETE_COMPLETE');
  });
});

import { expect, test } from 'vitest';
import type { Stack } from '@crosswind/assembly/resolve';
import { type Fault, hopFaults } from '../../../cli/local/faults.ts';
import { recordPlanted } from '../../../cli/local/planted-changes.ts';
import {
  allow,
  lambda,
  now,
  policy,
  role,
  sandboxWith,
  stacksOf,
  type LiteralStack,
} from '@crosswind/sandbox/testing/literals';
import { childAccount, parentArn, targetRoleArn, twoStacks } from '@crosswind/sandbox/testing/two-accounts';

/** Changes that are recorded for a fault: each stack with what it becomes, where that differs. */
async function recordedOf(literals: readonly LiteralStack[], plant: (stacks: readonly Stack[]) => readonly Stack[]) {
  const stacks = stacksOf(...literals);
  const planted = plant(stacks);
  const sandbox = await sandboxWith(literals);
  const fault: Fault = { id: 'tried', title: 'something is wrong', plant };
  recordPlanted(
    sandbox,
    fault,
    stacks.flatMap((stack, index) => {
      const other = planted[index];
      return other && JSON.stringify(other) !== JSON.stringify(stack) ? [[stack, other] as const] : [];
    }),
  );
  return sandbox.changes.all;
}

test.each(['describe-execution', 'trust', 'external-id'])(
  'the fault %s is a change of the role that it breaks',
  async (id) => {
    const hop = hopFaults.find((each) => each.id === id);
    if (!hop) throw new Error(`no fault ${id}`);
    expect(await recordedOf(twoStacks(), (stacks) => hop.plant(stacks, targetRoleArn, parentArn))).toEqual([
      {
        id: 'change-1',
        at: now,
        account: childAccount,
        kind: 'fault',
        resource: targetRoleArn,
        sentence: 'something is wrong',
      },
    ]);
  },
);

test('a fault in a policy is a change of each role that has it', async () => {
  const account = '444444444444';
  const resources = (action: string) => ({
    One: role('one', lambda),
    Other: role('other', lambda),
    Both: policy(['one', 'other'], allow(action)),
  });
  const changes = await recordedOf([{ account, resources: resources('s3:GetObject') }], () =>
    stacksOf({ account, resources: resources('s3:PutObject') }),
  );
  expect(changes.map(({ resource }) => resource)).toEqual(
    ['one', 'other'].map((name) => `arn:aws:iam::${account}:role/${name}`),
  );
});

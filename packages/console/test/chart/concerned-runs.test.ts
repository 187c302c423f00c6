import { describe, expect, test } from 'vitest';
import { concernedRuns } from '../../src/chart/concerned-runs.ts';
import { pairOf } from '../../src/chart/pair.ts';
import { type PermissionGroup, permissionGroups } from '../../src/chart/permission-groups.ts';
import { denialsAt, type DenialModel } from '../../src/models/denials.ts';
import type { ExecutionModel } from '../../src/models/executions.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { start, stuckRun } from '../stuck-run.ts';

const stuck = snapshotOf(stuckRun());
const [parent, child] = stuck.executions;
const [denied] = permissionGroups(stuck.decisions);
if (!parent || !child || !denied) throw new Error('the run has a parent, a child, and a denied call');

const found = (group: PermissionGroup, executions: readonly ExecutionModel[], hasVerdict = false) =>
  concernedRuns({ ...stuck, executions, verdicts: hasVerdict ? stuck.verdicts : [] }, group).map(
    ({ run, isBlamed }) => [run.arn, isBlamed] as const,
  );

/** An execution of an account that has nothing to do with the role. */
const other: ExecutionModel = { ...parent, arn: 'other', account: '999999999999', machineArn: 'other' };

describe('runs of a group of decisions', () => {
  test('are those whose verdict names the denial, first', () => {
    expect(found(denied, [other, parent, child], true)).toEqual([[parent.arn, true]]);
  });

  test('are those that started something with the role at that time', () => {
    const elsewhere = { ...child, account: '999999999999' };
    expect(found({ ...denied, first: start, last: start }, [other, parent, elsewhere])).toEqual([[parent.arn, false]]);
    expect(found({ ...denied, first: start, last: start }, [other, parent, { ...elsewhere, parent: null }])).toEqual(
      [],
    );
  });

  test('are those in the account of the role at that time', () => {
    const own = { ...child, parent: null, startedAt: start, stoppedAt: start + 1_000 };
    const at = (time: number): PermissionGroup => ({ ...denied, first: time, last: time });
    expect(found(at(start + 1_000), [own])).toEqual([[own.arn, false]]);
    expect(found(at(start + 1_001), [own])).toEqual([]);
    expect(found(at(start - 1), [own])).toEqual([]);
    expect(found(at(start + 5_000), [{ ...own, stoppedAt: null }])).toEqual([[own.arn, false]]);
  });
});

test('a parent with several children is a pair with the newest one in another account', () => {
  const newest = { ...child, arn: 'newest', startedAt: child.startedAt + 5 };
  const within = { ...child, arn: 'within', account: parent.account, startedAt: child.startedAt + 9 };
  expect(pairOf({ ...stuck, executions: [parent, newest, child, within] }, parent)?.child.arn).toBe('newest');
});

test('at an earlier time there are the denials until then', () => {
  const denial = (id: string, first: number): DenialModel => ({
    ...{ id, first, kind: 'implicit deny', principal: 'p', action: 'a', resource: 'r', account: '1', reason: 'none' },
    ...{ layers: [], hints: [], fixes: [] },
  });
  const all = [denial('early', 5), denial('late', 9)];
  expect(denialsAt(all, 9)).toBe(all);
  expect(denialsAt(all, 8).map(({ id }) => id)).toEqual(['early']);
});

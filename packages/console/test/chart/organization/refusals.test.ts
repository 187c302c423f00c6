import { describe, expect, test } from 'vitest';
import { entrancesOf } from '../../../src/chart/organization/account-facts.ts';
import type { Cell } from '../../../src/chart/organization/cell.ts';
import { withRefusals } from '../../../src/chart/organization/refusals.ts';
import { organizationRows } from '../../../src/chart/organization/rows.ts';
import type { DecisionModel } from '../../../src/models/decisions.ts';
import { snapshotOf } from '../../../src/server/snapshot.ts';
import { machineOf, organizationOf, organizationRun } from '../../org-fixture.ts';

const role = 'arn:aws:iam::444444444444:role/target';
const cell: Cell = {
  boxes: ['333333333333', '444444444444'].map((account) => ({ account, stages: [], stacks: [], machines: [] })),
  lines: [{ from: 0, to: 1, role, conditions: [], denied: null }],
};

const decision = (given: Partial<DecisionModel>): DecisionModel => ({
  ...{ id: 'decision-1', principal: 'arn:aws:iam::333333333333:role/own', action: 's3:GetObject', resource: 'b' },
  ...{ account: '333333333333', verdict: 'implicit deny', first: 0, last: 0, times: 2, seconds: [], denial: null },
  ...given,
});

describe('a line between two accounts', () => {
  test.each<[what: string, given: Partial<DecisionModel>, denied: string | null]>([
    ['calls of the role that is assumed', { principal: role, account: '444444444444' }, '2 times'],
    ['the assumption of that role', { action: 'sts:AssumeRole', resource: role }, '2 times'],
    ['calls of the caller in the other account', { account: '444444444444' }, '2 times'],
    ['an explicit deny', { account: '444444444444', verdict: 'explicit deny' }, '2 times'],
    ['an estimate', { account: '444444444444', isEstimated: true }, 'about 2 times'],
    ['calls that were allowed', { account: '444444444444', verdict: 'allowed' }, null],
    ['calls within the account of the caller', {}, null],
    ['calls of another account', { principal: 'arn:aws:iam::555555555555:role/x', account: '444444444444' }, null],
  ])('counts %s', (_, given, denied) => {
    expect(withRefusals(cell, [decision(given)]).lines[0]?.denied).toBe(denied);
  });

  test('counts a decision once that concerns it twice', () => {
    const both = decision({ action: 'sts:AssumeRole', resource: role, account: '444444444444' });
    expect(withRefusals(cell, [both]).lines[0]?.denied).toBe('2 times');
  });
});

test('a tenant is as bad as the worst last run in its waves', () => {
  const run = organizationRun({ tenants: 1 });
  const [failed] = run.executions;
  const prod = organizationOf({ tenants: 1 }).tenants[0]?.cells[1]?.stages[0];
  if (!failed || !prod) throw new Error('the tenant runs in two waves');
  const well = { ...failed, status: 'SUCCEEDED', stateMachineArn: machineOf(prod.account), executionArn: 'well' };
  const worst = (...executions: (typeof failed)[]) => organizationRows(snapshotOf({ ...run, executions }))[0]?.worst;
  expect(worst(failed, well)).toBe('failed');
  expect(worst(well)).toBe('succeeded');
  const later = { ...failed, status: 'SUCCEEDED', startDate: failed.startDate + 1, executionArn: 'later' };
  expect(worst(failed, later)).toBe('succeeded');
});

test('everybody may come in where a role trusts everybody', () => {
  const model = organizationOf({ tenants: 1 });
  const [account] = model.accounts.filter(({ jobs }) => jobs.length === 0);
  const [own] = account?.roles ?? [];
  if (!account || !own) throw new Error('the account has a role');
  const trust = (who: string) => ({ who, account: null, conditions: [] });
  const open = { ...account, roles: [{ ...own, trusts: [trust('*'), trust('lambda.amazonaws.com')] }] };
  expect(entrancesOf(model, open)).toEqual([{ from: 'everybody', roles: ['deploy'], conditions: [] }]);
});

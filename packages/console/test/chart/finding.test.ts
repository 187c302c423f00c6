import { expect, test } from 'vitest';
import { executionOf, finding, worstClaim } from '../../src/chart/finding.ts';
import { pairOf } from '../../src/chart/pair.ts';
import { runsNaming } from '../../src/chart/run-filter.ts';
import { snapshotAt } from '../../src/models/at-time.ts';
import type { Snapshot } from '../../src/models/snapshot.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { organizationRun } from '../org-fixture.ts';
import { start, stuckRun } from '../stuck-run.ts';

const stuck = snapshotOf(stuckRun());
const [parent] = stuck.executions;
if (!parent) throw new Error('the run has an execution');

/** A snapshot of independent runs in these states, with one claim. */
const runs = (statuses: readonly string[], claim: 'held' | 'bad' | 'well' = 'well'): Snapshot => ({
  ...stuck,
  executions: statuses.map((status, index) => ({ ...parent, arn: `${parent.arn}-${index}`, status })),
  verdicts: stuck.verdicts.map((verdict) => ({
    ...verdict,
    claims: verdict.claims.map((each) => ({ ...each, gravity: claim })),
  })),
});

test.each<readonly [string, Snapshot]>([
  ['1 run ended badly after it was stuck', stuck],
  ['1 run is stuck', snapshotAt(stuck, start + 600_000)],
  ['1 run is under way', snapshotAt(stuck, start + 1_000)],
  ['Nothing ran yet', snapshotAt(stuck, start - 1)],
  ['2 runs ended badly, everything else is well', runs(['FAILED', 'SUCCEEDED', 'TIMED_OUT'], 'bad')],
  ['1 run ended badly', runs(['ABORTED'], 'bad')],
  ['2 runs are under way', runs(['RUNNING', 'RUNNING', 'SUCCEEDED'])],
  ['1 run succeeded, with something to know', runs(['SUCCEEDED'], 'held')],
  ['3 runs succeeded, everything is well', runs(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED'])],
])('the front page says "%s"', (sentence, models) => {
  expect(finding(models)).toBe(sentence);
});

/** A verdict with one claim about an execution. */
const verdictOf = (arn: string, claim: Partial<ReturnType<typeof claimOf>>, asked: string | null = arn) => ({
  ...{ execution: asked, evidence: [], fixes: [], runbook: null },
  claims: [{ ...claimOf(arn), ...claim }],
});

const claimOf = (arn: string) => ({
  ...{ id: 'some', gravity: 'stuck' as 'stuck' | 'bad', sentence: 'it hung', isCertain: true },
  ...{ execution: arn as string | null, since: 1_000, until: 2_000 as number | null },
});

test('of several runs the front page names the one that needs somebody now', () => {
  const models = {
    ...runs(['FAILED', 'RUNNING', 'FAILED']),
    verdicts: [
      verdictOf(`${parent.arn}-0`, {}),
      verdictOf(`${parent.arn}-1`, { until: null }),
      verdictOf(`${parent.arn}-2`, { gravity: 'bad', until: null, since: 9_000 }),
    ],
  };
  expect(worstClaim(models)?.execution).toBe(`${parent.arn}-1`);
  expect(finding(models)).toBe('1 run is stuck, 2 ended badly');
  const over = {
    ...models,
    verdicts: [models.verdicts[0], verdictOf(`${parent.arn}-2`, { since: 5_000 })].flatMap((each) => each ?? []),
  };
  expect(worstClaim(over)?.execution).toBe(`${parent.arn}-2`);
});

test('a run that succeeded after it was stuck is not the one that ended badly', () => {
  const models = runs(['FAILED', 'SUCCEEDED']);
  const [bad, late] = models.executions.map(({ arn }) => arn);
  const ofLate = verdictOf(late ?? '', {});
  const ofBad = verdictOf(bad ?? '', { gravity: 'bad' });
  expect(finding({ ...models, verdicts: [ofBad, ofLate] })).toBe(
    '1 run ended badly, another succeeded late after it was stuck',
  );
  expect(finding({ ...models, verdicts: [ofBad] })).toBe('1 run ended badly, everything else is well');
});

test('a claim about no execution is about the one whose verdict it is a part of, never about any other', () => {
  const models = { ...stuck, verdicts: [verdictOf(parent.arn, { execution: null })] };
  const claim = worstClaim(models);
  if (!claim) throw new Error('there is a claim');
  expect(executionOf(models, claim)?.arn).toBe(parent.arn);
  const ofAll = { ...stuck, verdicts: [verdictOf(parent.arn, { execution: null }, null)] };
  const other = worstClaim(ofAll);
  if (!other) throw new Error('there is a claim');
  expect(executionOf(ofAll, other)).toBeUndefined();
});

test('a pair is the parent and the child that it waits for, from whichever one looks', () => {
  const [, child] = stuck.executions;
  if (!child) throw new Error('the run has a child');
  const pair = { parent: { arn: parent.arn }, child: { arn: child.arn }, denied: 'states:DescribeExecution' };
  expect(pairOf(stuck, parent)).toMatchObject(pair);
  expect(pairOf(stuck, child)).toMatchObject(pair);
  expect(pairOf({ ...stuck, verdicts: [] }, parent)?.denied).toBeNull();
  expect(pairOf({ ...stuck, executions: [parent] }, parent)).toBeUndefined();
});

test.each([
  ['', 12],
  ['tenant-1', 1],
  ['TENANT-1 ', 1],
  ['tenant-', 12],
  ['300000000500', 1],
  ['tenant-5-parent-dev', 1],
  ['run-1', 12],
  ['prod', 0],
  ['nothing', 0],
])('%j names %i of 12 runs of 12 tenants', (text, count) => {
  const models = snapshotOf(organizationRun({ tenants: 12 }));
  expect(runsNaming(models, models.executions, text)).toHaveLength(count);
});

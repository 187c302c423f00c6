import { expect, test } from 'vitest';
import { finding } from '../../src/chart/finding.ts';
import { snapshotAt } from '../../src/models/at-time.ts';
import type { Snapshot } from '../../src/models/snapshot.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { start, stuckRun } from '../stuck-run.ts';

const stuck = snapshotOf(stuckRun());
const [parent] = stuck.executions;
if (!parent) throw new Error('the run has an execution');

/** A snapshot of independent runs in these states, with one claim. */
const runs = (statuses: readonly string[], claim: 'held' | 'bad' | 'well' = 'well'): Snapshot => ({
  ...stuck,
  executions: statuses.map((status, index) => ({ ...parent, arn: `${parent.arn}-${index}`, status })),
  verdict: { ...stuck.verdict, claims: stuck.verdict.claims.map((each) => ({ ...each, gravity: claim })) },
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

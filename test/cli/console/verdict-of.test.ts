import { expect, test } from 'vitest';
import { verdictOf } from '../../../cli/console/verdict-of.ts';
import { type ClaimId, claimIds } from '../../../cli/why/claim-ids.ts';
import type { Explanation } from '../../../cli/why/explanation.ts';

const machine = 'arn:aws:states:us-east-1:111111111111:execution:machine:name';

const explanation = (id: ClaimId): Explanation => ({
  execution: machine,
  claims: [
    {
      id,
      sentence: `role arn:aws:iam::111111111111:role/target lacks something`,
      execution: machine,
      since: '2026-11-27T05:30:20.000Z',
      for: 60,
      certain: false,
    },
  ],
  evidence: [
    { kind: 'event', id: 7, execution: machine, at: '2026-11-27T05:30:20.000Z', type: 'TaskSubmitted', state: 'Work' },
    {
      ...{
        kind: 'decision',
        id: 'denial-1',
        verdict: 'denied',
        principal: 'p',
        action: 's3:GetObject',
        resource: '*',
        times: 3,
      },
      last: '2026-11-27T05:31:20.000Z',
    },
    {
      ...{
        kind: 'metric',
        id: 'AWS/Lambda Throttles',
        account: '111111111111',
        region: 'us-east-1',
        statistic: 'Sum',
        value: 4,
      },
      ...{ first: null, last: null },
    },
    { kind: 'log', id: '1', account: '111111111111', group: '/aws/lambda/f', message: 'out of memory' },
  ],
  fixes: [
    {
      kind: 'statement',
      place: 'identity policy of arn:aws:iam::111111111111:role/target',
      statement: { Effect: 'Allow' },
    },
    { kind: 'setting', resource: 'arn:aws:lambda:us-east-1:111111111111:function:f', sentence: 'more memory' },
    { kind: 'command', command: 'aws stepfunctions redrive-execution' },
  ],
  runbook: 'docs/runbooks/stuck-parents.md',
  unread: [],
});

test('an explanation is a verdict with times as numbers and ARNs as names', () => {
  const start = Date.UTC(2026, 10, 27, 5, 30, 20);
  expect(verdictOf(explanation('stuck-parent'))).toEqual({
    execution: machine,
    claims: [
      {
        id: 'stuck-parent',
        gravity: 'stuck',
        sentence: 'role target of 111111111111 lacks something',
        execution: machine,
        since: start,
        until: start + 60_000,
        isCertain: false,
      },
    ],
    evidence: [
      { kind: 'event', id: 7, execution: machine, at: start, type: 'TaskSubmitted' },
      { kind: 'decision', id: 'denial-1', action: 's3:GetObject', principal: 'p', times: 3, last: start + 60_000 },
      { kind: 'other', sentence: 'AWS/Lambda Throttles 4' },
      { kind: 'other', sentence: '/aws/lambda/f: out of memory' },
    ],
    fixes: [
      {
        kind: 'statement',
        place: 'identity policy of role target of 111111111111',
        text: '{\n  "Effect": "Allow"\n}',
        target: { document: 'identity policy', of: 'arn:aws:iam::111111111111:role/target' },
      },
      { kind: 'setting', place: 'f of 111111111111', text: 'more memory' },
      { kind: 'command', text: 'aws stepfunctions redrive-execution' },
    ],
    runbook: 'docs/runbooks/stuck-parents.md',
  });
});

test.each([
  ['trust policy of arn:aws:iam::111111111111:role/target', 'trust policy'],
  ['condition of the trust policy of arn:aws:iam::111111111111:role/target', undefined],
  ['bucket policy of arn:aws:s3:::bucket', undefined],
  ['identity policy of the role with which the parent starts the child', undefined],
])('a statement in the %s has a target if it is a policy of a role', (place, document) => {
  const given = explanation('failed');
  const [fix] = verdictOf({ ...given, fixes: [{ kind: 'statement', place, statement: {} }] }).fixes;
  expect(fix?.kind === 'statement' && fix.target?.document).toBe(document);
});

test.each([
  ['of a run that goes on has no end', 60, [machine], null],
  ['of a run that has ended has one', 60, [], 60_000],
  ['that was over before has one', 30, [machine], 30_000],
])('a claim %s', (_, seconds, open, expected) => {
  const start = Date.UTC(2026, 10, 27, 5, 30, 20);
  const given = explanation('stuck-parent');
  const claims = given.claims.map((claim) => ({ ...claim, for: seconds }));
  const verdict = verdictOf({ ...given, claims }, { at: start + 60_400, open: new Set(open) });
  expect(verdict.claims[0]?.until).toBe(expected === null ? null : start + expected);
});

test('a claim without a time has none', () => {
  const given = explanation('failed');
  const [claim] = given.claims;
  const timeless = { ...given, claims: claim ? [{ ...claim, since: null, for: null }] : [] };
  expect(verdictOf(timeless).claims[0]).toMatchObject({ since: null, until: null });
});

test('every claim is stuck, bad, held or well', () => {
  const gravities = new Map<string, ClaimId[]>();
  for (const id of claimIds) {
    const gravity = verdictOf(explanation(id)).claims[0]?.gravity ?? '';
    gravities.set(gravity, [...(gravities.get(gravity) ?? []), id]);
  }
  expect(Object.fromEntries(gravities)).toMatchObject({
    stuck: ['stuck-parent', 'event-lost-without-permission'],
    held: [
      'map-run-backlog',
      'transition-throttling',
      'describe-throttled',
      'slow-function',
      'event-lost',
      'capacity-nearly-used',
      'started-twice',
      'source-empty',
      'failing-items',
    ],
    well: ['slow', 'healthy', 'succeeded', 'not-started'],
  });
  expect(gravities.get('bad')).toContain('stop-missing');
});

import type { JudgedAlarm } from '@crosswind/sandbox/sandbox';
import { describe, expect, test } from 'vitest';
import type { ClaimId } from '../../../cli/why/claim-ids.ts';
import { type ExpectedAlarm, expectedAlarms, judgeGameDay } from '../../../cli/gameday/judge-game-day.ts';

const minute = 60_000;
const faultAt = 100 * minute;
const state = (value: 'OK' | 'ALARM', at: number) => ({ value, at, reason: 'because' });
const topic = 'arn:aws:sns:us-east-1:222222222222:crosswind-page';

type History = JudgedAlarm['history'];

/** An alarm that fires and clears at minutes after the fault. */
const alarm = (name: string, history: History): JudgedAlarm => ({
  ...{ name, arn: `arn:${name}`, account: '222222222222', region: 'us-east-1', properties: {}, createdAt: 0 },
  history,
});

const rung = (from: number, to: number | undefined, isNotified = true): History => [
  { kind: 'state', at: faultAt + from * minute, from: state('OK', 0), to: state('ALARM', faultAt + from * minute) },
  ...(isNotified ? [{ kind: 'action' as const, at: faultAt + from * minute, action: topic }] : []),
  ...(to === undefined
    ? []
    : [
        {
          kind: 'state' as const,
          at: faultAt + to * minute,
          from: state('ALARM', 0),
          to: state('OK', faultAt + to * minute),
        },
      ]),
];

/** A line of an account. */
const line = (account: string, from: number, to: number): History => {
  const attributes = { 'AWS.AccountId': account, Tenant: 'orders' };
  const contributor = { id: account, attributes, state: state('ALARM', 0) };
  const [fires, clears] = [faultAt + from * minute, faultAt + to * minute];
  return [
    { kind: 'contributor', at: fires, contributor, to: state('ALARM', fires) },
    { kind: 'action', at: fires, action: topic, contributor },
    { kind: 'state', at: fires, from: state('OK', 0), to: state('ALARM', fires) },
    { kind: 'contributor', at: clears, contributor, to: state('OK', clears) },
    { kind: 'state', at: clears, from: state('ALARM', fires), to: state('OK', clears) },
  ];
};

/** An alarm that is in another state from a minute on; its lines keep theirs. */
const without = (history: History, value: 'OK' | 'ALARM', to: number): History => [
  ...history.filter((event) => event.kind !== 'state' || event.to.value !== 'OK'),
  ...(value === 'OK'
    ? [{ kind: 'state' as const, at: faultAt + to * minute, from: state('ALARM', 0), to: state('OK', 0) }]
    : []),
];
const unknown = (from: number, at: number): History => [
  ...rung(from, undefined),
  {
    kind: 'state',
    at: faultAt + at * minute,
    from: state('ALARM', 0),
    to: { value: 'INSUFFICIENT_DATA', at: 0, reason: 'because' },
  },
];

const failed: ExpectedAlarm = { alarm: 'failed', fires: [5, 7], clears: [20, 22] };
const judged = (expected: readonly ExpectedAlarm[], ...alarms: readonly JudgedAlarm[]) =>
  judgeGameDay('game', expected, { faultAt, alarms });

describe('a game day passes if exactly the expected alarms fire', () => {
  test.each([
    ['one alarm at its earliest minutes', [failed], [alarm('failed', rung(5, 20))]],
    ['one alarm at its latest minutes', [failed], [alarm('failed', rung(7, 22))]],
    ['none, and none is expected', [], [alarm('failed', [])]],
    [
      'the line of one account',
      [{ ...failed, account: '333333333333' }],
      [alarm('failed', line('333333333333', 6, 21))],
    ],
    [
      'the line of one tenant',
      [{ ...failed, account: '333333333333', tenant: 'orders' }],
      [alarm('failed', line('333333333333', 6, 21))],
    ],
    [
      'lines of two accounts, each expected',
      [
        { ...failed, account: '444444444444' },
        { ...failed, account: '333333333333' },
      ],
      [alarm('failed', [...line('333333333333', 6, 21), ...line('444444444444', 6, 21)])],
    ],
  ])('%s', (_, expected, alarms) => {
    expect(judged(expected, ...alarms)).toMatchObject({ passed: true, unexpected: [], missing: [], wrong: [] });
  });

  test.each([
    ['does not fire', [failed], [alarm('failed', [])], { missing: ['failed'] }],
    ['is not expected', [], [alarm('failed', rung(6, 21))], { unexpected: ['failed'] }],
    ['fires twice', [failed], [alarm('failed', [...rung(6, 21), ...rung(30, 31)])], { unexpected: ['failed'] }],
    ['fires before the fault', [], [alarm('failed', rung(-20, -10))], { unexpected: ['failed'] }],
    [
      'fires too early',
      [failed],
      [alarm('failed', rung(4, 21))],
      { wrong: ['failed fired in minute 4 after the fault, expected minute 5 to 7'] },
    ],
    [
      'fires too late',
      [failed],
      [alarm('failed', rung(8, 21))],
      { wrong: ['failed fired in minute 8 after the fault, expected minute 5 to 7'] },
    ],
    [
      'is quiet too late',
      [failed],
      [alarm('failed', rung(6, 23))],
      { wrong: ['failed was quiet again in minute 23 after the fault, expected minute 20 to 22'] },
    ],
    [
      'is never quiet',
      [failed],
      [alarm('failed', rung(6, undefined))],
      { wrong: ['failed is not quiet at the end, expected minute 20 to 22'] },
    ],
    [
      'does not know without data that all is well',
      [failed],
      [alarm('failed', unknown(6, 21))],
      { wrong: ['failed is not quiet at the end, expected minute 20 to 22'] },
    ],
    [
      'stays in ALARM without any line',
      [failed],
      [alarm('failed', without(line('333333333333', 6, 21), 'ALARM', 21))],
      { wrong: ['failed is not quiet at the end, expected minute 20 to 22'] },
    ],
    [
      'is OK later than its last line',
      [failed],
      [alarm('failed', without(line('333333333333', 6, 21), 'OK', 25))],
      { wrong: ['failed was quiet again in minute 25 after the fault, expected minute 20 to 22'] },
    ],
    ['notifies no topic', [failed], [alarm('failed', rung(6, 21, false))], { wrong: ['failed notified no topic'] }],
    [
      'fires for another account',
      [{ ...failed, account: '444444444444' }],
      [alarm('failed', line('333333333333', 6, 21))],
      { missing: ['failed'], unexpected: ['failed'] },
    ],
    [
      'fires for another tenant',
      [{ ...failed, tenant: 'invoices' }],
      [alarm('failed', line('333333333333', 6, 21))],
      { missing: ['failed'], unexpected: ['failed'] },
    ],
    [
      'fires for two accounts',
      [failed],
      [alarm('failed', [...line('333333333333', 6, 21), ...line('444444444444', 6, 21)])],
      { unexpected: ['failed'] },
    ],
  ])('and fails if an alarm %s', (_, expected, alarms, found) => {
    expect(judged(expected, ...alarms)).toMatchObject({
      ...{ passed: false, missing: [], unexpected: [], wrong: [] },
      ...found,
    });
  });
});

describe('a game day passes only if why names the fault first', () => {
  const explanation = (...ids: readonly ClaimId[]) => ({
    claims: ids.map((id) => ({ id, sentence: id, execution: null, since: null, for: null, certain: true })),
    fixes: [],
  });
  const verdict = (...ids: readonly ClaimId[]) =>
    judgeGameDay('game', [], { faultAt, alarms: [], why: { because: 'timed-out', explanation: explanation(...ids) } });

  test.each<[readonly ClaimId[]]>([[['timed-out']], [['timed-out', 'link-cut']]])('claims %j pass', (ids) => {
    const { passed, explained, wrong, claims } = verdict(...ids);
    expect({ passed, explained, wrong }).toEqual({ passed: true, explained: true, wrong: [] });
    expect(claims.map(({ id }) => id)).toEqual(ids);
  });

  test.each<[readonly ClaimId[], string]>([
    [['aborted', 'timed-out'], 'aborted, timed-out'],
    [['succeeded'], 'succeeded'],
    [[], 'nothing'],
  ])('claims %j do not', (ids, claimed) => {
    expect(verdict(...ids)).toMatchObject({
      passed: false,
      explained: false,
      wrong: [`\`crosswind why\` claims ${claimed}, expected timed-out first`],
    });
  });
});

test('a verdict has the minutes after the fault, and the line of an alarm on a query', () => {
  const { fired, cleared } = judged([], alarm('stuck', line('333333333333', 6, 21)), alarm('failed', rung(2, 3)));
  expect(fired).toEqual([
    { alarm: 'failed', at: 2 },
    { alarm: 'stuck', line: '333333333333 orders', at: 6 },
  ]);
  expect(cleared).toEqual([
    { alarm: 'failed', at: 3 },
    { alarm: 'stuck', line: '333333333333 orders', at: 21 },
  ]);
});

test.each([
  ['the fix', 30, [31, 32]],
  ['the fault where there is no fix', undefined, [11, 12]],
])('an alarm clears in minutes after %s', (_, fixedAt, clears) => {
  const raises = [{ alarm: { fleet: 'stuck' }, fires: [1, 2], clears: [11, 12] }] as const;
  const [expected] = expectedAlarms({ raises, faultAt: 10, fixedAt }, () => ({ name: 'stuck' }));
  expect(expected).toEqual({ alarm: 'stuck', fires: [1, 2], clears });
});

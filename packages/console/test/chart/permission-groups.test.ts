import { describe, expect, test } from 'vitest';
import {
  filteredGroups,
  permissionFinding,
  permissionGroups,
  principalText,
  shortPrincipal,
} from '../../src/chart/permission-groups.ts';
import { unkeptGap, whenColumns } from '../../src/chart/when-strip.ts';
import type { DecisionModel } from '../../src/models/decisions.ts';

const account = '444444444444';
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

let counted = 0;

const decision = (given: Partial<DecisionModel> = {}): DecisionModel => ({
  ...{ id: `decision-${(counted += 1)}`, principal: role('a'), action: 's3:GetObject', resource: 'arn:aws:s3:::b/c' },
  ...{ account, verdict: 'allowed', first: 1_000, last: 1_000, times: 1, seconds: [[1_000, 1]], denial: null },
  ...given,
});

describe('groups of decisions', () => {
  test('are of one principal, action and verdict: resources, times and seconds are put together', () => {
    const [group, ...others] = permissionGroups([
      decision({
        times: 3,
        first: 2_000,
        last: 4_000,
        seconds: [
          [2_000, 1],
          [4_000, 2],
        ],
        resource: 'one',
      }),
      decision({
        times: 2,
        first: 1_000,
        last: 2_000,
        seconds: [
          [1_000, 1],
          [2_000, 1],
        ],
        resource: 'two',
        isEstimated: true,
      }),
    ]);
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      ...{ times: 5, first: 1_000, last: 4_000, isEstimated: true, accounts: [account], resources: ['one', 'two'] },
      seconds: [
        [1_000, 1],
        [2_000, 2],
        [4_000, 2],
      ],
    });
  });

  test('are refused ones first, then those that came most often', () => {
    const groups = permissionGroups([
      decision({ action: 'a:often', times: 9 }),
      decision({ action: 'a:seldom' }),
      decision({ action: 'a:denied', verdict: 'implicit deny', denial: 'denial-1' }),
      decision({ action: 'a:open', verdict: 'undecidable', times: 2 }),
    ]);
    expect(groups.map(({ action }) => action)).toEqual(['a:open', 'a:denied', 'a:often', 'a:seldom']);
    expect(groups.map(({ denials }) => denials)).toEqual([[], ['denial-1'], [], []]);
  });

  test('of a principal called __proto__ are groups like others', () => {
    expect(permissionGroups([decision({ principal: '__proto__', action: '__proto__' })])).toHaveLength(1);
  });

  test.each([
    [{ text: 'GETOBJECT' }, ['s3:GetObject']],
    [{ text: 'child-dev' }, ['s3:GetObject', 'kms:Decrypt']],
    [{ text: 'arn:aws:kms' }, ['kms:Decrypt']],
    [{ text: '', verdict: 'denied' }, ['kms:Decrypt']],
    [{ text: '', verdict: 'allowed' }, ['s3:GetObject']],
    [{ text: '', verdict: 'undecided' }, []],
    [{ text: '', principal: role('a') }, ['s3:GetObject']],
    [{ text: 'nothing like it' }, []],
  ])('narrowed by %j leave %j', (filter, actions) => {
    const groups = permissionGroups([
      decision(),
      decision({ principal: role('b'), action: 'kms:Decrypt', resource: 'arn:aws:kms:x', verdict: 'explicit deny' }),
    ]);
    const found = filteredGroups(groups, filter, () => 'wind-child-dev').map(({ action }) => action);
    expect([...found].sort()).toEqual([...actions].sort());
  });

  test.each<[decisions: readonly Partial<DecisionModel>[], sentence: string]>([
    [[], 'No call was checked yet'],
    [[{}], 'Every call was allowed'],
    [[{ verdict: 'implicit deny', times: 899 }], '1 action is denied, 899 times'],
    [
      [
        { verdict: 'implicit deny', times: 1_200 },
        { action: 'b:c', verdict: 'explicit deny', isEstimated: true },
      ],
      '2 actions are denied, about 1,201 times',
    ],
    [[{ verdict: 'undecidable' }], '1 action cannot be decided here, 1 time'],
    [
      [{ verdict: 'undecidable' }, { verdict: 'explicit deny' }],
      '1 action is denied, 1 time; 1 action cannot be decided here, 1 time',
    ],
  ])('%j are: %s', (decisions, sentence) => {
    expect(permissionFinding(permissionGroups(decisions.map(decision)))).toBe(sentence);
  });
});

test.each([
  [role('deep/path/name'), 'name'],
  ['lambda.amazonaws.com', 'lambda.amazonaws.com'],
])('%s is shown as %s', (principal, text) => {
  expect(principalText(principal)).toBe(text);
});

test.each([
  [role('crosswind-child-AnalyzeRoleBC633BB0-6D47452BBCBC'), 'crosswind-child-AnalyzeRole'],
  [role('crosswind-wind-speed-target'), 'crosswind-wind-speed-target'],
  [role('BC633BB0-6D47452BBCBC'), 'BC633BB0-6D47452BBCBC'],
  ['scheduler.amazonaws.com', 'scheduler.amazonaws.com'],
])('in a list, %s is %s', (principal, text) => {
  expect(shortPrincipal(principal)).toBe(text);
});

describe('a strip of when', () => {
  const line = { from: 0, to: 100_000, width: 100 };

  test('has a column for each two pixels with decisions, the last one within the width', () => {
    expect(
      whenColumns(
        [
          [0, 1],
          [1_000, 2],
          [100_000, 4],
        ],
        line,
      ),
    ).toEqual([
      { x: 0, times: 3 },
      { x: 98, times: 4 },
    ]);
  });

  test('of one second has one column', () => {
    expect(whenColumns([[5, 2]], { from: 5, to: 5, width: 100 })).toEqual([{ x: 0, times: 2 }]);
  });

  test('shows where decisions are that were not kept by second', () => {
    const seconds = [
      [0, 1],
      [10_000, 1],
      [80_000, 1],
      [100_000, 1],
    ] as const;
    expect(unkeptGap(seconds, 9, line)).toEqual([10, 80]);
    expect(unkeptGap(seconds, 4, line)).toBeUndefined();
  });
});

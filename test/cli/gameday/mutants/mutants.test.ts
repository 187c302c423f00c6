import type { JsonObject } from '@crosswind/aws/json';
import type { Recording } from '@crosswind/sandbox/sandbox';
import { describe, expect, test } from 'vitest';
import { type Outcome, outcomesOf, type RecordedGame } from './kill.ts';
import { type Mutant, mutantText } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';
import { outcomeTable } from './outcome-table.ts';
import { recordedSeries } from './recorded-series.ts';
import { judge } from '@crosswind/sandbox/sandbox';

const place = { account: '333333333333', region: 'us-east-1' };
const errors = (name: string, functionName: string) => ({
  ...{ ...place, unit: 'Count' },
  metric: { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName } },
});

/** Two errors of `a` in minute 5, and one invocation of each function. */
const recording: Recording = {
  startedAt: 0,
  metrics: [errors('Errors', 'a'), errors('Errors', 'b'), errors('Invocations', 'a')],
  minutes: [
    {
      minute: 6,
      values: [
        [0, 5, 1, 2],
        [1, 5, 0, 1],
        [2, 5, 1, 2],
      ],
    },
  ],
  lastMinute: 20,
};

const metric = (name: string, functionName: string): JsonObject => ({
  Id: 'm1',
  AccountId: place.account,
  MetricStat: {
    Metric: {
      Namespace: 'AWS/Lambda',
      MetricName: name,
      Dimensions: [{ Name: 'FunctionName', Value: functionName }],
    },
    Period: 60,
    Stat: 'Sum',
  },
  ReturnData: true,
});

const properties: JsonObject = {
  AlarmActions: ['arn:aws:sns:us-east-1:222222222222:crosswind-ticket'],
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold: 2,
  EvaluationPeriods: 1,
  TreatMissingData: 'notBreaching',
  Metrics: [metric('Errors', 'a')],
};

const alarm = { ...place, name: 'errors', arn: 'arn:errors', createdAt: 0, properties };
const mutants = (changed: JsonObject = {}): readonly Mutant[] =>
  mutantsOf({ ...alarm, properties: { ...properties, ...changed } }, recordedSeries([recording]));
const texts = (changed: JsonObject = {}): readonly string[] =>
  mutants(changed).map(({ kind, text }) => `${kind}: ${text}`);

describe('mutants of an alarm', () => {
  test('change one thing each', () => {
    expect(texts()).toEqual([
      'sibling metric: Errors -> Invocations',
      'other dimension: Errors of 333333333333 FunctionName=a -> 333333333333 FunctionName=b',
      'comparison: GreaterThanOrEqualToThreshold -> GreaterThanThreshold',
      'threshold: 2 -> 4',
      'threshold: 2 -> 1',
      'periods: 1 -> 2',
      'datapoints: 1 of 1 -> 1 of 2',
      'missing data: notBreaching -> breaching',
      'missing data: notBreaching -> ignore',
      'missing data: notBreaching -> missing',
      'no action: AlarmActions dropped',
    ]);
  });

  test('have fewer periods and datapoints, too, where there are several', () => {
    expect(texts({ EvaluationPeriods: 3 }).filter((text) => /^(periods|datapoints)/.test(text))).toEqual([
      'periods: 3 -> 4',
      'periods: 3 -> 2',
      'datapoints: 3 -> 2 of 3',
      'datapoints: 3 of 3 -> 3 of 4',
    ]);
  });

  test.each([
    ['at least 1', 'GreaterThanOrEqualToThreshold', 1, ['1 -> 2']],
    ['less than 1', 'LessThanThreshold', 1, ['1 -> 2']],
    ['more than 1', 'GreaterThanThreshold', 1, ['1 -> 2', '1 -> 0.5']],
    ['at most 1', 'LessThanOrEqualToThreshold', 1, ['1 -> 2', '1 -> 0.5']],
    ['at least 3', 'GreaterThanOrEqualToThreshold', 3, ['3 -> 6', '3 -> 1.5']],
  ])('leave out a threshold that is the same for whole numbers: %s', (_, ComparisonOperator, Threshold, expected) => {
    const found = texts({ ComparisonOperator, Threshold }).filter((text) => text.startsWith('threshold'));
    expect(found).toEqual(expected.map((text) => `threshold: ${text}`));
  });

  test('of a query have another aggregation, a label less, another metric and another value', () => {
    const query = {
      Id: 'q',
      Expression: `SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) WHERE FunctionName = 'a' GROUP BY AWS.AccountId, FunctionName ORDER BY SUM() DESC`,
      Period: 60,
      ReturnData: true,
    };
    expect(texts({ Metrics: [query] }).filter((text) => /^(sib|other|agg|label)/.test(text))).toEqual([
      'sibling metric: Errors -> Invocations',
      'other dimension: FunctionName a -> b',
      'aggregation: SUM -> COUNT',
      'label: without AWS.AccountId',
      'label: without FunctionName',
    ]);
    const counted = mutants({ Metrics: [query] }).find(({ kind }) => kind === 'aggregation');
    expect(JSON.stringify(counted?.properties)).toContain('SELECT COUNT(Errors)');
    expect(JSON.stringify(counted?.properties)).toContain('ORDER BY COUNT() DESC');
  });
});

describe('a mutant', () => {
  const game: RecordedGame = {
    ...{ name: 'two-errors', faultAt: 5 * 60_000, recording },
    expected: [{ alarm: 'errors', fires: [1, 1], clears: [4, 4] }],
    alarms: judge(recording, [alarm]),
  };
  const killers = (games: readonly RecordedGame[]) =>
    outcomesOf(mutants(), games).map(({ mutant, killedBy }) => [mutant.text, killedBy]);

  test('is killed by the first game that fails with it, and survives otherwise', () => {
    expect(killers([game])).toEqual([
      ['Errors -> Invocations', undefined],
      ['Errors of 333333333333 FunctionName=a -> 333333333333 FunctionName=b', 'two-errors'],
      ['GreaterThanOrEqualToThreshold -> GreaterThanThreshold', 'two-errors'],
      ['2 -> 4', 'two-errors'],
      ['2 -> 1', undefined],
      ['1 -> 2', 'two-errors'],
      ['1 of 1 -> 1 of 2', 'two-errors'],
      ['notBreaching -> breaching', 'two-errors'],
      ['notBreaching -> ignore', 'two-errors'],
      ['notBreaching -> missing', 'two-errors'],
      ['AlarmActions dropped', 'two-errors'],
    ]);
  });

  test('survives without a game', () => {
    expect(killers([]).every(([, killedBy]) => killedBy === undefined)).toBe(true);
  });

  test('that CloudWatch would refuse is killed by it', () => {
    const [mutant] = mutants();
    if (!mutant) throw new Error('the alarm has no mutant');
    const refused = { ...mutant, properties: { ...properties, DatapointsToAlarm: 2 } };
    expect(outcomesOf([refused], [game])).toEqual([{ mutant: refused, killedBy: 'CloudWatch' }]);
  });
});

test('outcomes are counted by kind', () => {
  const [sibling, other] = mutants();
  if (!sibling || !other) throw new Error('the alarm has no mutants');
  const outcomes: readonly Outcome[] = [{ mutant: sibling }, { mutant: other, killedBy: 'two-errors' }];
  const rows = outcomeTable(outcomes)
    .split('\n')
    .map((row) => row.replaceAll(/ {2,}/g, ' '));
  expect(rows).toEqual(
    expect.arrayContaining(['kind mutants survivors', 'sibling metric 1 1', 'other dimension 1 0', 'all 2 1']),
  );
  expect(mutantText(sibling)).toBe('errors: sibling metric, Errors -> Invocations');
});

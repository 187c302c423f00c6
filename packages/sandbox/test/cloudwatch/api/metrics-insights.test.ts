import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { account, errorOf, laboratory, linked, minutesLater, start, stranger } from './laboratory.ts';

type Setting = Awaited<ReturnType<typeof laboratory>>;

const hour = { StartTime: start, EndTime: minutesLater(60), ScanBy: 'TimestampAscending' as const };

/** Label and values of each line that an expression answers, with periods of a minute. */
async function linesOf(
  { client }: Setting,
  Expression: string,
  rest: Partial<MetricDataQuery> = {},
  others: readonly MetricDataQuery[] = [],
) {
  const query = { Id: 'q', Expression, Period: 60, ...rest };
  const { MetricDataResults: results = [] } = await client.send(
    new GetMetricDataCommand({ ...hour, MetricDataQueries: [query, ...others] }),
  );
  return results.map(({ Label, Values }) => [Label, Values]);
}

/** Metrics of the monitoring account, of a linked account and of a stranger, in two colors. */
async function fleet(): Promise<Setting> {
  const setting = await laboratory();
  setting.put('Count', [1, 2]);
  setting.put('Count', [10, 20], linked);
  setting.put('Count', [5], linked, 'blue');
  setting.put('Count', [1_000], stranger);
  setting.put('Other', [7]);
  const plain = { namespace: 'Tried', name: 'Count', dimensions: {} };
  setting.sandbox.cloudWatch.metrics.put(
    { account: linked, region: 'us-east-1' },
    plain,
    'Count',
    100,
    minutesLater(0).getTime(),
  );
  await setting.sandbox.settle(5);
  return setting;
}

describe('a query of Metrics Insights', () => {
  test.each<[string, string, unknown]>([
    [
      'adds up what linked accounts show, and nothing of a stranger',
      'SELECT SUM(Count) FROM Tried',
      [['q', [116, 22]]],
    ],
    ['reads metrics of exact dimensions', 'SELECT SUM(Count) FROM SCHEMA("Tried", Colour)', [['q', [16, 22]]]],
    ['reads metrics without dimensions', 'SELECT MAX(Count) FROM SCHEMA(Tried)', [['q', [100]]]],
    [
      'has a line for each account, the highest first',
      'SELECT SUM(Count) FROM SCHEMA(Tried, Colour) GROUP BY AWS.AccountId ORDER BY SUM() DESC',
      [
        [linked, [15, 20]],
        [account, [1, 2]],
      ],
    ],
    [
      'orders from the lowest where nothing else is said',
      'SELECT SUM(Count) FROM SCHEMA(Tried, Colour) GROUP BY AWS.AccountId ORDER BY MAX()',
      [
        [account, [1, 2]],
        [linked, [15, 20]],
      ],
    ],
    [
      'answers no more lines than its limit',
      'select max(Count) from SCHEMA(Tried, Colour) group by AWS.AccountId order by max() desc limit 1',
      [[linked, [10, 20]]],
    ],
    [
      'groups by several labels, and leaves out metrics without them',
      'SELECT MIN(Count) FROM Tried GROUP BY Colour, AWS.AccountId ORDER BY COUNT() DESC LIMIT 2',
      [
        [`red ${account}`, [1, 2]],
        [`red ${linked}`, [10, 20]],
      ],
    ],
    ['filters by a dimension', `SELECT AVG(Count) FROM "Tried" WHERE Colour = 'red'`, [['q', [5.5, 11]]]],
    [
      'filters by several labels',
      `SELECT COUNT(Count) FROM "Tried" WHERE Colour != 'red' AND AWS.AccountId = '${linked}'`,
      [['q', [1]]],
    ],
    ['answers nothing where nothing matches', 'SELECT SUM(Nothing) FROM Tried', []],
  ])('%s', async (_, expression, expected) => {
    expect(await linesOf(await fleet(), expression)).toEqual(expected);
  });

  test('puts the label of the request before that of a group', async () => {
    const expression =
      'SELECT SUM(Count) FROM SCHEMA(Tried, Colour) GROUP BY AWS.AccountId ORDER BY SUM() DESC LIMIT 1';
    expect(await linesOf(await fleet(), expression, { Label: 'worst' })).toEqual([[`worst ${linked}`, [15, 20]]]);
  });

  test('puts the label of a group where the label of the request names it', async () => {
    const expression =
      'SELECT SUM(Count) FROM SCHEMA(Tried, Colour) GROUP BY AWS.AccountId ORDER BY SUM() DESC LIMIT 1';
    const Label = 'last ${LAST} of ${LABEL}';
    expect(await linesOf(await fleet(), expression, { Label })).toEqual([[`last 20 of ${linked}`, [15, 20]]]);
  });

  test('can be used in metric math', async () => {
    const query: MetricDataQuery = { Id: 'sum', Expression: 'SUM(q)' };
    const grouped = 'SELECT SUM(Count) FROM SCHEMA(Tried, Colour) GROUP BY AWS.AccountId';
    expect(await linesOf(await fleet(), grouped, { ReturnData: false }, [query])).toEqual([['sum', [16, 22]]]);
  });

  test('asks for the account alone that the request names', async () => {
    const setting = await fleet();
    expect(await linesOf(setting, 'SELECT SUM(Count) FROM Tried', { AccountId: linked })).toEqual([['q', [115, 20]]]);
    expect(await linesOf(setting, 'SELECT SUM(Count) FROM Tried', { AccountId: stranger })).toEqual([]);
  });

  test('is alone in its request', async () => {
    const setting = await fleet();
    const second = { Id: 'r', Expression: 'SELECT SUM(Other) FROM Tried', Period: 60 };
    const failed = await errorOf(linesOf(setting, 'SELECT SUM(Count) FROM Tried', {}, [second]));
    expect(failed.message).toContain('at most one query of Metrics Insights, got 2: q, r');
  });

  test('leaves out what is older than the request', async () => {
    const { client } = await fleet();
    const query = { Id: 'q', Expression: 'SELECT SUM(Count) FROM Tried', Period: 60 };
    const later = { StartTime: minutesLater(1), EndTime: minutesLater(60) };
    const { MetricDataResults } = await client.send(new GetMetricDataCommand({ ...later, MetricDataQueries: [query] }));
    expect(MetricDataResults).toMatchObject([{ Values: [22], StatusCode: 'Complete' }]);
  });

  test.each([
    ['an alternative', `SELECT SUM(Count) FROM Tried WHERE Colour = 'red' OR Colour = 'blue'`, 'got OR'],
    ['another function', 'SELECT P99(Count) FROM Tried', 'expected AVG, COUNT, MAX, MIN, SUM'],
    ['no namespace', 'SELECT SUM(Count)', 'expected FROM in the Metrics Insights query, got the end'],
    ['a value without quotes', 'SELECT SUM(Count) FROM Tried WHERE Colour = red', 'expected a value in single quotes'],
    ['a limit that is too high', 'SELECT SUM(Count) FROM Tried LIMIT 501', 'expected a number from 1 to 500'],
    ['a tag', `SELECT SUM(Count) FROM Tried WHERE tag.team = 'a'`, 'does not know the label tag.team'],
    ['a character that no query has', 'SELECT SUM(Count) FROM Tried;', 'got ";" in it'],
  ])('with %s is refused by name', async (_, expression, message) => {
    const { name, message: found } = await errorOf(linesOf(await fleet(), expression));
    expect(name).toBe('ValidationException');
    expect(found).toContain(message);
  });
});

import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { readMetricData } from '../../src/sandbox.ts';
import { account, laboratory, linked, minutesLater, start, stranger } from './api/laboratory.ts';

const place = { account, region: 'us-east-1' };
const hour = { StartTime: start.getTime() / 1_000, EndTime: minutesLater(60).getTime() / 1_000 };

const query = (AccountId: string, Stat = 'Sum') => ({
  Id: 'm1',
  MetricStat: {
    Metric: { Namespace: 'Tried', MetricName: 'Count', Dimensions: [{ Name: 'Colour', Value: 'red' }] },
    Period: 60,
    Stat,
  },
  AccountId,
});

test('reads what GetMetricData answers, of the accounts that are linked alone, and leaves no decision', async () => {
  const { sandbox, put, client } = await laboratory();
  put('Count', [1, 2, 3], linked);
  put('Count', [9], stranger);
  await sandbox.settle(5);
  const before = sandbox.decisions.groups().length;
  const read = readMetricData(sandbox, place, { ...hour, MetricDataQueries: [query(linked)] });
  expect(sandbox.decisions.groups()).toHaveLength(before);
  const input = { StartTime: start, EndTime: minutesLater(60), MetricDataQueries: [query(linked)] };
  const { MetricDataResults } = await client.send(new GetMetricDataCommand(input));
  expect(MetricDataResults).toMatchObject([{ Values: [3, 2, 1] }]);
  expect(read).toMatchObject({ ok: true, results: [{ Values: MetricDataResults?.[0]?.Values }] });
  expect(read.ok && read.units.get('m1')).toBe('Count');
  const other = readMetricData(sandbox, place, { ...hour, MetricDataQueries: [query(stranger)] });
  expect(other).toMatchObject({ ok: true, results: [{ Values: [], StatusCode: 'Forbidden' }] });
});

test('has no unit for a number of values', async () => {
  const { sandbox, put } = await laboratory();
  put('Count', [1]);
  const read = readMetricData(sandbox, place, { ...hour, MetricDataQueries: [query(account, 'SampleCount')] });
  expect(read.ok && read.units.has('m1')).toBe(false);
});

test('says why CloudWatch refuses a request', async () => {
  const { sandbox } = await laboratory();
  const broken = { Id: 'e1', Expression: 'NOTHING(m1)' };
  expect(readMetricData(sandbox, place, { ...hour, MetricDataQueries: [broken] })).toMatchObject({
    ok: false,
    problem: expect.stringContaining('does not know the function NOTHING') as string,
  });
});

import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { resourceOf } from '@crosswind/assembly/testing/assembled';
import { metricText, type Series, shows } from '../../../policies/metrics/series.ts';
import { metricsOfDashboard } from '../../../policies/metrics/watched-metric.ts';

const place = { account: '111111111111', region: 'eu-west-1' };

/** Metrics of a dashboard with one graph of these rows. */
function watched(...metrics: readonly Json[]) {
  const DashboardBody = JSON.stringify({ widgets: [{ type: 'metric', properties: { region: 'us-east-1', metrics } }] });
  const template = { Resources: { It: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody } } } };
  return metricsOfDashboard(resourceOf(template, 'It'), place);
}
const expression = (text: string): Json => [{ expression: text }];

describe('metrics of a dashboard', () => {
  test.each<[string, readonly Json[], readonly string[]]>([
    [
      'are those of its rows, with shortened ones in full',
      [
        ['AWS/Lambda', 'Errors', 'FunctionName', 'a'],
        ['.', 'Throttles', '.', '.'],
        ['...', 'b', { accountId: '222222222222', region: 'eu-west-1' }],
      ],
      [
        'AWS/Lambda Errors FunctionName=a in 111111111111 us-east-1',
        'AWS/Lambda Throttles FunctionName=a in 111111111111 us-east-1',
        'AWS/Lambda Throttles FunctionName=b in 222222222222 eu-west-1',
      ],
    ],
    ['are none of a formula', [expression('100 * m1 / m2')], []],
    [
      'of a query are those of all accounts',
      [expression('SELECT MAX(OpenExecutionCount) FROM SCHEMA("AWS/States") GROUP BY AWS.AccountId')],
      ['AWS/States OpenExecutionCount in * us-east-1'],
    ],
    [
      'of a query have the values of its condition, the account too',
      [
        expression(
          `SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) WHERE FunctionName = 'a' AND AWS.AccountId = '333333333333'`,
        ),
      ],
      ['AWS/Lambda Errors FunctionName=a in 333333333333 us-east-1'],
    ],
    [
      'of a query without a schema may have any dimensions',
      [expression('SELECT SUM(Errors) FROM "AWS/Lambda"')],
      ['AWS/Lambda Errors *=* in * us-east-1'],
    ],
    [
      'of searches are those that they name',
      [
        expression(
          `SUM(SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"', 'Sum', 300)) / SUM(SEARCH('{AWS/Lambda,FunctionName} MetricName="Invocations" FunctionName="a"', 'Sum', 300))`,
        ),
      ],
      ['AWS/Lambda Errors FunctionName=* in * us-east-1', 'AWS/Lambda Invocations FunctionName=a in * us-east-1'],
    ],
    [
      'of a search may be those of an account, and of a namespace',
      [expression(`SEARCH('Namespace="AWS/SQS" MetricName="Visible" :aws.AccountId="333333333333"', 'Maximum')`)],
      ['AWS/SQS Visible *=* in 333333333333 us-east-1'],
    ],
    ['of a search that names none are unknown', [expression(`SEARCH('{AWS/Lambda,FunctionName}', 'Sum')`)], []],
  ])('%s', (_, rows, texts) => {
    expect(watched(...rows).map(metricText)).toEqual(texts);
  });
});

describe('a graph shows a series', () => {
  const series: Series = {
    ...{ account: '222222222222', region: 'us-east-1', namespace: 'Crosswind', name: 'Bytes' },
    dimensions: { Tenant: 'orders', Wave: 'dev' },
  };
  const query = (rest: string) => expression(`SELECT SUM(Bytes) FROM ${rest}`);

  test.each<[string, Json, boolean]>([
    ['that it names', ['Crosswind', 'Bytes', 'Wave', 'dev', 'Tenant', 'orders', { accountId: '222222222222' }], true],
    ['of another account', ['Crosswind', 'Bytes', 'Wave', 'dev', 'Tenant', 'orders'], false],
    ['of another tenant', ['Crosswind', 'Bytes', 'Wave', 'dev', 'Tenant', 'x', { accountId: '222222222222' }], false],
    ['with fewer dimensions', ['Crosswind', 'Bytes', 'Wave', 'dev', { accountId: '222222222222' }], false],
    ['of a query of all accounts', query('SCHEMA("Crosswind", Tenant, Wave)'), true],
    ['of a query of one value', query(`SCHEMA("Crosswind", Tenant, Wave) WHERE Wave = 'dev'`), true],
    ['of a query of another value', query(`SCHEMA("Crosswind", Tenant, Wave) WHERE Wave = 'prod'`), false],
    ['of a query with other dimensions', query('SCHEMA("Crosswind", Tenant)'), false],
    ['of a query with any dimensions', query('"Crosswind"'), true],
    ['of a query of another namespace', query('"AWS/Lambda"'), false],
  ])('%s', (_, row, isShown) => {
    expect(watched(row).map((metric) => shows(metric, series))).toEqual([isShown]);
    expect(watched(row).some((metric) => shows(metric, { ...series, region: 'eu-west-1' }))).toBe(false);
    expect(watched(row).some((metric) => shows(metric, { ...series, name: 'Objects' }))).toBe(false);
  });
});

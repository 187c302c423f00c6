import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, test } from 'vitest';
import { runSignals } from '../run-signals.ts';
import { contract } from '../contract.ts';
import { address } from './built.ts';

const signalsWith = (settings: object) =>
  runSignals({ address, wave: 'prod', settings: contract.settings.parse({ years: [2022], ...settings }) });

/** Metrics that a signal reads, with their dimensions. */
function readBy(metric: IMetric): readonly string[] {
  const { metricStat } = metric.toMetricConfig();
  if (!metricStat) throw new Error('expected a metric without an expression');
  const { metricName, statistic, account, region, dimensions = [] } = metricStat;
  const values = dimensions.map(({ name, value }) => `${name}=${String(value)}`).join(' ');
  return [`${statistic} ${metricName} ${values} in ${account} ${region}`];
}

const here = 'in 444444444444 us-east-1';
const own = `Tenant=wind-speed Wave=prod ${here}`;

describe('of a run is watched', () => {
  test.each([
    ['objects-failing', [`Maximum FailedShare ${own}`], 3.75],
    ['source-empty', [`Sum EmptyRuns ${own}`], 1],
    ['analyze-slow', [`Maximum Duration FunctionName=crosswind-wind-speed-child-analyze ${here}`], 48_000],
  ])('%s, as a ticket of the child, where silence is fine', (id, metrics, threshold) => {
    const signal = signalsWith({ toleratedFailurePercentage: 5 }).find((each) => each.id === id);
    expect(signal && readBy(signal.metric)).toEqual(metrics);
    expect(signal).toMatchObject({ stage: 'child', threshold, periods: 1, missingData: 'fine', severity: 'ticket' });
  });

  test('nothing else, and no failing objects where the first one ends the run', () => {
    const ids = (settings: object) => signalsWith(settings).map(({ id }) => id);
    expect(ids({})).toEqual(['objects-failing', 'source-empty', 'analyze-slow']);
    expect(ids({ toleratedFailurePercentage: 0 })).toEqual(['source-empty', 'analyze-slow']);
  });

  test.each(signalsWith({}).map(({ runbook }) => runbook))('with a runbook of five sections: %s', (runbook) => {
    const file = join(import.meta.dirname, '../runbooks', `${runbook}.md`);
    expect(existsSync(file)).toBe(true);
    const titles = [...readFileSync(file, 'utf8').matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(['What it means', 'Who is affected', 'Look here first', 'Fix', 'Prevent']);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isObject, listOf } from '@crosswind/aws/json';
import { synthesized } from './platform.ts';

test('docs/getting-started.md says how many alarms the example has, on how many metrics, and what that costs', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/getting-started.md'), 'utf8');
  const [, alarms, metrics, queries, accounts, least, most] =
    /: (\d+) alarms on (\d+) metrics at \$0\.10; (\d+) alarms on queries at \$0\.10 for each of (\d+) accounts that has data; a dashboard of more than 50 metrics at \$3 +\| +\$([\d.]+) to \$([\d.]+)/
      .exec(text)
      ?.map(Number) ?? [];
  const { stacks } = synthesized();
  const read = stacks
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(
      ({ properties }) =>
        listOf(properties['Metrics'])
          .filter(isObject)
          .filter(({ MetricStat }) => MetricStat !== undefined).length,
    );
  const plain = read.filter((count) => count > 0);
  expect([alarms, metrics]).toEqual([plain.length, plain.reduce((sum, count) => sum + count, 0)]);
  expect([queries, accounts]).toEqual([
    read.length - plain.length,
    stacks.filter(({ name }) => name === 'crosswind-probe').length,
  ]);
  const [perMetric, dashboard] = [0.1, 3];
  expect(least).toBeCloseTo((metrics ?? 0) * perMetric + dashboard);
  expect(most).toBeCloseTo((least ?? 0) + (queries ?? 0) * (accounts ?? 0) * perMetric);
});

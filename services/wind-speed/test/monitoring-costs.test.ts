import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { monitoringCosts } from '../../../cli/costs/monitoring-costs.ts';
import { resourcesOfType } from '../../../policies/rules/rule.ts';
import { costRow, documentedRow } from './cost-row.ts';
import { platform, synthesized } from './platform.ts';

const { stacks } = synthesized();
const costs = monitoringCosts(stacks);

test('docs/operations.md says what watching the six accounts of the example costs', () => {
  expect(platform.accounts).toHaveLength(6);
  expect(documentedRow(6)).toEqual(costRow(6, costs));
});

test('docs/getting-started.md says how many alarms and dashboards the example has, and what watching costs besides the key', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/getting-started.md'), 'utf8');
  const documented =
    /: (\d+) alarms on (\d+) metrics, (\d+) alarms on queries, (\d+) dashboards, [^|]* \| +\$([\d.]+) to \$([\d.]+)/
      .exec(text)
      ?.slice(1)
      .map(Number);
  const quantityOf = (item: string): number => costs.lines.find((line) => line.item === item)?.quantity.most ?? 0;
  const alarms = resourcesOfType(stacks, 'AWS::CloudWatch::Alarm');
  const queries = alarms.filter(({ resource }) => JSON.stringify(resource.properties).includes('SELECT '));
  const key = costs.lines.find(({ item }) => item === 'keys')?.cost.most ?? 0;
  const cents = (value: number): number => Math.round(100 * value) / 100;
  expect(documented).toEqual([
    ...[alarms.length - queries.length, quantityOf('metrics of alarms'), queries.length, quantityOf('dashboards')],
    ...[cents(costs.total.least - key), cents(costs.total.most - key)],
  ]);
});

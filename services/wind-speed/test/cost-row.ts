import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CostLine, type MonitoringCosts } from '../../../cli/costs/monitoring-costs.ts';
import { added, type Quantity } from '../../../cli/costs/quantity.ts';

const dollars = (value: number): string => `$${value.toFixed(2)}`;
const range = ({ least, most }: Quantity): string =>
  dollars(least) === dollars(most) ? dollars(most) : `${dollars(least)} to ${dollars(most)}`;

/** The row of docs/operations.md for so many accounts in all, as its cells. */
export function costRow(count: number, { lines, total, free, accounts }: MonitoringCosts): readonly string[] {
  const of = (isIt: (line: CostLine) => boolean): string => range(added(lines.filter(isIt).map(({ cost }) => cost)));
  const item = (name: string) => of((line) => line.item === name);
  return [
    String(count),
    item('metrics of alarms'),
    item('metrics that alarms on queries analyze'),
    item('dashboards'),
    item('own metrics'),
    of(({ service }) => ['Lambda', 'EventBridge Scheduler', 'CloudWatch Logs'].includes(service)),
    item('keys'),
    range(total),
    range({ least: total.least / accounts, most: total.most / accounts }),
    range(free),
  ];
}

/** The row that the document has for so many accounts. */
export function documentedRow(count: number): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');
  const line = text.split('\n').find((each) => new RegExp(`^\\| ${count} +\\| *\\$`).test(each)) ?? '';
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

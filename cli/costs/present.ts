import { columns } from '../columns.ts';
import type { Terminal } from '../terminal.ts';
import type { MonitoringCosts } from './monitoring-costs.ts';
import type { Quantity } from './quantity.ts';
import { assumedRound } from './usage.ts';

/** Without an exponent: a request costs less than a millionth. */
const price = (value: number): string => `$${value.toLocaleString('en', { maximumFractionDigits: 10 })}`;
const dollars = (value: number): string => `$${value.toFixed(2)}`;
const number = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });

const range = ({ least, most }: Quantity, text: (value: number) => string): string =>
  text(least) === text(most) ? text(most) : `${text(least)} to ${text(most)}`;

/** Table of costs, then their sum, the sum for each account, and the free tier. */
export function costLines(
  { lines, total, free, accounts }: MonitoringCosts,
  { bold }: Terminal['colors'],
): readonly string[] {
  const perAccount = (value: number): string => dollars(value / accounts);
  return [
    ...columns(
      [
        ['a month', 'quantity', 'of', 'at'],
        ...lines.map(({ service, item, unit, quantity, cost, dollars: each }) => [
          range(cost, dollars),
          range(quantity, number),
          `${service}, ${item}`,
          `${price(each)} for each ${unit}`,
        ]),
      ],
      ['right', 'right', 'left', 'left'],
    ),
    '',
    bold(
      `${range(total, dollars)} a month${accounts === 0 ? '' : `, ${range(total, perAccount)} for each of ${accounts} accounts with a probe`}`,
    ),
    `The free tier of the organization takes off up to ${range(free, dollars)}, if nothing else uses it.`,
    'The least: nothing runs and nothing is wrong. The most: every metric has data in every hour.',
    `Assumed: a month of 30 days, prices of us-east-1, ${assumedRound.seconds} s and ${number(assumedRound.logBytes)} bytes of log for each round of a probe.`,
    'Not counted: messages of topics, log lines of workflows and their functions, tax.',
  ];
}

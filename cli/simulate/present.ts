import { duration } from '../duration.ts';
import { chartLine, highest } from '../chart-line.ts';
import { columns } from '../columns.ts';
import { count, countOf } from '../count.ts';
import type { Terminal } from '../terminal.ts';
import type { BillLine } from './billing.ts';
import type { SimulationReport } from './simulation-report.ts';

type Colors = Terminal['colors'];
type Row = readonly [label: string, value: string];

/** A simulation as people read it. */
export function simulationLines(report: SimulationReport, colors: Colors): readonly string[] {
  return [
    '',
    colors.dim('Simulated: durations of functions are modelled, and nothing ran on AWS.'),
    '',
    ...columns(summaryRows(report), ['left', 'left']),
    '',
    colors.bold('Course'),
    ...chart(report),
    '',
    `${colors.bold('Cost')} in US dollars, at list prices of us-east-1`,
    ...columns([...report.cost.lines.map(billRow), ['total', '', '', dollars(report.cost.total)]], billAlignment),
    '',
    ...alarmLines(report, colors),
  ];
}

function summaryRows(report: SimulationReport): readonly Row[] {
  const { stages, peak } = report;
  const failed = report.failedBatches > 0 ? `, ${countOf(report.failedBatches, 'batch', 'batches')} failed` : '';
  return [
    ...stages.flatMap((stage): readonly Row[] => [
      [stage.name, statusOf(stage)],
      ...stage.states.map(({ state, seconds }): Row => [`  ${state}`, inWords(seconds)]),
    ]),
    ['items', `${count(report.items)} in ${countOf(report.batches, 'batch', 'batches')}${failed}`],
    [
      'at most',
      `${count(peak.runningExecutions)} executions and ${count(peak.runningInvocations)} invocations at a time`,
    ],
    ['invocations', `${count(report.invocations)}, ${count(report.failedInvocations)} failed`],
    [
      'throttled',
      `${countOf(report.throttledInvocations, 'invocation')}, ${countOf(report.throttledTransitions, 'state transition')}`,
    ],
    ['retries', count(report.retries)],
  ];
}

function statusOf({ status, seconds, error, cause }: SimulationReport['stages'][number]): string {
  if (status === null) return 'was not started';
  const why = [error, cause].filter((part) => part !== undefined).join(': ');
  return `${status} after ${inWords(seconds)} of simulated time${why === '' ? '' : `, ${why}`}`;
}

const inWords = (seconds: number): string => duration(seconds * 1_000);

/** The course of the run from left to right, each line with its highest value. */
function chart({ series }: SimulationReport): readonly string[] {
  const perSecond = `each second`;
  const shown: readonly (readonly [string, readonly number[]])[] = [
    ['executions', series.runningExecutions],
    ['invocations', series.runningInvocations],
    [`begun ${perSecond}`, series.invocations],
    [`throttled ${perSecond}`, series.throttledInvocations],
    ['open Map Runs', series.openMapRuns],
  ];
  const rows = shown.map(([label, values]) => [label, chartLine(values), count(highest(values))]);
  return columns(rows, ['left', 'left', 'right']);
}

const billAlignment = ['left', 'right', 'left', 'right'] as const;

const billRow = ({ service, item, quantity, unit, dollars: price, cost }: BillLine): readonly string[] => [
  `${service}, ${item}`,
  count(Math.ceil(quantity)),
  `${unit}s at ${price.toFixed(11).replace(/0+$/, '')}`,
  dollars(cost),
];

const dollars = (amount: number): string => amount.toFixed(4);

function alarmLines({ alarms, denied }: SimulationReport, colors: Colors): readonly string[] {
  const fired = alarms.map(({ name, account, afterSeconds }) => `${name} in ${account} after ${inWords(afterSeconds)}`);
  const refused = denied.map(({ action, resource, times }) => `${action} on ${resource}, ${times} times`);
  return [
    `${colors.bold('Alarms')} ${fired.length === 0 ? 'none went off' : ''}`.trimEnd(),
    ...fired.map((line) => `  ${line}`),
    ...(refused.length === 0 ? [] : [colors.bold('Denied'), ...refused.map((line) => `  ${line}`)]),
  ];
}

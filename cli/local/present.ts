import pc from 'picocolors';
import { type Diagnosis, type ExplainedDenial, explanationOf } from './diagnosis.ts';
import { duration } from '../duration.ts';
import type { DeniedCall, Execution } from '@crosswind/sandbox/sandbox';
import type { ResultSeries, ResultTable } from '../../blocks/local.ts';
import { type StageRun, type WorkloadRun, hopsOf } from './run-workload.ts';
import { chartLine } from '../chart-line.ts';
import { columns } from '../columns.ts';
import { count, countOf } from '../count.ts';
import type { Terminal } from '../terminal.ts';
import type { Report } from './report.ts';

type Colors = Terminal['colors'];

/** For text on standard error. */
const plain = pc.createColors(false);

/** Executions that one execution has started, as the tree shows them; the report lists all. */
const mostStarted = 10;

/** Name of an account, as `platform.yaml` gives it. */
export type AccountNames = ReadonlyMap<string, string>;

/** Who ran what in which account, down to the states and the Map Runs: a called stage below its caller. */
export function executionTree({ stages }: WorkloadRun, names: AccountNames, colors: Colors): readonly string[] {
  const head = (execution: Execution): string => {
    const { account, name } = execution.machine;
    const owner = [names.get(account), account].filter((part) => part !== undefined).join(' ');
    return `${colors.bold(name)} in ${owner}  ${statusOf(execution, colors)}`;
  };
  const hops = hopsOf(stages);
  const linesOf = ({ execution, starts }: StageRun): readonly string[] => {
    if (!execution) return [];
    const missing = stages.filter((called) => starts.includes(called.stage) && !called.execution);
    const started = hops.flatMap(({ caller, called }) => (caller.execution === execution ? [called] : []));
    const blocks = [
      ...statesOf(execution).map((state) => [state]),
      ...started.slice(0, mostStarted).map(linesOf),
      ...(started.length > mostStarted ? [[`and ${countOf(started.length - mostStarted, 'more execution')}`]] : []),
      ...missing.map((called) => [`no ${called.stage} was started`]),
    ];
    return [head(execution), ...branches(blocks)];
  };
  return stages.slice(0, 1).flatMap(linesOf);
}

function statusOf({ outcome, startedAt, stoppedAt }: Execution, colors: Colors): string {
  const status = outcome?.status ?? 'RUNNING';
  const after = stoppedAt === undefined ? '' : ` after ${duration(stoppedAt - startedAt)} of simulated time`;
  return `${status === 'SUCCEEDED' ? colors.green(status) : colors.red(status)}${after}`;
}

/** The states that an execution entered, a Map Run with what it did. */
function statesOf({ history, mapRuns }: Execution): readonly string[] {
  const names = history.flatMap((event) => {
    const name = event['stateEnteredEventDetails']?.['name'];
    return typeof name === 'string' ? [name] : [];
  });
  return names.map((name) => {
    const mapRun = mapRuns.find(({ stateName }) => stateName === name);
    if (!mapRun) return name;
    const { itemCounts: items, executionCounts: batches } = mapRun.counts();
    const failed = items.failed + items.timedOut > 0 ? `, ${count(items.failed + items.timedOut)} failed` : '';
    return `${name}: ${countOf(items.total, 'item')} in ${countOf(batches.total, 'batch', 'batches')}${failed}`;
  });
}

/** Blocks of lines as branches of a tree. */
const branches = (blocks: readonly (readonly string[])[]): readonly string[] =>
  blocks.flatMap(([first = '', ...others], index) => {
    const isLast = index === blocks.length - 1;
    return [`${isLast ? '└─' : '├─'} ${first}`, ...others.map((line) => `${isLast ? ' ' : '│'}  ${line}`)];
  });

/** A table of results as lines. */
export function resultLines({ title, columns: heads, rows, notes }: ResultTable, colors: Colors): readonly string[] {
  const table = columns(
    [heads.map(({ heading }) => heading), ...rows],
    heads.map(({ align }) => align),
  );
  return [colors.bold(title), ...table, ...(notes.length > 0 ? ['', ...notes] : [])];
}

/** A series as one line of bars between its first and its last value. */
export function seriesLines({ title, unit, values }: ResultSeries, colors: Colors): readonly string[] {
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last) return [colors.bold(title), 'no values'];
  const end = ({ label, value }: ResultSeries['values'][number]): string => `${label} ${value.toFixed(2)}`;
  return [colors.bold(title), `${end(first)} ${chartLine(values.map(({ value }) => value))} ${end(last)} ${unit}`];
}

/** How many calls were allowed or denied, by action; those with denied calls first. */
export function decisionTable({ decisions }: Report, colors: Colors): readonly string[] {
  const deniedOf = new Map<string, number>();
  for (const { action, times } of decisions.denied) deniedOf.set(action, (deniedOf.get(action) ?? 0) + times);
  const rows = [
    ...[...deniedOf].map(([action, times]) => [count(times), `${action}, denied`]),
    ...Object.entries(decisions.allowed).map(([action, times]) => [count(times), action]),
  ];
  const denied = decisions.denied.reduce((sum, { times }) => sum + times, 0);
  const title = `Permission decisions: every call was checked, ${count(denied)} denied`;
  return [colors.bold(title), ...sideBySide(columns(rows, ['right', 'left']), 2)];
}

/** Text about a run that failed: the events, and the statements that fix it. */
export function diagnosisText({ events, denials }: Diagnosis, colors: Colors): readonly string[] {
  const denied = denials.flatMap((denial) => ['', ...denialLines(denial, colors)]);
  return [colors.bold('What happened'), ...events.map((event) => `- ${event}`), ...denied];
}

/** Text about denied calls, with the statements that fix it. */
const denialLines = (denial: ExplainedDenial, colors: Colors): readonly string[] => [
  `${colors.red('denied')} ${denial.times === 1 ? '' : `${count(denial.times)} times, `}${denial.sentence}`,
  ...fixLines(denial, colors),
];

/** Text about the statements that fix a denied call; none if no statement does. */
export const fixLines = ({ mends }: ExplainedDenial, colors = plain): readonly string[] =>
  mends.flatMap(({ place, statement }) => [
    colors.bold(`To fix it, this statement in the ${place}:`),
    ...JSON.stringify(statement, null, 2)
      .split('\n')
      .map((line) => `  ${line}`),
  ]);

/** Text about a denied call that made a client's deployment fail. */
export function deniedCallLines({ stack, account, region, resource, denied }: DeniedCall): readonly string[] {
  const what = resource ? `${resource.logicalId} (${resource.type})` : 'a request to CloudFormation';
  const where = stack === '' ? '' : `stack ${stack} in `;
  return [`${where}account ${account}, ${region}: ${what} failed`, ...denialLines(explanationOf(denied), plain)];
}

/** Lines of one list in several columns, read downwards. */
function sideBySide(lines: readonly string[], columnCount: number): readonly string[] {
  const height = Math.ceil(lines.length / columnCount);
  const width = Math.max(0, ...lines.map(({ length }) => length)) + 3;
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: columnCount }, (_column, column) => (lines[column * height + row] ?? '').padEnd(width))
      .join('')
      .trimEnd(),
  );
}

import type { Diagnosis } from './diagnosis.ts';
import { duration } from '../duration.ts';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { WorkloadRun } from './run-workload.ts';
import { columns } from '../columns.ts';
import type { Terminal } from '../terminal.ts';
import type { Report, WindSummary } from './report.ts';

type Colors = Terminal['colors'];

/** Name of an account, as `platform.yaml` gives it. */
export type AccountNames = ReadonlyMap<string, string>;

/** Who ran what in which account, down to the states and the Map Run. */
export function executionTree({ parent, child }: WorkloadRun, names: AccountNames, colors: Colors): readonly string[] {
  const head = (execution: Execution): string => {
    const { account, name } = execution.machine;
    const owner = [names.get(account), account].filter((part) => part !== undefined).join(' ');
    return `${colors.bold(name)} in ${owner}  ${statusOf(execution, colors)}`;
  };
  const lines = [head(parent), ...statesOf(parent).map((state) => `├─ ${state}`)];
  if (!child) return [...lines, '└─ no child was started'];
  return [...lines, `└─ ${head(child)}`, ...branches(statesOf(child)).map((line) => `   ${line}`)];
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
    return `${name}: ${countOf(items.total, 'object')} in ${countOf(batches.total, 'batch', 'batches')}${failed}`;
  });
}

const branches = (lines: readonly string[]): readonly string[] =>
  lines.map((line, index) => `${index === lines.length - 1 ? '└─' : '├─'} ${line}`);

/** The windiest stations and the mean over all, in miles per hour. */
export function windTable(summary: WindSummary, generatedData: boolean, colors: Colors): readonly string[] {
  const rows = summary.windiest.map(({ station, name, country, meanMph, meanKnots, days }, index) => [
    String(index + 1),
    station,
    shortened([name, country].filter((part) => part !== '').join(', ')),
    fixed(meanMph),
    fixed(meanKnots),
    String(days),
  ]);
  const title = `Windiest stations${generatedData ? ' (generated data, nobody measured it)' : ''}`;
  const mean = `Mean of ${count(summary.observations)} station days: ${fixed(summary.meanMph)} mph (${fixed(summary.meanKnots)} knots)`;
  const coverage = `${count(summary.stations)} stations with wind, ${count(summary.stationsWithoutWind)} without, ${countOf(summary.failedObjects, 'object')} failed`;
  const table = columns(
    [['', 'station', 'name', 'mph', 'knots', 'days'], ...rows],
    ['right', 'left', 'left', 'right', 'right', 'right'],
  );
  const failures = summary.failures.slice(0, shownFailures).map(({ key, reason }) => `- ${key}: ${reason}`);
  return [colors.bold(title), ...table, '', mean, coverage, ...failures];
}

/** How many calls were allowed, by action. */
export function decisionTable({ decisions }: Report, colors: Colors): readonly string[] {
  const rows = Object.entries(decisions.allowed).map(([action, times]) => [count(times), action]);
  const denied = decisions.denied.reduce((sum, { times }) => sum + times, 0);
  const title = `Permission decisions: every call was checked, ${count(denied)} denied`;
  return [colors.bold(title), ...sideBySide(columns(rows, ['right', 'left']), 2)];
}

/** What happened in a run that failed, and the statements that mend it. */
export function diagnosisText({ events, denials }: Diagnosis, colors: Colors): readonly string[] {
  const denied = denials.flatMap(({ sentence, times, mends }) => [
    '',
    `${colors.red('denied')} ${times === 1 ? '' : `${count(times)} times, `}${sentence}`,
    ...mends.flatMap(({ place, statement }) => [
      colors.bold(`To mend it, this statement in the ${place}:`),
      ...JSON.stringify(statement, null, 2)
        .split('\n')
        .map((line) => `  ${line}`),
    ]),
  ]);
  return [colors.bold('What happened'), ...events.map((event) => `- ${event}`), ...denied];
}

/** Failed objects that are named; the rest stand in summary.json. */
const shownFailures = 3;

/** Room for a name, so that the table fits into 80 columns. */
const nameWidth = 36;

const shortened = (name: string): string => (name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name);

/** `1 object`, `3,000 objects`. */
export const countOf = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

export const count = (value: number): string => value.toLocaleString('en-US');

const fixed = (value: number | null): string => value?.toFixed(2) ?? '-';

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

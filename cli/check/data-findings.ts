import { compared } from '../plan/comparison.ts';
import type { PlanSide } from '../plan/plan-side.ts';
import { plainText } from '../plan/present/line.ts';
import { stopLine, untilDay } from '../plan/present/stop-lines.ts';
import { type Stop, stoppingChanges, stopsOf } from '../plan/stop/stops.ts';
import type { CheckFinding } from './check-report.ts';

/** Findings about data that a change deletes or leaves behind, without an allowance that holds. Pure. */
export function dataFindings(before: PlanSide, after: PlanSide, now: Date): readonly CheckFinding[] {
  const { changes, shape } = compared(before, after);
  const { allowances, accounts } = after.platform;
  const names = new Map([...before.platform.accounts, ...accounts].map(({ id, name }) => [id, name]));
  return stopsOf(stoppingChanges(changes), { allowances, now, shape })
    .filter(({ allowance }) => !allowance)
    .map((stop) => ({
      id: 'DATA-1',
      severity: 'error',
      message: plainText(stopLine(stop, names, now)),
      fix: `Keep the resource. If its data may go, add to \`allowances\` of platform.yaml, with the reason: ${allowancesFor(stop, now)}`,
      paths: stop.places.map(({ path }) => path),
      accounts: [...new Set(stop.places.map(({ account }) => account))],
      count: stop.places.length,
      by: 'head',
    }));
}

/** Entries that are not valid before somebody has written a reason. */
const allowancesFor = ({ allow }: Stop, now: Date): string =>
  allow
    .map((resource) => `- { resource: '${resource.replaceAll("'", "''")}', reason: '', until: '${untilDay(now)}' }`)
    .join(', ');

import type { DecisionModel } from '../../models/decisions.ts';
import { remembered } from '../../models/remembered.ts';
import { timesText } from '../permission-groups.ts';
import { accountIn, type Cell, type CellLine } from './cell.ts';

/** Decisions that were refused, by the ARN of a role that asked or was asked for, and by the accounts of both sides. */
const refusals = remembered((decisions: readonly DecisionModel[]): ReadonlyMap<string, readonly DecisionModel[]> => {
  const byKey = new Map<string, DecisionModel[]>();
  for (const decision of decisions) {
    const { principal, resource, account, verdict } = decision;
    if (verdict === 'allowed') continue;
    for (const key of new Set([principal, resource, `${accountIn(principal)} ${account}`]))
      byKey.set(key, [...(byKey.get(key) ?? []), decision]);
  }
  return byKey;
});

/** A cell with the calls that were refused on each of its lines. */
export function withRefusals(cell: Cell, decisions: readonly DecisionModel[]): Cell {
  const refused = refusals(decisions);
  if (refused.size === 0) return cell;
  const lines = cell.lines.map((line): CellLine => {
    const [caller, called] = [cell.boxes[line.from]?.account ?? '', cell.boxes[line.to]?.account ?? ''];
    const keys = [...(line.role === null ? [] : [line.role]), `${caller} ${called}`];
    const own = [...new Set(keys.flatMap((key) => refused.get(key) ?? []))];
    const denied = timesText(own.map(({ times, isEstimated = false }) => ({ times, isEstimated })));
    return own.length === 0 ? line : { ...line, denied };
  });
  return lines.some(({ denied }) => denied !== null) ? { ...cell, lines } : cell;
}

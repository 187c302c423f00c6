import { dispatchedOf, itemsOf, tallied } from './dispatched.ts';
import type { Dispatched } from './dispatched.ts';
import { newMapRun } from './state.ts';
import type { MapRunState } from './state.ts';

/**
 * State of the run at the start of a redrive. Children that succeeded stay. All others wait to run again, except those
 * that the runtime reports as not redrivable. A run that started no child starts over and reads its items again.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
 */
export function reopened(state: MapRunState, notRedrivable: readonly number[], at: number): MapRunState {
  const redriven = { redriveCount: state.redriveCount + 1, redrivenAt: at };
  if (state.started.length === 0) return { ...newMapRun(state.spec), ...redriven };
  const lost = new Set(notRedrivable);
  const children = dispatchedOf(state);
  const isAgain = (child: Dispatched, index: number): boolean =>
    child.end?.kind !== 'child-succeeded' && !lost.has(index);
  const again = children.flatMap((child, index) => (isAgain(child, index) ? [index] : []));
  const kept = children.map((child, index) => (isAgain(child, index) ? undefined : child));
  const notRedrivables = (weight: (index: number) => number): number =>
    notRedrivable.reduce((sum, index) => sum + weight(index), 0);
  const items = (index: number): number => itemsOf(state, index);
  return {
    ...state,
    ...redriven,
    listing: state.unread !== undefined,
    again: { children: again, next: 0, items: again.reduce((sum, index) => sum + items(index), 0) },
    items: tallied(kept, items),
    executions: tallied(kept, () => 1),
    notRedrivable: { items: notRedrivables(items), executions: notRedrivables(() => 1) },
  };
}

import type { Address } from '../../models/address.ts';
import { firstStart } from '../../models/family.ts';
import { rangeLengths, wholeRange } from '../../models/metric-answers.ts';
import type { Snapshot } from '../../models/snapshot.ts';

const minute = 60_000;

/**
 * The range that an address asks for: up to the time of the strip. Values of the minute that has begun are shown at the
 * newest time, and not at an earlier one, when nobody knew its end.
 *
 * @param whole everything that is known
 */
export function shownRange({ from, to, filter }: Address, models: Snapshot, whole: Snapshot) {
  const isNewest = models.at >= whole.at;
  const latest = (isNewest ? Math.ceil(models.at / minute) : Math.floor(models.at / minute)) * minute;
  const end = Math.min(latest, to ?? Infinity);
  const length = rangeLengths.get(filter ?? '')?.milliseconds;
  const all = wholeRange(firstStart(whole), whole.at);
  const start = from ?? (length === undefined ? all.from : end - length);
  return { from: Math.min(start, end - minute), to: end };
}

import { countOf } from './time-text.ts';
import { shownState } from '../models/family.ts';
import type { Snapshot } from '../models/snapshot.ts';
import type { ClaimModel } from '../models/verdict.ts';

/** The gravest claim that somebody has to read; undefined if all is well. */
export const worstClaim = ({ verdict }: Snapshot): ClaimModel | undefined =>
  verdict.claims.find(({ gravity }) => gravity !== 'well');

/** Sentence that the front page says first. */
export function finding(models: Snapshot): string {
  const { executions, verdict } = models;
  if (executions.length === 0) return 'Nothing ran yet';
  const runs = executions.filter(({ parent }) => parent === null);
  const states = runs.map((run) => shownState(run, verdict));
  const count = (...wanted: readonly string[]): number => states.filter((state) => wanted.includes(state)).length;
  const stuck = count('stuck');
  const failed = count('failed', 'timed out', 'aborted');
  const claim = worstClaim(models);
  const rest = stuck + failed < runs.length ? ', everything else is well' : '';
  if (stuck > 0) return `${countOf(stuck, 'run')} ${stuck === 1 ? 'is' : 'are'} stuck${rest}`;
  if (failed > 0) {
    const why = claim?.gravity === 'stuck' ? ` after it was stuck` : '';
    return `${countOf(failed, 'run')} ended badly${failed === 1 ? why : ''}${rest}`;
  }
  const running = count('running', 'waiting');
  if (running > 0) return `${countOf(running, 'run')} ${running === 1 ? 'is' : 'are'} under way`;
  if (claim) return `${countOf(runs.length, 'run')} succeeded, with something to know`;
  return `${countOf(runs.length, 'run')} succeeded, everything is well`;
}

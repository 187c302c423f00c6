import type { ExecutionModel } from '../models/executions.ts';
import { countOf, countText } from './time-text.ts';
import { statedRuns } from '../models/family.ts';
import { stateOfStatus } from '../models/states.ts';
import type { Snapshot } from '../models/snapshot.ts';
import { type ClaimModel, claimsOf, gravities } from '../models/verdict.ts';

/** The gravest claim that somebody has to read, of two alike the one that goes on, then the newer; undefined if all is well. */
export const worstClaim = ({ verdicts }: Snapshot): ClaimModel | undefined =>
  [...claimsOf(verdicts)]
    .filter(({ gravity }) => gravity !== 'well')
    .sort(
      (one, other) =>
        gravities.indexOf(one.gravity) - gravities.indexOf(other.gravity) ||
        Number(one.until !== null) - Number(other.until !== null) ||
        (other.since ?? 0) - (one.since ?? 0),
    )[0];

/** The execution that a claim is about: its own, or the one whose verdict it is a part of. */
export function executionOf({ executions, verdicts }: Snapshot, claim: ClaimModel): ExecutionModel | undefined {
  const arn = claim.execution ?? verdicts.find(({ claims }) => claims.includes(claim))?.execution;
  return executions.find((execution) => execution.arn === arn);
}

/** Sentence that the front page says first. */
export function finding(models: Snapshot): string {
  if (models.executions.length === 0) return 'Nothing ran yet';
  const runs = statedRuns(models);
  const count = (...wanted: readonly string[]): number => runs.filter(({ state }) => wanted.includes(state)).length;
  const stuck = count('stuck');
  const failed = count('failed', 'timed out', 'aborted');
  const claim = worstClaim(models);
  const rest = stuck + failed < runs.length ? ', everything else is well' : '';
  if (stuck > 0) {
    const also = failed > 0 ? `, ${countText(failed)} ended badly` : rest;
    return `${countOf(stuck, 'run')} ${stuck === 1 ? 'is' : 'are'} stuck${also}`;
  }
  if (failed > 0) {
    const was = claim?.gravity === 'stuck' ? executionOf(models, claim) : undefined;
    if (was && stateOfStatus(was.status) === 'succeeded') {
      return `${countOf(failed, 'run')} ended badly, another succeeded late after it was stuck`;
    }
    const why = was ? ' after it was stuck' : '';
    return `${countOf(failed, 'run')} ended badly${failed === 1 ? why : ''}${rest}`;
  }
  const running = count('running', 'waiting');
  if (running > 0) return `${countOf(running, 'run')} ${running === 1 ? 'is' : 'are'} under way`;
  if (claim) return `${countOf(runs.length, 'run')} succeeded, with something to know`;
  return `${countOf(runs.length, 'run')} succeeded, everything is well`;
}

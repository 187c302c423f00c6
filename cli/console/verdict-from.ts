import type { RunSource } from '@crosswind/console/server/snapshot';
import type { Evidence } from '../why/evidence.ts';
import { isOpen } from '../why/executions.ts';
import { explain } from '../why/explain.ts';
import { quietClaims } from './quiet-run.ts';
import { verdictOf } from './verdict-of.ts';

type Verdict = RunSource['verdicts'][number];

/** Claims that say no more than that a run goes on. */
const plain = ['slow', 'healthy'];

/** Verdict about a run, of a page that shows it while it runs or after. */
export function verdictFrom(evidence: Evidence): Verdict {
  const open = new Set(evidence.executions.filter(isOpen).map(({ arn }) => arn));
  const verdict = verdictOf(explain(evidence), { at: evidence.at, open });
  if (verdict.claims.some(({ gravity }) => gravity === 'stuck')) return verdict;
  const quiet = quietClaims(evidence);
  if (quiet.length === 0) return verdict;
  const claims = [...quiet, ...verdict.claims.filter(({ id }) => !plain.includes(id))];
  return { ...verdict, claims, runbook: verdict.runbook ?? 'docs/runbooks/old-executions.md' };
}

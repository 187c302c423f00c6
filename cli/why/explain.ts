import { claimIds } from './claim-ids.ts';
import { keyDisabled, mayNotAssume, resultsNotWritten, wasDenied } from './claims/access.ts';
import { failedExecution, timedOut } from './claims/ended.ts';
import { functionTimedOut, lambdaThrottled, nearItsTimeout, ranOutOfMemory } from './claims/functions.ts';
import { nothingWrong } from './claims/healthy.ts';
import { capacityNearlyUsed } from './claims/capacity.ts';
import { foundNothing, itemsCountedAsFailed, itemsFailed, waitsInBacklog } from './claims/map-runs.ts';
import { neverStarted, startedTwice } from './claims/schedule.ts';
import { wasStopped } from './claims/stopped.ts';
import { describeThrottled, transitionsThrottled } from './claims/throttling.ts';
import { leftRunning, waitsForWhatEnded } from './claims/waiting.ts';
import { linkIsCut, probeIsDead, probeIsIncomplete } from './claims/watchers.ts';
import { ownDenials } from './denials.ts';
import type { Evidence } from './evidence.ts';
import type { Claim, EvidenceItem, Explanation, Fix } from './explanation.ts';
import { type Finding, type FindReasons, iso } from './finding.ts';

/** Everything that can be the reason; the order is that of `claimIds`. */
const reasons: readonly FindReasons[] = [
  waitsForWhatEnded,
  leftRunning,
  neverStarted,
  wasDenied,
  mayNotAssume,
  wasStopped,
  keyDisabled,
  resultsNotWritten,
  ranOutOfMemory,
  functionTimedOut,
  lambdaThrottled,
  itemsFailed,
  waitsInBacklog,
  transitionsThrottled,
  capacityNearlyUsed,
  describeThrottled,
  nearItsTimeout,
  startedTwice,
  foundNothing,
  itemsCountedAsFailed,
  timedOut,
  failedExecution,
  probeIsDead,
  probeIsIncomplete,
  linkIsCut,
];

/** Says why a run is slow, stuck, throttled or failed, or that nothing is wrong. Everything comes from the evidence. */
export function explain(given: Evidence): Explanation {
  const evidence = { ...given, denied: ownDenials(given) };
  const found = reasons.flatMap((find) => find(evidence));
  const told = found.filter((finding) => !isExplained(finding, found));
  const isOfRun = told.some(({ execution }) => execution !== null) || evidence.asked === null;
  const findings = [...told, ...(isOfRun ? [] : nothingWrong(evidence))].sort(
    (one, other) => gravity(one) - gravity(other),
  );
  return {
    execution: evidence.asked,
    claims: findings.map(claimOf),
    evidence: distinct(findings.flatMap((finding) => finding.evidence)),
    fixes: distinct([...findings.flatMap(({ fixes }) => fixes), ...redrive(evidence)]),
    runbook: runbookOf(findings),
    unread: evidence.unread,
  };
}

/** True for the end of an execution whose reason another claim says. */
const isExplained = ({ id, execution }: Finding, found: readonly Finding[]): boolean =>
  (id === 'failed' || id === 'timed-out') &&
  found.some((other) => other.execution === execution && gravity(other) < claimIds.indexOf('started-twice'));

/** A run that ended without success goes on from where it failed, once the reason is fixed. */
function redrive({ executions: [first] }: Evidence): readonly Fix[] {
  if (!first || !['FAILED', 'TIMED_OUT', 'ABORTED'].includes(first.status)) return [];
  return [{ kind: 'command', command: `aws stepfunctions redrive-execution --execution-arn ${first.arn}` }];
}

const gravity = ({ id }: Finding): number => claimIds.indexOf(id);

function claimOf({ id, sentence, execution, since, until, certain }: Finding): Claim {
  return {
    id,
    sentence,
    execution,
    since: since === null ? null : iso(since),
    for: since === null || until === null ? null : Math.max(0, Math.round((until - since) / 1_000)),
    certain,
  };
}

function runbookOf(findings: readonly Finding[]): string | null {
  const name = findings.find(({ runbook }) => runbook !== null)?.runbook;
  return name === undefined || name === null ? null : `docs/runbooks/${name}.md`;
}

function distinct<Item extends EvidenceItem | Fix>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

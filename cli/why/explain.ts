import { type ClaimId, claimIds } from './claim-ids.ts';
import { keyDisabled, mayNotAssume, resultsNotWritten, wasDenied } from './claims/access.ts';
import { failedExecution, timedOut } from './claims/ended.ts';
import { functionTimedOut, lambdaThrottled, nearItsTimeout, ranOutOfMemory } from './claims/functions.ts';
import { nothingWrong } from './claims/healthy.ts';
import { capacityNearlyUsed } from './claims/capacity.ts';
import { waitsInBacklog } from './claims/backlog.ts';
import { foundNothing, itemsCountedAsFailed, itemsFailed } from './claims/map-runs.ts';
import { neverStarted, startedTwice } from './claims/schedule.ts';
import { wasStopped } from './claims/stopped.ts';
import { describeThrottled, transitionsThrottled } from './claims/throttling.ts';
import { leftRunning, waitsForWhatEnded } from './claims/waiting.ts';
import { linkIsCut, probeIsDead, probeIsIncomplete } from './claims/watchers.ts';
import { ownDenials } from './denials.ts';
import type { Evidence } from './evidence.ts';
import type { Claim, EvidenceItem, Explanation, Fix } from './explanation.ts';
import { type Finding, type FindReasons, iso } from './finding.ts';

/** Everything that can be the reason. Claims are sorted by `claimIds` later. */
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
  const isOfRun = told.some((finding) => !isOfWatchers(finding));
  const findings = [...told, ...(isOfRun ? [] : nothingWrong(evidence, told.length > 0))].sort(
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

/** True for a consequence whose reason another claim about the same execution says. */
const isExplained = ({ id, execution }: Finding, found: readonly Finding[]): boolean =>
  found.some((other) => other.execution === execution && isReason(other, id));

function isReason(other: Finding, id: ClaimId): boolean {
  if (id === 'failed' || id === 'timed-out') return gravity(other) < claimIds.indexOf('started-twice');
  return id === 'failing-items' && (other.id === 'too-many-failed-items' || other.id === 'poisoned-object');
}

/** True for a claim about those who watch the run, and not about the run. */
const isOfWatchers = ({ id }: Finding): boolean => ['probe-dead', 'probe-incomplete', 'link-cut'].includes(id);

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

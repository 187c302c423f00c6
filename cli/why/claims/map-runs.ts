import { ownNamespace } from '../../../blocks/observability/own-metrics.ts';
import { count, countOf } from '../../count.ts';
import type { RecordedMetric } from '../../run-record/recorded-facts.ts';
import type { RecordedExecution, RecordedMapRun } from '../../run-record/run-record.ts';
import { innermost } from '../cause.ts';
import type { Evidence } from '../evidence.ts';
import type { EvidenceItem } from '../explanation.ts';
import { commonest, failureItems, failuresIn, isLost } from '../failures.ts';
import { eventItem, type Finding, type FindReasons, metricItem } from '../finding.ts';

const mapRunsOf = ({ executions }: Evidence) =>
  executions.flatMap((execution) => execution.mapRuns.map((mapRun) => ({ execution, mapRun })));

/** More items failed than a Map Run tolerates, or one batch alone fails. */
export const itemsFailed: FindReasons = (evidence) =>
  mapRunsOf(evidence).flatMap(({ execution, mapRun }) => [
    ...onePoisoned(execution, mapRun, evidence),
    ...tooMany(execution, mapRun, evidence),
    ...tolerated(execution, mapRun, evidence),
  ]);

const failed = ({ items }: RecordedMapRun): number => (items['failed'] ?? 0) + (items['timedOut'] ?? 0);

/** A single batch that fails in every attempt, although the others succeed. */
function onePoisoned(execution: RecordedExecution, mapRun: RecordedMapRun, evidence: Evidence): readonly Finding[] {
  const [batch, ...others] = mapRun.batches.filter(isLost);
  const succeeded = mapRun.executions['succeeded'] ?? 0;
  if (!batch || others.length > 0 || succeeded < 1) return [];
  const failures = ofMapRun(evidence, mapRun).filter((failure) => failure.batch === batch.index);
  const [error, [first]] = commonest(failures);
  if (!first) return [];
  const { items, at, cause } = first;
  const attempts = failures.length;
  // Then other batches have items that fail, too, and only this one has more than a batch may have.
  if (countedAsFailed(execution, evidence) > attempts) return [];
  return [
    {
      id: 'poisoned-object',
      sentence: `one batch of ${mapRun.state} fails ${attempts === 1 ? 'and' : `in all ${attempts} attempts, and`} ${count(succeeded)} succeed: ${error}${cause === '' ? '' : `, ${innermost(cause)}`}; its items: ${named(items)}`,
      execution: execution.arn,
      since: at,
      until: mapRun.stoppedAt ?? evidence.at,
      certain: true,
      evidence: failureItems(failures),
      fixes: [
        {
          kind: 'setting',
          resource: mapRun.arn,
          sentence: `correct or take away what ${named(items)} holds, then redrive`,
        },
      ],
      runbook: 'executions-failed',
    },
  ];
}

/** Items that the functions of an account count as failed; 0 where they count none. */
const countedAsFailed = ({ account }: RecordedExecution, { metrics }: Evidence): number =>
  Math.max(
    0,
    ...metrics.flatMap((part) =>
      part.account === account && metrics.some((all) => isWhole(part, all)) ? [part.value] : [],
    ),
  );

function tooMany(execution: RecordedExecution, mapRun: RecordedMapRun, evidence: Evidence): readonly Finding[] {
  const exceeded = execution.events.find(
    ({ error, at }) => error === 'States.ExceedToleratedFailureThreshold' && at >= mapRun.startedAt,
  );
  if (mapRun.status !== 'FAILED' || !exceeded) return [];
  const [error, failures] = commonest(lostIn(evidence, mapRun));
  const [first] = failures;
  const total = mapRun.items['total'] ?? 0;
  const why = first ? `, most often ${error}: ${innermost(first.cause)}; for example ${named(first.items)}` : '';
  return [
    {
      id: 'too-many-failed-items',
      sentence: `${count(failed(mapRun))} of ${countOf(total, 'item')} of ${mapRun.state} failed, more than it tolerates${why}`,
      execution: execution.arn,
      since: first?.at ?? exceeded.at,
      until: mapRun.stoppedAt ?? evidence.at,
      certain: true,
      evidence: [...eventItem(execution, exceeded), ...failureItems(failures)],
      fixes: [
        {
          kind: 'setting',
          resource: execution.stateMachineArn,
          sentence: `correct these items, or raise ToleratedFailurePercentage of ${mapRun.state}; then redrive`,
        },
      ],
      runbook: 'executions-failed',
    },
  ];
}

/** Items failed, and the run tolerates them. */
function tolerated(execution: RecordedExecution, mapRun: RecordedMapRun, evidence: Evidence): readonly Finding[] {
  const total = mapRun.items['total'] ?? 0;
  if (mapRun.status === 'FAILED' || failed(mapRun) === 0) return [];
  const [error, failures] = commonest(lostIn(evidence, mapRun));
  const [first] = failures;
  return [
    failing(
      execution,
      `${count(failed(mapRun))} of ${countOf(total, 'item')} of ${mapRun.state} failed, which it tolerates${first ? `, most often ${error}: ${innermost(first.cause)}` : ''}`,
      first?.at ?? mapRun.startedAt,
      failureItems(failures),
    ),
  ];
}

/** Functions count items that failed themselves, besides all of them: `FailedObjects` and `Objects`. */
export const itemsCountedAsFailed: FindReasons = ({ metrics, executions }) =>
  metrics.flatMap((metric) => {
    const all = metrics.find((other) => isWhole(metric, other));
    const execution = executions.find(({ account }) => account === metric.account);
    if (!all || !execution) return [];
    const share = ((100 * metric.value) / all.value).toFixed(1);
    const what = all.name.toLowerCase();
    return [
      failing(
        execution,
        `${count(metric.value)} of ${count(all.value)} ${what} could not be read (${share} %), as the functions of the ${execution.stage} count them`,
        metric.first ?? execution.startedAt,
        [metricItem(metric), metricItem(all)],
      ),
    ];
  });

const isWhole = (part: RecordedMetric, whole: RecordedMetric): boolean =>
  part.namespace === ownNamespace &&
  part.value > 0 &&
  whole.value > 0 &&
  part.name === `Failed${whole.name}` &&
  part.account === whole.account &&
  JSON.stringify(part.dimensions) === JSON.stringify(whole.dimensions);

const failing = (
  { arn, stateMachineArn }: RecordedExecution,
  sentence: string,
  since: number,
  evidence: readonly EvidenceItem[],
): Finding => ({
  id: 'failing-items',
  sentence,
  execution: arn,
  since,
  until: null,
  certain: true,
  evidence,
  fixes: [
    {
      kind: 'setting',
      resource: stateMachineArn,
      sentence: 'correct these items before their share is more than the run tolerates',
    },
  ],
  runbook: 'executions-failed',
});

/** A Map Run has read no item, and succeeded. */
export const foundNothing: FindReasons = (evidence) =>
  mapRunsOf(evidence).flatMap(({ execution, mapRun }) => {
    if (mapRun.status !== 'SUCCEEDED' || (mapRun.items['total'] ?? 0) > 0) return [];
    return [
      {
        id: 'source-empty' as const,
        sentence: `${mapRun.state} of the ${execution.stage} found no item, so the results are empty`,
        execution: execution.arn,
        since: mapRun.startedAt,
        until: null,
        certain: true,
        evidence: mapRunItems(execution, mapRun),
        fixes: [
          {
            kind: 'setting' as const,
            resource: execution.stateMachineArn,
            sentence: `look at the bucket and prefix that ${mapRun.state} reads, and at what should have written there`,
          },
        ],
        runbook: null,
      },
    ];
  });

/** Failures of the batches that ended without success. */
function lostIn(evidence: Evidence, mapRun: RecordedMapRun) {
  const lost = new Set(mapRun.batches.filter(isLost).map(({ index }) => index));
  return ofMapRun(evidence, mapRun).filter(({ batch }) => batch !== undefined && lost.has(batch));
}

const ofMapRun = (evidence: Evidence, mapRun: RecordedMapRun) =>
  failuresIn(evidence).filter((failure) => failure.mapRun === mapRun);

/** The start of a Map Run, as evidence. */
export function mapRunItems(execution: RecordedExecution, { startedAt }: RecordedMapRun): readonly EvidenceItem[] {
  return eventItem(
    execution,
    execution.events.find(({ type, at }) => type === 'MapRunStarted' && at >= startedAt),
  );
}

const named = (items: readonly string[]): string =>
  items.length === 0 ? 'not recorded' : items.slice(0, 3).join(', ');

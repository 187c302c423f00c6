import { mapRunMetrics } from '@crosswind/aws/metrics';
import { count } from '../../count.ts';
import { duration } from '../../duration.ts';
import type { RecordedMetric } from '../../run-record/recorded-facts.ts';
import type { RecordedExecution, RecordedMapRun } from '../../run-record/run-record.ts';
import type { Evidence } from '../evidence.ts';
import { type Finding, type FindReasons, metricItem } from '../finding.ts';
import { mapRunItems } from './map-runs.ts';

/** Milliseconds until the first batch that need no explanation: a large bucket is listed first. */
const beginGrace = 60_000;

/** Map Runs have started and do nothing, because too many others are open: one claim for all of a state. */
export const waitsInBacklog: FindReasons = (evidence) =>
  evidence.executions.flatMap((execution) => {
    const waits = execution.mapRuns
      .map((mapRun) => waitOf(mapRun, evidence))
      .filter(({ length }) => length > beginGrace);
    const states = [...new Set(waits.map(({ mapRun }) => mapRun.state))];
    return states.flatMap((state) =>
      inBacklog(
        execution,
        waits.filter(({ mapRun }) => mapRun.state === state),
        evidence,
      ),
    );
  });

interface BacklogWait {
  readonly mapRun: RecordedMapRun;
  /** Milliseconds until it began, or until now. */
  readonly length: number;
}

const waitOf = (mapRun: RecordedMapRun, { at }: Evidence): BacklogWait => ({
  mapRun,
  length: (mapRun.begunAt ?? mapRun.stoppedAt ?? at) - mapRun.startedAt,
});

function inBacklog(
  execution: RecordedExecution,
  waits: readonly BacklogWait[],
  { metrics }: Evidence,
): readonly Finding[] {
  const valueOf = (wanted: string): RecordedMetric | undefined =>
    metrics.find(({ name, account, value }) => name === wanted && account === execution.account && value > 0);
  const backlog = valueOf(mapRunMetrics.backlog.name);
  const limit = valueOf(mapRunMetrics.limit.name);
  const [longest] = waits.toSorted((one, other) => other.length - one.length);
  if (!backlog || !longest) return [];
  const { mapRun, length } = longest;
  const isOpen = mapRun.begunAt === null && mapRun.status === 'RUNNING';
  const what = waits.length === 1 ? `the Map Run ${mapRun.state}` : `${count(waits.length)} Map Runs ${mapRun.state}`;
  const waited = isOpen ? `${waits.length === 1 ? 'has' : 'have'} waited` : 'waited';
  const most = waits.length === 1 ? '' : 'up to ';
  return [
    {
      id: 'map-run-backlog',
      sentence: `${what} of the ${execution.stage} ${waited} ${most}${duration(length)} in the backlog: account ${execution.account} has ${limit ? count(limit.value) : 'all'} Map Runs open that it may have`,
      execution: execution.arn,
      since: mapRun.startedAt,
      until: mapRun.startedAt + length,
      certain: true,
      evidence: [...mapRunItems(execution, mapRun), metricItem(backlog), ...(limit ? [metricItem(limit)] : [])],
      fixes: [
        {
          kind: 'command',
          command: `aws stepfunctions list-executions --status-filter RUNNING --state-machine-arn ${execution.stateMachineArn}`,
        },
        {
          kind: 'setting',
          resource: `account ${execution.account}`,
          sentence: 'stop Map Runs that nobody needs; the backlog then drains by itself',
        },
      ],
      runbook: 'map-run-backlog',
    },
  ];
}

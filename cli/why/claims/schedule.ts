import { duration } from '../../duration.ts';
import type { RecordedSchedule } from '../../run-record/recorded-facts.ts';
import type { Evidence, OtherRun } from '../evidence.ts';
import { denialItem, type Finding, type FindReasons, iso, statementFixes } from '../finding.ts';

/** How long a start may be under way, with its retries; the platform's schedules give up after 30 minutes. */
const startGrace = 60_000;

/** A time of a schedule at which no run was started, after the last one that was. */
export const neverStarted: FindReasons = (evidence) =>
  evidence.isLast ? evidence.schedules.flatMap((schedule) => missing(schedule, evidence)) : [];

function missing(schedule: RecordedSchedule, evidence: Evidence): readonly Finding[] {
  const { arn, stateMachineArn, isEnabled } = schedule;
  const gap = isEnabled
    ? gapOf(schedule, evidence)
    : { why: 'it is disabled', at: schedule.firings.at(-1)?.scheduledAt ?? null };
  if (!gap) return [];
  const denials = evidence.denied.filter(
    ({ action, resource }) => action === 'states:StartExecution' && resource === stateMachineArn,
  );
  const name = arn.split('/').at(-1) ?? arn;
  const when = isEnabled && gap.at !== null ? ` at ${iso(gap.at)}` : '';
  return [
    {
      id: 'never-started',
      sentence: `the schedule ${name} started no run${when}: ${gap.why}`,
      execution: null,
      since: gap.at,
      until: evidence.at,
      certain: true,
      evidence: denials.map((denial) => denialItem(denial, evidence)),
      fixes: [
        ...denials.flatMap(statementFixes),
        isEnabled
          ? { kind: 'command', command: startCommand(stateMachineArn) }
          : { kind: 'setting', resource: arn, sentence: 'set State of the schedule to ENABLED' },
      ],
      runbook: 'runs-late',
    },
  ];
}

/** Command that starts a state machine by hand. */
export const startCommand = (arn: string): string =>
  `aws stepfunctions start-execution --state-machine-arn ${arn} --input '{}'`;

/** The last time at which a schedule should have started a run and did not; nothing before the last run counts. */
function gapOf({ firings, missedAt }: RecordedSchedule, { executions, at }: Evidence) {
  const last = firings.at(-1);
  const begun = executions[0]?.startedAt ?? -Infinity;
  if (missedAt !== null && missedAt > begun) return { at: missedAt, why: 'EventBridge Scheduler did not try' };
  if (!last || last.started.length > 0 || last.scheduledAt < begun) return undefined;
  if (last.outcome === 'under way' && at - last.scheduledAt < startGrace) return undefined;
  const why =
    last.error === null
      ? `EventBridge Scheduler did not try (${last.outcome})`
      : `the start was refused, ${last.error} (${last.outcome})`;
  return { at: last.scheduledAt, why };
}

/** Milliseconds between two starts of one time of a schedule; Scheduler delivers at least once. */
const twinWindow = 60_000;

/** One time of a schedule has started two runs. */
export const startedTwice: FindReasons = (evidence) => {
  const [first] = evidence.executions;
  if (!first) return [];
  const byFirings = evidence.schedules
    .flatMap((schedule) => repeated(schedule))
    .filter(({ started }) => started.includes(first.arn));
  const [told] = byFirings;
  if (told) {
    return [
      twice(
        first.arn,
        told.started.filter((arn) => arn !== first.arn),
        told.scheduledAt,
        evidence,
        true,
      ),
    ];
  }
  if (evidence.source !== 'aws' || first.input.replace(/\s/g, '') !== '{}') return [];
  const twins = evidence.others.filter((other) => isTwin(first, other));
  return twins.length === 0
    ? []
    : [
        twice(
          first.arn,
          twins.map(({ arn }) => arn),
          first.startedAt,
          evidence,
          false,
        ),
      ];
};

function repeated({ firings }: RecordedSchedule) {
  const times = [...new Set(firings.map(({ scheduledAt }) => scheduledAt))];
  return times.flatMap((scheduledAt) => {
    const started = firings.filter((firing) => firing.scheduledAt === scheduledAt).flatMap((firing) => firing.started);
    return new Set(started).size > 1 ? [{ scheduledAt, started: [...new Set(started)] }] : [];
  });
}

const isTwin = (
  run: { readonly arn: string; readonly stateMachineArn: string; readonly startedAt: number },
  other: OtherRun,
): boolean =>
  other.arn !== run.arn &&
  other.stateMachineArn === run.stateMachineArn &&
  (other.input === null || other.input.replace(/\s/g, '') === '{}') &&
  Math.abs(other.startedAt - run.startedAt) <= twinWindow;

function twice(arn: string, others: readonly string[], at: number, evidence: Evidence, certain: boolean): Finding {
  const names = others.map((other) => other.split(':').at(-1) ?? other).join(', ');
  const gaps = evidence.others.filter((other) => others.includes(other.arn)).map(({ startedAt }) => startedAt - at);
  const gap = gaps.length === 0 ? '' : `, ${duration(Math.abs(Math.max(...gaps)))} apart`;
  return {
    id: 'started-twice',
    sentence: `one time of the schedule started two runs${gap}: this one and ${names}`,
    execution: arn,
    since: at,
    until: null,
    certain,
    evidence: [],
    fixes: [
      {
        kind: 'setting',
        resource: arn,
        sentence: 'EventBridge Scheduler delivers at least once: a run must bear a second one, or stop the second',
      },
    ],
    runbook: 'schedule-failed',
  };
}

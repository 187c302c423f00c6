import type { RecordedMetric } from '../run-record/recorded-facts.ts';
import type { RecordedDecision, RecordedDenial, RecordedExecution } from '../run-record/run-record.ts';
import type { ClaimId } from './claim-ids.ts';
import type { Evidence } from './evidence.ts';
import type { EvidenceItem, Fix } from './explanation.ts';

/** One claim, with what it rests on. */
export interface Finding {
  readonly id: ClaimId;
  readonly sentence: string;
  /** The execution that it is about; null for none. */
  readonly execution: string | null;
  /** Milliseconds since the epoch; null where that is not known. */
  readonly since: number | null;
  /** When it was over; the time of the evidence while it goes on. */
  readonly until: number | null;
  /** False if the evidence allows another reason. */
  readonly certain: boolean;
  readonly evidence: readonly EvidenceItem[];
  readonly fixes: readonly Fix[];
  /** Name of a runbook in `docs/runbooks`; null for none. */
  readonly runbook: string | null;
}

/** Looks for one kind of reason, or for a family of them. */
export type FindReasons = (evidence: Evidence) => readonly Finding[];

export type RecordedEvent = RecordedExecution['events'][number];

export const iso = (at: number): string => new Date(Math.floor(at)).toISOString();

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** An event as evidence; nothing for no event. */
export const eventItem = (execution: RecordedExecution, event: RecordedEvent | undefined): readonly EvidenceItem[] =>
  event
    ? [
        {
          kind: 'event',
          id: event.id,
          execution: execution.arn,
          at: iso(event.at),
          type: event.type,
          ...(event.state !== undefined && { state: event.state }),
          ...(event.error !== undefined && { error: event.error }),
        },
      ]
    : [];

/** A denied call as evidence, with the times of its decisions where they are known. */
export function denialItem(denial: RecordedDenial, { decisions }: Pick<Evidence, 'decisions'>): EvidenceItem {
  const { id, principal, action, resource, times } = denial;
  const span = spanOf(denial, decisions);
  return {
    kind: 'decision',
    id,
    verdict: 'denied',
    principal,
    action,
    resource,
    times,
    ...(span && { first: iso(span.first), last: iso(span.last) }),
  };
}

/** First and last decision of a denied call; undefined where the times are not known. */
export function spanOf(
  { id }: RecordedDenial,
  decisions: readonly RecordedDecision[],
): { readonly first: number; readonly last: number } | undefined {
  const groups = decisions.filter(({ denial }) => denial === id);
  if (groups.length === 0) return undefined;
  return {
    first: Math.min(...groups.map(({ first }) => first)),
    last: Math.max(...groups.map(({ last }) => last)),
  };
}

/** A metric as evidence. */
export const metricItem = (metric: RecordedMetric): EvidenceItem => ({
  kind: 'metric',
  id: metricName(metric),
  account: metric.account,
  region: metric.region,
  statistic: metric.statistic,
  value: metric.value,
  first: isoOrNull(metric.first),
  last: isoOrNull(metric.last),
});

const metricName = ({ namespace, name, dimensions }: RecordedMetric): string =>
  [
    namespace,
    name,
    ...Object.entries(dimensions).map(([dimension, value]) => `${dimension}=${value.split(':').at(-1) ?? ''}`),
  ].join(' ');

/** Statements that fix a denied call. */
export const statementFixes = ({ fixes }: RecordedDenial): readonly Fix[] =>
  fixes.map(({ document, of, statement }) => ({ kind: 'statement', place: `${document} of ${of}`, statement }));

/** Lines of the logs of a stage as evidence, the first two that match. */
export const logItems = ({ logs }: Pick<Evidence, 'logs'>, stage: string, pattern: RegExp): readonly EvidenceItem[] =>
  logs
    .filter((group) => group.stage === stage)
    .flatMap(({ name, account, events }) =>
      events
        .filter(({ message }) => pattern.test(message))
        .map(({ id, message }) => ({
          kind: 'log' as const,
          id,
          account,
          group: name,
          message: message.slice(0, longestLine),
        })),
    )
    .slice(0, 2);

/** Characters of a line of a log that a person still reads. */
const longestLine = 300;

import type { InsightsLine } from '../insights/answer-query.ts';
import type { Alarm, MetricCriteria } from './alarm.ts';
import type { StateUpdate } from './alarm-state.ts';
import { type Contributor, contributorId, mostContributors } from './contributor.ts';
import { judge } from './judge.ts';
import { contributorReason, contributorsReason, noContributorData, reasonOf } from './reason.ts';

/** A contributor that goes into ALARM, or back to OK. */
export interface ContributorChange {
  readonly contributor: Contributor;
  readonly to: StateUpdate;
}

interface Judged {
  readonly id: string;
  readonly attributes: Contributor['attributes'];
  readonly isAlarming: boolean;
  readonly reason: () => string;
}

interface Moment {
  readonly starts: readonly number[];
  readonly at: number;
}

/**
 * Evaluates an alarm on several time series ("Missing Data in CloudWatch Metrics Insights alarms"). Each is in ALARM
 * or OK; one that is no longer retrieved is OK, and so is one that others have displaced from the first hundred in ALARM
 * (assumed). The treatment of missing data fills in values of a series, and decides for the alarm if there is no series.
 */
export function evaluateContributors(
  criteria: MetricCriteria,
  lines: readonly InsightsLine[],
  { state, contributors: inAlarm }: Pick<Alarm, 'state' | 'contributors'>,
  moment: Moment,
): { readonly update: StateUpdate | undefined; readonly contributors: readonly ContributorChange[] } {
  const { at } = moment;
  const judged = new Map(
    lines.map((line) => judgedLine(criteria, line, inAlarm, moment)).map((each) => [each.id, each]),
  );
  const alarming = [...judged.values()].filter(({ isAlarming }) => isAlarming);
  const kept = new Map(alarming.slice(0, mostContributors).map((each) => [each.id, each]));
  const left = [...inAlarm.values()].filter(({ id }) => !kept.has(id));
  const contributors = [
    ...left.map((contributor) => {
      const now = judged.get(contributor.id);
      const reason = now && !now.isAlarming ? now.reason() : noContributorData;
      return { contributor, to: { value: 'OK', reason, at } as const };
    }),
    ...[...kept.values()].flatMap(({ id, attributes, reason }) => {
      if (inAlarm.has(id)) return [];
      const to = { value: 'ALARM', reason: reason(), at } as const;
      return [{ contributor: { id, attributes, state: to }, to }];
    }),
  ];
  const update = lines.length === 0 ? withoutSeries(criteria, moment) : withSeries(alarming.length, lines.length, at);
  return { update: update?.value === state.value ? undefined : update, contributors };
}

const withSeries = (alarming: number, all: number, at: number): StateUpdate => ({
  value: alarming > 0 ? 'ALARM' : 'OK',
  reason: contributorsReason(alarming, all),
  at,
});

function judgedLine(
  criteria: MetricCriteria,
  { attributes, points }: InsightsLine,
  inAlarm: ReadonlyMap<string, Contributor>,
  { starts }: Moment,
): Judged {
  const id = contributorId(attributes);
  const values = starts.map((time) => points.get(time));
  const judgement = judge(values, criteria);
  const isAlarming = judgement.state === undefined ? inAlarm.has(id) : judgement.state === 'ALARM';
  const evaluated = judgement.evaluated.map((place) => ({ at: starts[place] ?? NaN, value: values[place] ?? NaN }));
  return { id, attributes, isAlarming, reason: () => contributorReason(criteria, judgement, evaluated) };
}

/** The state of an alarm whose query returns nothing. */
function withoutSeries(criteria: MetricCriteria, { starts, at }: Moment): StateUpdate | undefined {
  const judgement = judge(
    starts.map(() => undefined),
    criteria,
  );
  return judgement.state && { value: judgement.state, reason: reasonOf(criteria, judgement, []), at };
}

import type { AlarmState } from './alarm-state.ts';

/** Treatments of a period without a value (AWS::CloudWatch::Alarm, TreatMissingData). */
export const missingDataTreatments = ['breaching', 'notBreaching', 'ignore', 'missing'] as const;

export interface Criteria {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: (typeof missingDataTreatments)[number];
  readonly isBreaching: (value: number) => boolean;
}

/** State that an alarm derives from its data points, and the data points that it used. */
export interface Judgement {
  /** Undefined where the alarm keeps the state that it is in. */
  readonly state: AlarmState | undefined;
  /** Places in the evaluation range of the data points that were looked at, the newest first. */
  readonly evaluated: readonly number[];
  /** Missing data points that were filled in. */
  readonly filled: number;
}

/**
 * The state that the values of the evaluation range lead to, the oldest value first (CloudWatch User Guide, "Configuring
 * how CloudWatch alarms treat missing data").
 */
export function judge(range: readonly (number | undefined)[], criteria: Criteria): Judgement {
  const present = range.flatMap((value, place) => (value === undefined ? [] : [place])).reverse();
  const evaluated = present.slice(0, criteria.evaluationPeriods);
  const filled = criteria.evaluationPeriods - evaluated.length;
  const breaching = evaluated.filter((place) => criteria.isBreaching(range[place] ?? NaN)).length;
  const oldest = evaluated.at(-1);
  const age = oldest === undefined ? 0 : range.length - oldest;
  return { state: stateOf(criteria, { evaluated: evaluated.length, breaching, filled, age }), evaluated, filled };
}

/** How many data points were looked at, breach, and were filled in; and how many periods ago the oldest one was. */
interface Count {
  readonly evaluated: number;
  readonly breaching: number;
  readonly filled: number;
  readonly age: number;
}

function stateOf({ datapointsToAlarm, treatMissingData }: Criteria, count: Count): AlarmState | undefined {
  if (count.breaching >= datapointsToAlarm) return 'ALARM';
  if (treatMissingData === 'notBreaching') return 'OK';
  if (treatMissingData === 'breaching') return count.breaching + count.filled >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (count.filled === 0 || count.breaching < count.evaluated) return 'OK';
  if (treatMissingData === 'ignore') return undefined;
  if (count.evaluated === 0) return 'INSUFFICIENT_DATA';
  // Of breaching values alone one is old enough: the "premature alarm state", which waits no longer for the others.
  return count.age >= datapointsToAlarm ? 'ALARM' : undefined;
}

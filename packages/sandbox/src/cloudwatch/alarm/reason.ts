import type { MetricCriteria } from './alarm.ts';
import { mostContributors } from './contributor.ts';
import type { Judgement } from './judge.ts';

/** A value of the evaluation range. */
export interface Datapoint {
  /** The start of its period. */
  readonly at: number;
  readonly value: number;
}

const treated = {
  breaching: 'Breaching',
  notBreaching: 'NonBreaching',
  ignore: 'Ignored',
  missing: 'Missing',
} as const;

/** Why an alarm went into a state, in CloudWatch's words; `points` are those that were looked at, the newest first. */
export const reasonOf = (criteria: MetricCriteria, judgement: Judgement, points: readonly Datapoint[]): string =>
  sentenceOf(criteria, judgement, points, (shown) => ` [${shown.map(pointText).join(', ')}]`);

/** Why a contributor went into a state: without the values, but for the latest that breaches ("Alarm events"). */
export function contributorReason(
  criteria: MetricCriteria,
  judgement: Judgement,
  points: readonly Datapoint[],
): string {
  const sentence = sentenceOf(criteria, judgement, points, () => '');
  const latest = points.find(({ value }) => criteria.isBreaching(value));
  if (judgement.state !== 'ALARM' || !latest) return sentence;
  return `${sentence} The most recent datapoint which crossed the threshold: [${pointText(latest)}].`;
}

/** Why a contributor is OK that a query does not retrieve any more (alarms-and-missing-data). */
export const noContributorData = 'No data was returned for this contributor';

/** Why an alarm on contributors is in its state (CloudWatch User Guide, "Limits"; of those that are OK, assumed). */
export const contributorsReason = (alarming: number, all: number): string =>
  `${alarming > mostContributors ? `${mostContributors}+` : `${alarming} out of ${all}`} time series evaluated to ALARM`;

const pointText = ({ at, value }: Datapoint): string => `${double(value)} (${dayAndTime(at)})`;

function sentenceOf(
  criteria: MetricCriteria,
  { state, filled }: Judgement,
  points: readonly Datapoint[],
  show: (points: readonly Datapoint[]) => string,
): string {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData, isBreaching, datapointsGiven } = criteria;
  if (state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${datapoints(evaluationPeriods)} ${were(evaluationPeriods)} unknown.`;
  const missing = `${filled} missing ${noun(filled)} ${were(filled)} treated as [${treated[treatMissingData]}]`;
  if (points.length === 0) {
    return `Threshold Crossed: no datapoints were received for ${periods(evaluationPeriods)} and ${missing}.`;
  }
  const alarming = state === 'ALARM';
  const meant = points.filter(({ value }) => isBreaching(value) === alarming);
  const { length } = meant;
  const comparison = `${were(length)} ${alarming ? '' : 'not '}${criteria.comparison} (${double(criteria.threshold)})`;
  const shown = show(meant);
  const transition = alarming ? 'OK -> ALARM' : 'ALARM -> OK';
  const counted = datapointsGiven
    ? `${length} out of the last ${evaluationPeriods} datapoints${shown} ${comparison} (minimum ${datapoints(alarming ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1)} for ${transition} transition)`
    : `${datapoints(length)}${shown} ${comparison}`;
  const filledIn = filled > 0 && (treatMissingData === 'breaching' || treatMissingData === 'notBreaching');
  return `Threshold Crossed: ${counted}${filledIn ? ` and ${missing}` : ''}.`;
}

/** The reason as data, which goes along with it. */
export function reasonDataOf(criteria: MetricCriteria, points: readonly Datapoint[], at: number): string {
  const { watched, periodSeconds, threshold } = criteria;
  const oldest = points.at(-1);
  return JSON.stringify({
    version: '1.0',
    queryDate: timestamp(at),
    ...(oldest && { startDate: timestamp(oldest.at) }),
    ...(watched.of.kind === 'metric' && { statistic: watched.of.statistic }),
    period: periodSeconds,
    recentDatapoints: points.map(({ value }) => value).reverse(),
    threshold,
    evaluatedDatapoints: points.map((point) => ({ timestamp: timestamp(point.at), value: point.value })),
  });
}

/** A time as CloudWatch writes it into messages: `2026-11-22T10:05:00.000+0000`. */
export const timestamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

const noun = (count: number): string => (count === 1 ? 'datapoint' : 'datapoints');
const were = (count: number): string => (count === 1 ? 'was' : 'were');
const datapoints = (count: number): string => `${count} ${noun(count)}`;
const periods = (count: number): string => `${count} ${count === 1 ? 'period' : 'periods'}`;

/** `22/11/26 10:05:00` */
function dayAndTime(at: number): string {
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  return `${day.slice(2).split('-').reverse().join('/')} ${time.slice(0, 8)}`;
}

/** A number as Java writes a double: `3.0`, `1.0E7`. */
function double(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e7)) return Number.isInteger(value) ? value.toFixed(1) : String(value);
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

import { type AlarmModel, type AlarmRule, type AlarmState, lastState, type MissingData } from '../../models/alarms.ts';
import type { ShownState } from '../../models/states.ts';
import { countOf, countText, durationText } from '../time-text.ts';

/** A state of an alarm in a word. */
export const stateWords: Readonly<Record<AlarmState, string>> = {
  ALARM: 'In alarm',
  INSUFFICIENT_DATA: 'No data',
  OK: 'OK',
};

/** The state that a state of an alarm is drawn as. */
export const shownAs: Readonly<Record<AlarmState, ShownState>> = {
  ALARM: 'failed',
  INSUFFICIENT_DATA: 'waiting',
  OK: 'succeeded',
};

const runbook = /\bRunbook:\s*(\S+)/i;

/** Meaning of an alarm: the first sentence of its description, without the severity before it; its name if it has none. */
export function alarmSentence({ name, description }: Pick<AlarmModel, 'name' | 'description'>): string {
  const text = description
    .replace(runbook, '')
    .replace(/^\s*\[[^\]]*\]\s*/, '')
    .trim();
  const end = /[.!?](?=\s|$)/.exec(text);
  const sentence = end ? text.slice(0, end.index + 1) : text;
  return sentence === '' ? name : sentence;
}

/** Severity that a description begins with in brackets, for example `page`. */
export const alarmSeverity = ({ description }: Pick<AlarmModel, 'description'>): string | undefined =>
  /^\s*\[([^\]]+)\]/.exec(description)?.[1];

/** Where the runbook of an alarm is: its path in the repository if the address shows it, else the address. */
export function runbookOf({ description }: Pick<AlarmModel, 'description'>): string | undefined {
  const address = runbook.exec(description)?.[1];
  return address && (/\/blob\/[^/]+\/(.+)$/.exec(address)?.[1] ?? address);
}

const missingWords: Readonly<Record<MissingData, string>> = {
  breaching: 'A period without data counts as breaching.',
  notBreaching: 'A period without data counts as not breaching.',
  ignore: 'A period without data changes nothing: the alarm keeps its state.',
  missing: 'A period without data counts as missing: without any data the alarm has no state to be in.',
};

/** How a metric is evaluated, as sentences. */
export function evaluationWords(rule: AlarmRule): readonly string[] {
  if (rule.kind === 'composite') return ['It is in alarm while its rule is true.'];
  const { datapointsToAlarm, evaluationPeriods, periodSeconds, comparison, threshold, missing } = rule;
  const length = durationText(periodSeconds * 1_000);
  const which =
    datapointsToAlarm === evaluationPeriods
      ? evaluationPeriods === 1
        ? `the last period of ${length}`
        : `each of the last ${countOf(evaluationPeriods, 'period')} of ${length}`
      : `${datapointsToAlarm} of the last ${countOf(evaluationPeriods, 'period')} of ${length}`;
  return [`It is in alarm if ${which} was ${comparison} of ${threshold}.`, missingWords[missing]];
}

/** Since when an alarm is in its state, and why it may have none. */
export function sinceOf(alarm: AlarmModel): { readonly at: number; readonly isEvaluated: boolean } {
  const last = lastState(alarm);
  return { at: last?.at ?? alarm.createdAt, isEvaluated: last !== undefined };
}

/** Sentence about all alarms. */
export function alarmsFinding(states: readonly AlarmState[]): string {
  if (states.length === 0) return 'There is no alarm';
  const count = (wanted: AlarmState): number => states.filter((state) => state === wanted).length;
  const [inAlarm, withoutData] = [count('ALARM'), count('INSUFFICIENT_DATA')];
  const all = countOf(states.length, 'alarm');
  if (inAlarm > 0) return `${countText(inAlarm)} of ${all} ${inAlarm === 1 ? 'is' : 'are'} in alarm`;
  if (withoutData > 0)
    return `No alarm is in alarm, ${withoutData} of ${all} ${withoutData === 1 ? 'has' : 'have'} no data`;
  return states.length === 1 ? 'The one alarm is OK' : `All ${all} are OK`;
}

import { type AlarmModel, stateOf } from '../../models/alarms.ts';
import { countOf } from '../time-text.ts';
import { alarmSentence } from './alarm-words.ts';

/** Sentence that a change of alarms deserves; undefined for none. Alarms that fire are urgent. */
export function alarmNews(
  before: readonly AlarmModel[],
  after: readonly AlarmModel[],
): { readonly sentence: string; readonly isUrgent: boolean } | undefined {
  const states = new Map(before.map((alarm) => [alarm.arn, stateOf(alarm)]));
  const came = (wanted: string, from?: string) =>
    after.filter((alarm) => {
      const earlier = states.get(alarm.arn);
      return stateOf(alarm) === wanted && earlier !== wanted && (from === undefined || earlier === from);
    });
  const [fired, recovered] = [came('ALARM'), came('OK', 'ALARM')];
  const [first] = fired;
  if (first) {
    const more = fired.length === 1 ? 'In alarm' : `${countOf(fired.length, 'alarm')} are in alarm, the first`;
    return { sentence: `${more}: ${alarmSentence(first)}`, isUrgent: true };
  }
  const [well] = recovered;
  if (!well) return undefined;
  const many = recovered.length === 1 ? 'OK again' : `${countOf(recovered.length, 'alarm')} are OK again, the first`;
  return { sentence: `${many}: ${alarmSentence(well)}`, isUrgent: false };
}

import type { AlarmModel } from '../../models/alarms.ts';
import type { LevelNote } from './annotations.ts';
import { alarmArnsOf, type BodyWidget } from './read-body.ts';

/** Thresholds of the alarms that a widget annotates ("annotations", `alarms`). */
export const alarmLevels = (
  widget: Pick<BodyWidget, 'type' | 'properties'>,
  alarms: ReadonlyMap<string, AlarmModel>,
): readonly LevelNote[] =>
  alarmArnsOf(widget).flatMap((arn): readonly LevelNote[] => {
    const alarm = alarms.get(arn);
    if (alarm?.rule.kind !== 'metric') return [];
    return [{ value: alarm.rule.threshold, to: undefined, axis: 'left', label: alarm.name, color: undefined }];
  });

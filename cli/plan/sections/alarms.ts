import { z } from 'zod';
import type { ResourceChange } from '../diff/resource-change.ts';
import { folded } from '../folded.ts';
import { place, placeOf } from '../place.ts';
import { type ValueChange, valueChange, valuesOf } from '../value-change.ts';

export const alarmChange = z
  .strictObject({
    change: z.enum(['added', 'removed', 'changed']),
    name: z.string().describe('Name of the first alarm; after the change, if it has another one.'),
    values: z.array(valueChange),
    places: z.array(place).min(1),
  })
  .describe('Alarms that change alike.');

export type AlarmChange = z.infer<typeof alarmChange>;

const alarmTypes = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::AnomalyDetector'];

/** True for a change of an alarm. */
export const isOfAlarm = ({ type }: Pick<ResourceChange, 'type'>): boolean => alarmTypes.includes(type);

/** Alarms that change, those that are removed first. One whose name changes is replaced, which counts as changed. */
export function alarmChanges(
  changes: readonly ResourceChange[],
  shape: (text: string) => string,
): readonly AlarmChange[] {
  const text = ({ path, consequence, values }: ResourceChange): string => JSON.stringify([consequence, path, values]);
  const alarms = folded(changes.filter(isOfAlarm), shape, text).map(({ first, all }): AlarmChange => {
    const { consequence, before, after, values } = first;
    const isRemoved = consequence === 'deleted' || consequence === 'left behind';
    return {
      change: consequence === 'created' ? 'added' : isRemoved ? 'removed' : 'changed',
      name: (after ?? before)?.name ?? first.logicalId,
      values: valuesOf(values),
      places: all.map(placeOf),
    };
  });
  const order = ['removed', 'changed', 'added'];
  return [...alarms].sort((one, other) => order.indexOf(one.change) - order.indexOf(other.change));
}

/** Properties of an alarm in words. */
const words: Readonly<Record<string, string>> = {
  ActionsEnabled: 'actions enabled',
  AlarmActions: 'notifies',
  AlarmDescription: 'description',
  AlarmName: 'name',
  AlarmRule: 'rule',
  ComparisonOperator: 'comparison',
  DatapointsToAlarm: 'data points to alarm',
  EvaluationPeriods: 'periods',
  ExtendedStatistic: 'statistic',
  MetricName: 'metric',
  Period: 'seconds of a period',
  Statistic: 'statistic',
  Threshold: 'threshold',
  TreatMissingData: 'missing data is',
};

/** Property of an alarm in words, for example `threshold`. */
export const alarmWord = (path: string): string => words[path] ?? path;

/** A value in an alarm as a reader takes it in: a list on one line, an ARN by its last part. */
export const alarmValue = (value: ValueChange['before']): ValueChange['before'] =>
  typeof value === 'string' && value.startsWith('arn:') ? value.split(':').at(-1) : value;

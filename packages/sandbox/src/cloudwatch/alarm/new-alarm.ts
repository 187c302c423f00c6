import { type JsonObject, listOf, textOf } from '@crosswind/aws/json';
import type { Alarm, Watched } from './alarm.ts';
import type { NewAlarm } from './alarms.ts';

/** Properties of alarms of every kind. */
const common = [
  'AlarmName',
  'AlarmDescription',
  'ActionsEnabled',
  'AlarmActions',
  'OKActions',
  'InsufficientDataActions',
];

/** Properties that only alarms of its kind have: they say what is watched, and tags. */
export const ofItsKind = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !common.includes(name)));

type Deployed = Pick<Alarm, 'name' | 'arn' | 'account' | 'region' | 'properties' | 'createdAt'>;

/** An alarm of its resolved properties, which has not been evaluated yet. */
export function newAlarmOf(deployed: Deployed, watched: Watched): NewAlarm {
  const { name, arn, account, region, properties, createdAt } = deployed;
  const told = (property: string): readonly string[] => listOf(properties[property]).map(textOf);
  const actions = {
    ALARM: told('AlarmActions'),
    OK: told('OKActions'),
    INSUFFICIENT_DATA: told('InsufficientDataActions'),
  };
  const description = properties['AlarmDescription'] === undefined ? undefined : textOf(properties['AlarmDescription']);
  const actionsEnabled = properties['ActionsEnabled'] !== false;
  return { name, account, region, properties, createdAt, arn, description, actionsEnabled, actions, watched };
}

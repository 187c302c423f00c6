import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { RunSource } from '@crosswind/console/server/snapshot';
import type { ConsoleContext } from '../console-context.ts';

type Alarm = ConsoleContext['sandbox']['cloudWatch']['alarms']['all'][number];
type AlarmModel = NonNullable<RunSource['sections']>['alarms'][number];
type AlarmEvent = AlarmModel['history'][number];

/** An alarm of the sandbox as a page shows it. */
export function alarmModel(alarm: Alarm): AlarmModel {
  const { arn, name, account, region, description = '', actionsEnabled, actions, createdAt, history } = alarm;
  return {
    ...{ arn, name, account, region, description, actionsEnabled, actions, createdAt },
    watches: watchedBy(alarm),
    rule: ruleOf(alarm),
    history: history.map(eventOf),
  };
}

/** Accounts that the queries of an alarm name; its own for a metric without one, none for a query of all. */
function watchedBy({ watched, account: own }: Alarm): readonly string[] {
  if (watched.kind === 'composite') return [own];
  return [
    ...new Set(
      watched.queries.flatMap(({ of, account }) => (of.kind === 'metric' ? [account ?? own] : (account ?? []))),
    ),
  ];
}

function ruleOf({ watched, properties }: Alarm): AlarmModel['rule'] {
  if (watched.kind === 'composite') return { kind: 'composite', rule: textOf(properties['AlarmRule']) };
  const { periodSeconds, evaluationPeriods, datapointsToAlarm, comparison, threshold, treatMissingData } = watched;
  const { of } = watched.watched;
  const metric = of.kind === 'metric' ? `${of.metric.namespace} ${of.metric.name}, ${of.statistic}` : of.text;
  return {
    kind: 'metric',
    ...{ metric, periodSeconds, evaluationPeriods, datapointsToAlarm, comparison, threshold },
    missing: treatMissingData,
  };
}

function eventOf(event: Alarm['history'][number]): AlarmEvent {
  switch (event.kind) {
    case 'created':
    case 'changed':
      return { kind: event.kind, at: event.at };
    case 'state': {
      const { value: to, reason, reasonData } = event.to;
      return { kind: 'state', at: event.at, to, reason, points: pointsIn(reasonData) };
    }
    case 'contributor': {
      const { contributor, to, at } = event;
      return { kind: 'contributor', at, name: nameOf(contributor), to: to.value, reason: to.reason };
    }
    case 'action': {
      const { at, action, refused = null, contributor } = event;
      return { kind: 'action', at, action, refused, contributor: contributor ? nameOf(contributor) : null };
    }
  }
}

const nameOf = ({ attributes }: { readonly attributes: Readonly<Record<string, string>> }): string =>
  Object.values(attributes).join(' ');

/** `evaluatedDatapoints` of CloudWatch's reasonData, which has the newest first. */
function pointsIn(reasonData = '{}'): readonly (readonly [number, number])[] {
  return listOf(objectOf(JSON.parse(reasonData) as Json)['evaluatedDatapoints'])
    .flatMap((point) => {
      const { timestamp, value } = objectOf(point);
      // CloudWatch writes the offset of UTC without a colon, which Date.parse does not have to read.
      const at = Date.parse(textOf(timestamp).replace(/\+0000$/, 'Z'));
      return Number.isNaN(at) || typeof value !== 'number' ? [] : [[at, value] as const];
    })
    .reverse();
}

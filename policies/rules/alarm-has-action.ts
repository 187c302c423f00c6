import { listOf } from '@crosswind/aws/json';
import { type Rule, findingAt, resourcesOfType } from './rule.ts';

export const alarmHasAction: Rule = {
  id: 'OBS-2',
  severity: 'error',
  requires: 'Every alarm notifies somebody when it fires.',
  because: 'An alarm without an action changes its color on a page that nobody looks at.',
  fix: 'Turn a signal into the alarm (`SignalAlarm`), or add `alarm.addAlarmAction(new SnsAction(topics.ticket))`.',
  check: ({ stacks }) =>
    resourcesOfType(stacks, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap((alarm) => {
      const { AlarmActions: actions, ActionsEnabled: enabled } = alarm.resource.properties;
      if (enabled === false)
        return [findingAt(alarm, { property: 'Properties.ActionsEnabled', message: 'its actions are disabled' })];
      return listOf(actions).length > 0
        ? []
        : [findingAt(alarm, { property: 'Properties.AlarmActions', message: 'it has no action' })];
    }),
};

import { textOf } from '@crosswind/aws/json';
import { type Rule, findingAt, resourcesOfType } from './rule.ts';

/** AWS::CloudWatch::Alarm, TreatMissingData. */
const choices = ['breaching', 'notBreaching', 'ignore', 'missing'];

export const alarmChoosesMissingData: Rule = {
  id: 'OBS-3',
  severity: 'error',
  requires: 'Every alarm on a metric says what missing data means.',
  because: 'Many metrics are silent while all is well, others when all is lost; the default fits neither.',
  fix: "Set `missingData` on the signal: 'fine' where silence is good, 'unknown' where the metric should always speak.",
  check: ({ stacks }) =>
    resourcesOfType(stacks, 'AWS::CloudWatch::Alarm')
      .filter(({ resource }) => !choices.includes(textOf(resource.properties['TreatMissingData'])))
      .map((alarm) => {
        const given = textOf(alarm.resource.properties['TreatMissingData']) || 'nothing';
        const message = `expected one of ${choices.join(', ')}, got ${given}`;
        return findingAt(alarm, { property: 'Properties.TreatMissingData', message });
      }),
};

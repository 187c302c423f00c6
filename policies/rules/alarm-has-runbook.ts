import { textOf } from '@crosswind/aws/json';
import { type Rule, findingAt, resourcesOfType } from './rule.ts';

export const alarmHasRunbook: Rule = {
  id: 'OBS-1',
  severity: 'error',
  requires: 'Every alarm description names a runbook that exists, of the platform or of a workload.',
  because: 'An engineer who is woken at night reads the alarm first and has nothing else.',
  fix: 'Set `runbook` on the signal and write docs/runbooks/<name>.md or services/<workload>/runbooks/<name>.md.',
  check: ({ stacks, runbooks }) =>
    resourcesOfType(stacks, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap((alarm) => {
      const description = textOf(alarm.resource.properties['AlarmDescription']);
      const named = description.match(/\b(docs|services\/[\w-]+)\/runbooks\/[\w-]+\.md\b/g) ?? [];
      const absent = named.filter((file) => !runbooks.includes(file));
      const finding = (message: string, fix?: string) => [
        findingAt(alarm, { property: 'Properties.AlarmDescription', message, fix }),
      ];
      if (named.length === 0) return finding(`its description names no runbook: ${JSON.stringify(description)}`);
      return absent.flatMap((file) => finding(`${file} does not exist`, `Write ${file}, or name one that exists.`));
    }),
};

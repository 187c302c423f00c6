import type { Json } from '@crosswind/aws/json';
import { alarmHasRunbook } from '../../../policies/rules/alarm-has-runbook.ts';
import { resource, testRule } from './test-rule.ts';

const alarm = (description?: Json) =>
  resource('AWS::CloudWatch::Alarm', 'Alarm', description === undefined ? {} : { AlarmDescription: description });
const finding = { at: 'Alarm', property: 'Properties.AlarmDescription' };

testRule(alarmHasRunbook, {
  runbooks: [
    'docs/runbooks/map-run-backlog.md',
    'docs/runbooks/executions-failed.md',
    'services/rain/runbooks/too-dry.md',
  ],
  valid: {
    'a description that names a runbook': alarm('Backlog. Runbook: docs/runbooks/map-run-backlog.md'),
    'a link to a runbook': alarm(
      '[page] https://github.com/example-org/platform/blob/main/docs/runbooks/executions-failed.md',
    ),
    'a runbook of a workload': alarm('See services/rain/runbooks/too-dry.md'),
    'a description that CloudFormation puts together': alarm({
      'Fn::Join': ['', ['In ', { Ref: 'AWS::Region' }, ': docs/runbooks/map-run-backlog.md']],
    }),
  },
  invalid: {
    'an alarm without description': { ...finding, given: alarm(), message: 'names no runbook: ""' },
    'a description that names none': {
      ...finding,
      given: alarm('It is late'),
      message: 'names no runbook: "It is late"',
    },
    'a runbook that does not exist': {
      ...finding,
      given: alarm('See docs/runbooks/it-is-late.md'),
      message: 'docs/runbooks/it-is-late.md does not exist',
      fix: 'Write docs/runbooks/it-is-late.md',
    },
    'a runbook of another workload': {
      ...finding,
      given: alarm('See services/snow/runbooks/too-dry.md'),
      message: 'services/snow/runbooks/too-dry.md does not exist',
      fix: 'Write services/snow/runbooks/too-dry.md',
    },
    'a second runbook that does not exist': {
      ...finding,
      given: alarm('See docs/runbooks/map-run-backlog.md and docs/runbooks/it-is-late.md'),
      message: 'docs/runbooks/it-is-late.md does not exist',
      fix: 'Write docs/runbooks/it-is-late.md',
    },
    'a name that is only the beginning of a runbook': {
      ...finding,
      given: alarm('See docs/runbooks/map-run.md'),
      message: 'docs/runbooks/map-run.md does not exist',
      fix: 'Write docs/runbooks/map-run.md',
    },
    'a description that only the deployment knows': {
      ...finding,
      given: alarm({ 'Fn::ImportValue': 'description' }),
      message: 'names no runbook: "<unresolved>"',
    },
    'a composite alarm without a runbook': {
      ...finding,
      given: resource('AWS::CloudWatch::CompositeAlarm', 'Alarm', {}),
      message: 'names no runbook',
    },
  },
});

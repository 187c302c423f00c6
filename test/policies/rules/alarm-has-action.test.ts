import type { JsonObject } from '@crosswind/aws/json';
import { alarmHasAction } from '../../../policies/rules/alarm-has-action.ts';
import { resource, testRule } from './test-rule.ts';

const alarm = (properties: JsonObject) => resource('AWS::CloudWatch::Alarm', 'Alarm', properties);
const topic = 'arn:aws:sns:eu-west-1:111111111111:ticket';

testRule(alarmHasAction, {
  valid: {
    'an alarm that publishes to a topic': alarm({ AlarmActions: [topic] }),
    'a topic of the same stack': {
      ...resource('AWS::SNS::Topic', 'Topic', {}),
      ...alarm({ AlarmActions: [{ Ref: 'Topic' }] }),
    },
    'a topic that only the deployment knows': alarm({ AlarmActions: [{ 'Fn::ImportValue': 'topic' }] }),
    'a composite alarm with an action': resource('AWS::CloudWatch::CompositeAlarm', 'Alarm', { AlarmActions: [topic] }),
    'something that is no alarm': resource('AWS::CloudWatch::Dashboard', 'Dashboard', {}),
  },
  invalid: {
    'an alarm without actions': {
      given: alarm({}),
      message: 'it has no action',
      at: 'Alarm',
      property: 'Properties.AlarmActions',
    },
    'an alarm with an empty list of actions': {
      given: alarm({ AlarmActions: [] }),
      message: 'it has no action',
      at: 'Alarm',
      property: 'Properties.AlarmActions',
    },
    'an alarm that only tells when all is well again': {
      given: alarm({ OKActions: [topic] }),
      message: 'it has no action',
      at: 'Alarm',
      property: 'Properties.AlarmActions',
    },
    'an alarm whose actions are disabled': {
      given: alarm({ AlarmActions: [topic], ActionsEnabled: false }),
      message: 'its actions are disabled',
      at: 'Alarm',
      property: 'Properties.ActionsEnabled',
    },
    'a composite alarm without actions': {
      given: resource('AWS::CloudWatch::CompositeAlarm', 'Alarm', {}),
      message: 'it has no action',
      at: 'Alarm',
      property: 'Properties.AlarmActions',
    },
  },
});

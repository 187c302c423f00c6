import { alarmChoosesMissingData } from '../../../policies/rules/alarm-chooses-missing-data.ts';
import { resource, testRule } from './test-rule.ts';

const alarm = (choice?: string) =>
  resource('AWS::CloudWatch::Alarm', 'Alarm', choice === undefined ? {} : { TreatMissingData: choice });
const finding = { at: 'Alarm', property: 'Properties.TreatMissingData' };

testRule(alarmChoosesMissingData, {
  valid: {
    'silence that is good': alarm('notBreaching'),
    'silence that is bad': alarm('breaching'),
    'silence that changes nothing': alarm('ignore'),
    'silence that is shown as such, when somebody chose it': alarm('missing'),
    'a composite alarm, which has no data': resource('AWS::CloudWatch::CompositeAlarm', 'Alarm', {}),
  },
  invalid: {
    'an alarm that leaves it to the default': { ...finding, given: alarm(), message: 'got nothing' },
    'a word that CloudWatch does not know': {
      ...finding,
      given: alarm('notbreaching'),
      message: 'expected one of breaching, notBreaching, ignore, missing, got notbreaching',
    },
  },
});

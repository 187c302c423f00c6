import { Alarm, CfnAlarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { alertTopicName } from './observability-names.ts';
import type { NamedSignal } from './named-signal.ts';
import type { MissingData, Signal } from './signal.ts';

const treatMissingData: Readonly<Record<MissingData, TreatMissingData>> = {
  fine: TreatMissingData.NOT_BREACHING,
  bad: TreatMissingData.BREACHING,
};

/** Adds what the construct does not know yet. */
function addWindow(alarm: Alarm, { calendar: timezone, warmUpMinutes }: Signal): void {
  const resource = alarm.node.defaultChild;
  if (!(resource instanceof CfnAlarm)) throw new Error('expected an alarm to be a resource');
  if (timezone !== undefined) resource.evaluationWindow = { wallClockWindow: { timezone } };
  if (warmUpMinutes !== undefined) resource.warmUpConfiguration = { warmUpPeriodDurationInMinutes: warmUpMinutes };
}

const comparison = {
  'at-or-above': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

/**
 * The alarm of a signal: its description says what happened, where, and which runbook to open.
 * It publishes to the topic of its severity, which `AlertTopics` makes in the same account and region.
 */
export class SignalAlarm extends Construct {
  constructor(scope: Construct, id: string, { signal, alarmName, place, runbookUrl }: NamedSignal) {
    super(scope, id);
    const alarm = new Alarm(this, 'Resource', {
      alarmName,
      alarmDescription: `[${signal.severity}] ${place}: ${signal.title}. Runbook: ${runbookUrl}`,
      metric: signal.metric,
      threshold: signal.threshold,
      comparisonOperator: comparison[signal.fires ?? 'at-or-above'],
      evaluationPeriods: signal.periods,
      treatMissingData: treatMissingData[signal.missingData],
    });
    addWindow(alarm, signal);
    const alarmActionArn = Stack.of(this).formatArn({
      service: 'sns',
      resource: alertTopicName(signal.severity),
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn }) });
  }
}

import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { alertTopicName } from './observability-names.ts';
import type { MissingData, Signal } from './signal.ts';

export interface SignalAlarmProps {
  readonly signal: Signal;
  /** How people call the account that is watched. */
  readonly accountName: string;
  /** Address of the branch that is deployed, for the link to the runbook. */
  readonly branchUrl: string;
  /**
   * Folder of the runbook in the repository.
   *
   * @default docs/runbooks
   */
  readonly runbooks?: string;
}

const treatMissingData: Readonly<Record<MissingData, TreatMissingData>> = {
  fine: TreatMissingData.NOT_BREACHING,
  unknown: TreatMissingData.BREACHING,
};

/**
 * The alarm of a signal: its description says what happened, where, and which runbook to open.
 * It publishes to the topic of its severity, which `AlertTopics` makes in the same account and region.
 */
export class SignalAlarm extends Construct {
  constructor(scope: Construct, id: string, props: SignalAlarmProps) {
    super(scope, id);
    const { signal, accountName, branchUrl, runbooks = 'docs/runbooks' } = props;
    const runbook = `${branchUrl}/${runbooks}/${signal.runbook}.md`;
    const alarm = new Alarm(this, 'Resource', {
      alarmDescription: `[${signal.severity}] ${accountName}: ${signal.title}. Runbook: ${runbook}`,
      metric: signal.metric,
      threshold: signal.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: signal.periods,
      treatMissingData: treatMissingData[signal.missingData],
    });
    const alarmActionArn = Stack.of(this).formatArn({
      service: 'sns',
      resource: alertTopicName(signal.severity),
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn }) });
  }
}

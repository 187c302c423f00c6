import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { WorkloadSignal } from '../../blocks/workload.ts';
import { type WorkloadAddress, stateMachineArn } from '../../blocks/workflow/address.ts';

/**
 * Signal of a count that takes a minute or more. Executions that fail or time out have alarms of the platform's own. The
 * monitoring account watches, so the metric names account and region.
 */
export function slowCount(scope: Construct, address: WorkloadAddress<'front' | 'back'>): WorkloadSignal<'back'> {
  const back = StateMachine.fromStateMachineArn(scope, 'Back', stateMachineArn(address, 'back'));
  return {
    stage: 'back',
    id: 'slow',
    title: 'counting the words of a text took a minute or more',
    metric: back.metricTime({
      statistic: Stats.MAXIMUM,
      period: Duration.minutes(5),
      label: 'milliseconds',
      account: address.accounts.back,
      region: address.region,
    }),
    threshold: 60_000,
    periods: 1,
    // Without an execution there is no data.
    missingData: 'fine',
    severity: 'ticket',
    runbook: 'slow-count',
  };
}

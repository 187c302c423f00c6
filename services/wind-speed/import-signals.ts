import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { WorkloadSignal } from '../../blocks/workload.ts';
import { type WorkloadAddress, furtherStateMachineArn } from '../../blocks/workflow/address.ts';

/** Signals of the import, which people start and nobody waits for. The monitoring account watches the child's. */
export function importSignals(scope: Construct, address: WorkloadAddress<'child'>): readonly WorkloadSignal<'child'>[] {
  const machine = StateMachine.fromStateMachineArn(scope, 'Import', furtherStateMachineArn(address, 'child', 'import'));
  const place = { period: Duration.minutes(5), account: address.accounts.child, region: address.region };
  // Without an execution there is no data.
  const common = { stage: 'child', threshold: 1, periods: 1, missingData: 'fine', severity: 'ticket' } as const;
  return [
    {
      id: 'import-failed',
      title: 'the import failed, so objects are missing in the source bucket',
      metric: machine.metricFailed({ ...place, label: 'failed' }),
      runbook: 'import-failed',
      ...common,
    },
    {
      id: 'import-timed-out',
      title: 'the import ran into its timeout, so objects are missing in the source bucket',
      metric: machine.metricTimedOut({ ...place, label: 'timed out' }),
      runbook: 'import-timed-out',
      ...common,
    },
  ];
}

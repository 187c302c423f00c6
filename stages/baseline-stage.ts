import { Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Account } from '../config/schema.ts';
import { ObservabilityLink } from '../blocks/observability/observability-link.ts';
import { stackProps } from './stack-props.ts';

export interface BaselineStageProps {
  readonly account: Account;
  /** Id of the account that sees the telemetry of this one. */
  readonly monitoringAccount: string;
}

/** Stage of every account that runs tenants, deployed before them: the link to the monitoring account. */
export class BaselineStage extends Stage {
  constructor(scope: Construct, id: string, { account, monitoringAccount }: BaselineStageProps) {
    super(scope, id, { env: { account: account.id, region: account.region } });
    const stack = new Stack(this, 'Baseline', {
      stackName: 'crosswind-baseline',
      description: 'What every account of the platform has',
      ...stackProps(account.region),
    });
    new ObservabilityLink(stack, 'Link', { monitoringAccount });
  }
}

import { Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ObservabilitySink } from '../blocks/observability/observability-sink.ts';
import { stackProps } from './stack-props.ts';

export interface SinkStageProps {
  /** Id of the monitoring account. */
  readonly account: string;
  readonly region: string;
  readonly organizationId: string;
}

/** First stage of the monitoring account, in every region in use: the sink that the other accounts link to. */
export class SinkStage extends Stage {
  constructor(scope: Construct, id: string, { account, region, organizationId }: SinkStageProps) {
    super(scope, id, { env: { account, region } });
    const stack = new Stack(this, 'Sink', {
      stackName: 'crosswind-sink',
      description: 'Where the accounts of the organization show their telemetry',
      ...stackProps(region),
    });
    new ObservabilitySink(stack, 'Sink', { organizationId });
  }
}

import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLink } from 'aws-cdk-lib/aws-oam';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { partitionOf } from '../../aws/partition.ts';
import { sinkReaderRoleName, telemetryTypes } from './observability-names.ts';

export interface ObservabilityLinkProps {
  readonly monitoringAccount: string;
}

/**
 * Shows this account's telemetry to the monitoring account. The sink's ARN is looked up while it is deployed, with a
 * role of the monitoring account that may list sinks and nothing else (docs/decisions/0013-sink-lookup.md).
 */
export class ObservabilityLink extends Construct {
  constructor(scope: Construct, id: string, { monitoringAccount }: ObservabilityLinkProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    const assumedRoleArn = `arn:${partitionOf(region)}:iam::${monitoringAccount}:role/${sinkReaderRoleName}`;
    const call = {
      service: 'OAM',
      action: 'ListSinks',
      assumedRoleArn,
      region,
      outputPaths: ['Items.0.Arn'],
      physicalResourceId: PhysicalResourceId.of('sink'),
    };
    const lookup = new AwsCustomResource(this, 'Sink', {
      resourceType: 'Custom::SinkLookup',
      onCreate: call,
      onUpdate: call,
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [assumedRoleArn] }),
      ]),
      installLatestAwsSdk: false,
      logGroup: new LogGroup(this, 'Logs', {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    new CfnLink(this, 'Resource', {
      sinkIdentifier: lookup.getResponseField('Items.0.Arn'),
      labelTemplate: '$AccountName',
      resourceTypes: telemetryTypes,
    });
  }
}

import { CustomResource, Stack } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLink } from 'aws-cdk-lib/aws-oam';
import { Construct } from 'constructs';
import { partitionOf } from '@crosswind/aws/partition';
import { customResourceTimeout } from '../baseline/custom-resource-timeout.ts';
import { LeastPrivilegeFunction } from '../baseline/least-privilege-function.ts';
import { sinkParameterName, sinkReaderRoleName, telemetryTypes } from './observability-names.ts';

export interface ObservabilityLinkProps {
  readonly monitoringAccount: string;
}

/** Shows this account's telemetry to the monitoring account, whose sink is looked up while this is deployed. */
export class ObservabilityLink extends Construct {
  constructor(scope: Construct, id: string, { monitoringAccount }: ObservabilityLinkProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    const readerRoleArn = `arn:${partitionOf(region)}:iam::${monitoringAccount}:role/${sinkReaderRoleName(region)}`;
    const finder = new LeastPrivilegeFunction(this, 'FindSink', {
      entry: `${import.meta.dirname}/functions/find-sink.entry.ts`,
      description: 'Finds the observability sink of the monitoring account',
      memoryMegabytes: 256,
      timeoutSeconds: 60,
      logRetention: RetentionDays.ONE_MONTH,
      environment: { READER_ROLE_ARN: readerRoleArn, PARAMETER_NAME: sinkParameterName },
    });
    finder.allow(['sts:AssumeRole'], [readerRoleArn]);
    const sink = new CustomResource(this, 'Sink', {
      serviceToken: finder.function.functionArn,
      serviceTimeout: customResourceTimeout,
      resourceType: 'Custom::ObservabilitySink',
      // Looked up again when the monitoring account changes.
      properties: { MonitoringAccount: monitoringAccount },
    });
    new CfnLink(this, 'Resource', {
      sinkIdentifier: sink.getAttString('Arn'),
      labelTemplate: '$AccountName',
      resourceTypes: telemetryTypes,
    });
  }
}

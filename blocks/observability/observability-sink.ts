import { Stack } from 'aws-cdk-lib/core';
import { CfnSink } from 'aws-cdk-lib/aws-oam';
import { OrganizationPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { sinkParameterName, sinkReaderRoleName, telemetryTypes } from './observability-names.ts';

export interface ObservabilitySinkProps {
  readonly organizationId: string;
}

/**
 * Where the accounts of the organization show their telemetry to the monitoring account: one per account and region.
 * Its ARN holds a generated id that nobody knows at synth, so it is left in a parameter, with a role that lets the
 * accounts of the organization read that one parameter (docs/decisions/0013-sink-lookup.md).
 */
export class ObservabilitySink extends Construct {
  constructor(scope: Construct, id: string, { organizationId }: ObservabilitySinkProps) {
    super(scope, id);
    const sink = new CfnSink(this, 'Resource', {
      name: 'crosswind',
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: ['oam:CreateLink', 'oam:UpdateLink'],
            Resource: '*',
            Condition: {
              StringEquals: { 'aws:PrincipalOrgID': organizationId },
              'ForAllValues:StringEquals': { 'oam:ResourceTypes': telemetryTypes },
            },
          },
        ],
      },
    });
    const parameter = new StringParameter(this, 'Parameter', {
      parameterName: sinkParameterName,
      stringValue: sink.attrArn,
      description: 'ARN of the sink that the accounts of the organization link to',
    });
    const reader = new Role(this, 'Reader', {
      roleName: sinkReaderRoleName(Stack.of(this).region),
      description: 'Lets accounts of the organization find the sink that they link to',
      assumedBy: new OrganizationPrincipal(organizationId),
    });
    reader.addToPolicy(new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameter.parameterArn] }));
  }
}

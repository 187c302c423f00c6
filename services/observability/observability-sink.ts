import { CfnSink } from 'aws-cdk-lib/aws-oam';
import { OrganizationPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { sinkReaderRoleName, telemetryTypes } from './observability-names.ts';

export interface ObservabilitySinkProps {
  readonly organizationId: string;
}

/**
 * Where the accounts of the organization show their telemetry to the monitoring account: one per account and region.
 * Its ARN holds a generated id that nobody knows at synth, so a role lets the accounts of the organization look it up.
 */
export class ObservabilitySink extends Construct {
  constructor(scope: Construct, id: string, { organizationId }: ObservabilitySinkProps) {
    super(scope, id);
    new CfnSink(this, 'Resource', {
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
    new Role(this, 'Reader', {
      roleName: sinkReaderRoleName,
      description: 'Lets accounts of the organization find the sink that they link to',
      assumedBy: new OrganizationPrincipal(organizationId),
      inlinePolicies: {
        ListSinks: new PolicyDocument({
          statements: [new PolicyStatement({ actions: ['oam:ListSinks'], resources: ['*'] })],
        }),
      },
    });
  }
}

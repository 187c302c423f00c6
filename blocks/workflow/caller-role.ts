import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type WorkloadAddress, callerRoleName, stateMachineArn } from './address.ts';

export interface CallerRoleProps {
  readonly address: WorkloadAddress;
  /** The stage whose workflow runs as this role and starts others. */
  readonly stage: string;
}

/**
 * The role of a workflow that starts those of other stages: their target roles admit it by its name. The CDK adds the
 * assume, logging and tracing statements, no more.
 */
export class CallerRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { address, stage }: CallerRoleProps) {
    super(scope, id);
    // `Default` leaves no trace in logical ids and lets waivers find the role, whatever the construct is called.
    this.role = new Role(this, 'Default', {
      roleName: callerRoleName(address, stage),
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': address.accounts[stage] },
          ArnEquals: { 'aws:SourceArn': stateMachineArn(address, stage) },
        },
      }),
    });
  }
}

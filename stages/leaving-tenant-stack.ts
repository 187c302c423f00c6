import { Stack } from 'aws-cdk-lib/core';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { ObservedTenant } from './observed.ts';
import { stackProps } from './stack-props.ts';

export interface LeavingTenantStackProps {
  readonly region: string;
  readonly tenant: Pick<ObservedTenant, 'name'>;
}

/**
 * The stack of a tenant's alarms and dashboard at its last release: they go, since nothing else would delete them. A
 * template has at least one resource, so that the stack says why it is empty.
 */
export class LeavingTenantStack extends Stack {
  constructor(scope: Construct, id: string, { region, tenant }: LeavingTenantStackProps) {
    super(scope, id, {
      stackName: `crosswind-observability-${tenant.name}`,
      description: `Nothing watches ${tenant.name} any more`,
      ...stackProps(region),
    });
    new StringParameter(this, 'State', {
      parameterName: `/crosswind/tenants/${tenant.name}/state`,
      stringValue: 'removed',
      description: 'The tenant leaves; see docs/onboarding.md, Remove a tenant',
    });
  }
}

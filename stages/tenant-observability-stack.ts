import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Workload } from '../blocks/workload.ts';
import { observabilityStackName } from '../config/deployed-stacks.ts';
import { SignalAlarm } from '../blocks/observability/signal-alarm.ts';
import { tenantDashboard } from '../blocks/observability/tenant-dashboard.ts';
import type { ObservedTenant } from './observed.ts';
import { stackProps } from './stack-props.ts';
import { tenantPanels } from './tenant-panels.ts';

export interface TenantObservabilityStackProps {
  readonly region: string;
  readonly tenant: ObservedTenant;
  readonly workload: Workload;
  readonly hasDashboard: boolean;
  /** Address of the branch that is deployed, for links to runbooks. */
  readonly branchUrl: string;
}

/** The alarms of a tenant in one region, and its dashboard, which has those of all regions. */
export class TenantObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: TenantObservabilityStackProps) {
    const { region, tenant, workload, hasDashboard, branchUrl } = props;
    super(scope, id, {
      stackName: observabilityStackName(tenant.name),
      description: `Alarms and dashboard of ${tenant.name}`,
      ...stackProps(region),
    });
    const panels = tenantPanels(this, tenant, workload, branchUrl);
    const accounts = panels.accounts.filter(({ watchedBy }) => watchedBy === tenant.name);
    const alarms = [...accounts, ...panels.machines, ...panels.own].flatMap((panel) => panel.alarms);
    for (const alarm of alarms.filter((each) => each.region === region)) new SignalAlarm(alarm.scope, alarm.id, alarm);
    if (hasDashboard) tenantDashboard(this, 'Dashboard', { tenant: tenant.name, branchUrl, ...panels });
  }
}

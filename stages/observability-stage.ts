import { Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Workloads, workloadNamed } from '../blocks/workload.ts';
import { alertsStackName, fleetStackName } from '../config/deployed-stacks.ts';
import { accountNamed } from '../config/deployments.ts';
import type { Platform } from '../config/schema.ts';
import { AlertTopics } from '../blocks/observability/alert-topics.ts';
import { fleetDashboard } from '../blocks/observability/fleet-dashboard.ts';
import { fleetSignals } from '../blocks/observability/fleet-signals.ts';
import { runbookUrl } from '../blocks/observability/named-signal.ts';
import { alarmNameOf, fleetOwner } from '../blocks/observability/observability-names.ts';
import { SignalAlarm } from '../blocks/observability/signal-alarm.ts';
import { regionsInUse } from '../config/regions-in-use.ts';
import { stackProps } from './stack-props.ts';
import { tagAll } from './tag-all.ts';
import { LeavingTenantStack } from './leaving-tenant-stack.ts';
import { leavingTenants, type ObservedTenant, observedTenants } from './observed.ts';
import { TenantObservabilityStack } from './tenant-observability-stack.ts';

export interface ObservabilityStageProps {
  readonly platform: Platform;
  /** The workload of every tenant. */
  readonly workloads: Workloads;
  /** An alarm watches metrics of its own region, so there is a stage of this kind in every region in use. */
  readonly region: string;
}

/**
 * Stage of the monitoring account, deployed when the links work: topics, alarms and dashboards across all accounts. It has a stack per tenant, because a template is limited to 500 resources and 1 MB. Dashboards belong to no
 * region, so they are all in the platform's own.
 */
export class ObservabilityStage extends Stage {
  constructor(scope: Construct, id: string, { platform, workloads, region }: ObservabilityStageProps) {
    super(scope, id, { env: { account: accountNamed(platform, platform.monitoring.account).id, region } });
    tagAll(this);
    const alerts = new Stack(this, 'Alerts', {
      stackName: alertsStackName,
      description: 'Topics that alarms notify',
      ...stackProps(region),
    });
    new AlertTopics(alerts, 'Alerts', {
      subscribers: platform.monitoring,
      pipelineAccount: region === platform.region ? accountNamed(platform, platform.pipeline.account).id : undefined,
    });
    const tenants = observedTenants(platform);
    const hasDashboards = region === platform.region;
    const isHere = ({ machines }: ObservedTenant): boolean =>
      hasDashboards || machines.some((machine) => machine.region === region);
    for (const tenant of tenants.filter(isHere)) {
      const stack = new TenantObservabilityStack(this, `Tenant-${tenant.name}`, {
        tenant,
        workload: workloadNamed(workloads, tenant.workload),
        hasDashboard: hasDashboards,
        branchUrl: branchUrlOf(platform),
        region,
      });
      // Alarms name the topics.
      stack.addStackDependency(alerts);
    }
    for (const tenant of leavingTenants(platform).filter(isHere)) {
      new LeavingTenantStack(this, `Tenant-${tenant.name}`, { tenant, region });
    }
    this.fleet(platform, region, alerts);
  }

  /** Alarms that watch all accounts of the region, and in the platform's own the dashboard of all. */
  private fleet(platform: Platform, region: string, alerts: Stack): void {
    const stack = new Stack(this, 'Fleet', {
      stackName: fleetStackName,
      description: 'Alarms and dashboard of all accounts',
      ...stackProps(region),
    });
    stack.addStackDependency(alerts);
    const branchUrl = branchUrlOf(platform);
    for (const signal of fleetSignals) {
      new SignalAlarm(stack, signal.id, {
        ...{ signal, alarmName: alarmNameOf(fleetOwner, signal), place: 'fleet', region },
        runbookUrl: runbookUrl(branchUrl, signal),
      });
    }
    if (region === platform.region)
      fleetDashboard(stack, 'Fleet', 'crosswind-fleet', { regions: regionsInUse(platform), branchUrl });
  }
}

const branchUrlOf = ({ pipeline: { repository, branch } }: Platform): string =>
  `https://github.com/${repository}/blob/${branch}`;

import { Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { accountNamed, type Deployment, plannedWaves } from '../config/deployments.ts';
import type { Account, Platform } from '../config/schema.ts';
import { AlertTopics } from '../services/observability/alert-topics.ts';
import { type AccountPanel, fleetDashboard, tenantDashboard } from '../services/observability/dashboards.ts';
import { ObservabilityLink } from '../services/observability/observability-link.ts';
import { ObservabilitySink } from '../services/observability/observability-sink.ts';
import { SignalAlarm } from '../services/observability/signal-alarm.ts';
import {
  accountSignals,
  executionMetrics,
  executionSignals,
} from '../services/observability/step-functions-signals.ts';
import { childStateMachineArn, parentStateMachineArn } from '../services/workflow/address.ts';
import { stackSynthesizer } from './bootstrap.ts';
import { addressOf } from './workload-stages.ts';

export interface MonitoringStageProps {
  readonly platform: Platform;
}

/** What the monitoring account gets first: the sink that the others link to. */
export class SinkStage extends Stage {
  constructor(scope: Construct, id: string, { platform }: MonitoringStageProps) {
    super(scope, id, { env: { account: monitoringAccount(platform).id, region: platform.region } });
    const stack = new Stack(this, 'Sink', {
      stackName: 'crosswind-sink',
      description: 'Where the accounts of the organization show their telemetry',
      synthesizer: stackSynthesizer(platform.region),
      terminationProtection: true,
    });
    new ObservabilitySink(stack, 'Sink', { organizationId: platform.organization.id });
  }
}

export interface BaselineStageProps extends MonitoringStageProps {
  readonly account: Account;
}

/** What every account that runs a tenant gets before its tenants: the link to the monitoring account. */
export class BaselineStage extends Stage {
  constructor(scope: Construct, id: string, { platform, account }: BaselineStageProps) {
    super(scope, id, { env: { account: account.id, region: platform.region } });
    const stack = new Stack(this, 'Baseline', {
      stackName: 'crosswind-baseline',
      description: 'What every account of the platform has',
      synthesizer: stackSynthesizer(platform.region),
      terminationProtection: true,
    });
    new ObservabilityLink(stack, 'Link', { monitoringAccount: monitoringAccount(platform).id });
  }
}

/** What the monitoring account gets last, when the links work: topics, alarms and dashboards across all accounts. */
export class ObservabilityStage extends Stage {
  constructor(scope: Construct, id: string, { platform }: MonitoringStageProps) {
    super(scope, id, { env: { account: monitoringAccount(platform).id, region: platform.region } });
    const stack = new Stack(this, 'Observability', {
      stackName: 'crosswind-observability',
      description: 'Topics, alarms and dashboards of the platform',
      synthesizer: stackSynthesizer(platform.region),
      terminationProtection: true,
    });
    const topics = new AlertTopics(stack, 'Alerts', { subscribers: platform.monitoring });
    const repositoryUrl = `https://github.com/${platform.pipeline.repository}`;
    const panels = workloadAccounts(platform).map(({ name, id: account }) => ({
      name,
      account,
      region: platform.region,
    }));
    for (const panel of panels) {
      for (const signal of accountSignals(panel)) {
        new SignalAlarm(stack, `${panel.name}-${signal.id}`, {
          signal,
          accountName: panel.name,
          topics,
          repositoryUrl,
        });
      }
    }
    fleetDashboard(stack, 'Fleet', 'crosswind-fleet', panels);
    this.tenants(stack, platform, panels, topics, repositoryUrl);
  }

  private tenants(
    stack: Stack,
    platform: Platform,
    panels: readonly AccountPanel[],
    topics: AlertTopics,
    repositoryUrl: string,
  ): void {
    for (const tenant of platform.tenants) {
      const watched = plannedWaves(platform).flatMap(({ wave, deployments }) =>
        deployments
          .filter((deployment) => deployment.tenant === tenant)
          .flatMap((deployment) => stateMachinesOf(deployment, wave.name, platform.region)),
      );
      const machines = watched.map((machine) => ({ ...machine, metrics: executionMetrics(stack, machine) }));
      for (const machine of machines) {
        for (const signal of executionSignals(machine, machine.metrics)) {
          new SignalAlarm(stack, signal.id, { signal, accountName: machine.accountName, topics, repositoryUrl });
        }
      }
      const accounts = new Set<string>(watched.map(({ account }) => account));
      const own = panels.filter(({ account }) => accounts.has(account));
      tenantDashboard(stack, `Tenant-${tenant.name}`, `crosswind-${tenant.name}`, machines, own);
    }
  }
}

function stateMachinesOf(deployment: Deployment, wave: string, region: string) {
  const address = addressOf(deployment, region);
  const watched = (role: 'parent' | 'child', arn: string) => ({
    id: `${deployment.tenant.name}-${wave}-${role}`,
    title: `${deployment.tenant.name} ${role} (${wave})`,
    arn,
    account: deployment[role].id,
    accountName: deployment[role].name,
    region,
  });
  return [watched('parent', parentStateMachineArn(address)), watched('child', childStateMachineArn(address))];
}

/** Every account that runs a tenant, once, in the order of the file. */
export function workloadAccounts(platform: Platform): readonly Account[] {
  const used = new Set<Account>(
    plannedWaves(platform).flatMap(({ deployments }) => deployments.flatMap(({ parent, child }) => [parent, child])),
  );
  return platform.accounts.filter((account) => used.has(account));
}

const monitoringAccount = (platform: Platform): Account => accountNamed(platform, platform.monitoring.account);

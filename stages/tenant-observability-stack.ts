import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Workload } from '../blocks/workload.ts';
import { observabilityStackName } from '../config/deployed-stacks.ts';
import { addressOf } from '../config/deployments.ts';
import { tenantDashboard } from '../blocks/observability/dashboards.ts';
import { lambdaSignals } from '../blocks/observability/lambda-signals.ts';
import { accountOwner, alarmNameOf, stageOwner } from '../blocks/observability/observability-names.ts';
import { silentSignal } from '../blocks/observability/probe-signals.ts';
import { lateSignal, scheduleSignals } from '../blocks/observability/schedule-signals.ts';
import type { Signal } from '../blocks/observability/signal.ts';
import { SignalAlarm } from '../blocks/observability/signal-alarm.ts';
import { accountSignals, executionMetrics, executionSignals } from '../blocks/observability/step-functions-signals.ts';
import type { ObservedPlacement, ObservedTenant } from './observed.ts';
import { stackProps } from './stack-props.ts';

export interface TenantObservabilityStackProps {
  readonly region: string;
  readonly tenant: ObservedTenant;
  readonly workload: Workload;
  readonly hasDashboard: boolean;
  /** Address of the branch that is deployed, for links to runbooks. */
  readonly branchUrl: string;
}

/** The alarms of a tenant in one region, and its dashboard. */
export class TenantObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: TenantObservabilityStackProps) {
    const { region, tenant, hasDashboard, branchUrl } = props;
    super(scope, id, {
      stackName: observabilityStackName(tenant.name),
      description: `Alarms and dashboard of ${tenant.name}`,
      ...stackProps(region),
    });
    const isHere = (watched: { readonly region: string }): boolean => watched.region === region;
    const alarm = (owner: string, place: string, signal: Signal): void => {
      const alarmName = alarmNameOf(owner, signal);
      new SignalAlarm(this, `${owner}-${signal.id}`, { signal, alarmName, place, branchUrl });
    };
    const machines = tenant.machines.map((machine) => ({ ...machine, metrics: executionMetrics(this, machine) }));
    for (const account of tenant.watchedAccounts.filter(isHere)) {
      const signals = [...accountSignals(account), ...lambdaSignals(account)];
      for (const signal of account.isProbed ? [...signals, silentSignal(account)] : signals) {
        alarm(accountOwner(tenant.name, account.name), account.name, signal);
      }
    }
    for (const machine of machines.filter(isHere)) {
      const { id: owner, accountName, metrics, title, due } = machine;
      const late = due ? [lateSignal(title, metrics.succeeded, due)] : [];
      for (const signal of [...executionSignals(machine, metrics, machine), ...late]) alarm(owner, accountName, signal);
    }
    for (const schedule of tenant.schedules.filter(isHere)) {
      for (const signal of scheduleSignals(this, schedule)) alarm(schedule.id, schedule.accountName, signal);
    }
    for (const placement of tenant.placements.filter(({ deployment }) => isHere(deployment))) {
      this.ownSignals(placement, props);
    }
    if (hasDashboard) tenantDashboard(this, 'Dashboard', `crosswind-${tenant.name}`, machines, tenant.accounts);
  }

  /** Alarms on what the workload itself says is worth watching. */
  private ownSignals({ wave, deployment }: ObservedPlacement, props: TenantObservabilityStackProps): void {
    const { workload, tenant, branchUrl } = props;
    const scope = new Construct(this, `Signals-${wave}`);
    const { settings, stages } = deployment;
    for (const { stage, ...signal } of workload.signals(scope, { address: addressOf(deployment), wave, settings })) {
      const place = stages.find(({ name }) => name === stage)?.account.name ?? '';
      new SignalAlarm(scope, `${stage}-${signal.id}`, {
        signal: { ...signal, title: `${tenant.name} ${stage} (${wave}): ${signal.title}` },
        alarmName: alarmNameOf(stageOwner({ tenant: tenant.name, wave }, stage), signal),
        ...{ place, branchUrl },
        runbooks: `services/${tenant.workload}/runbooks`,
      });
    }
  }
}

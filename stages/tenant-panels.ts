import { Construct } from 'constructs';
import { addressOf } from '../config/deployments.ts';
import { lambdaSignals } from '../blocks/observability/lambda-signals.ts';
import { type NamedSignal, runbookUrl } from '../blocks/observability/named-signal.ts';
import { accountOwner, alarmNameOf, stageOwner } from '../blocks/observability/observability-names.ts';
import { silentSignal } from '../blocks/observability/probe-signals.ts';
import { lateSignal, scheduleSignals } from '../blocks/observability/schedule-signals.ts';
import type { Signal } from '../blocks/observability/signal.ts';
import { accountSignals, executionMetrics, executionSignals } from '../blocks/observability/step-functions-signals.ts';
import type { AccountPanel, OwnPanel, StateMachinePanel } from '../blocks/observability/tenant-dashboard.ts';
import type { Workload } from '../blocks/workload.ts';
import type {
  ObservedAccount,
  ObservedPlacement,
  ObservedSchedule,
  ObservedStateMachine,
  ObservedTenant,
} from './observed.ts';

/** An alarm of a tenant, and where its construct is. */
export interface TenantAlarm extends NamedSignal {
  readonly scope: Construct;
  readonly id: string;
}

/** Everything that is watched for a tenant, in all its regions, and the alarms on each part. */
export interface TenantPanels {
  readonly machines: readonly (StateMachinePanel & WithAlarms)[];
  /** Schedules, then what the workload itself says is worth watching, wave by wave. */
  readonly own: readonly (OwnPanel & WithAlarms)[];
  readonly accounts: readonly (AccountPanel & ObservedAccount & WithAlarms)[];
}

interface WithAlarms {
  readonly alarms: readonly TenantAlarm[];
}

interface Place {
  readonly owner: string;
  readonly place: string;
  readonly region: string;
}

/** @param branchUrl address of the branch that is deployed */
export function tenantPanels(
  scope: Construct,
  tenant: ObservedTenant,
  workload: Workload,
  branchUrl: string,
): TenantPanels {
  const alarmsOf = ({ owner, place, region }: Place, signals: readonly Signal[]): readonly TenantAlarm[] =>
    signals.map((signal) => ({
      ...{ scope, id: `${owner}-${signal.id}`, alarmName: alarmNameOf(owner, signal), signal },
      ...{ place, region, runbookUrl: runbookUrl(branchUrl, signal) },
    }));
  const machine = (observed: ObservedStateMachine) => {
    const { id: owner, accountName: place, region, title, due } = observed;
    const metrics = executionMetrics(scope, observed);
    const late = due ? [lateSignal(title, metrics.succeeded, due)] : [];
    const signals = [...executionSignals(observed, metrics, observed), ...late];
    return { ...observed, metrics, alarms: alarmsOf({ owner, place, region }, signals) };
  };
  const schedule = (observed: ObservedSchedule) => {
    const { id: owner, accountName: place, region, title } = observed;
    return { title, region, graphs: [], alarms: alarmsOf({ owner, place, region }, scheduleSignals(scope, observed)) };
  };
  const account = (observed: ObservedAccount) => {
    const { name: place, region, isProbed, watchedBy } = observed;
    const silent = isProbed ? [silentSignal(observed)] : [];
    const owner = accountOwner(watchedBy, place);
    const signals = [...accountSignals(observed), ...lambdaSignals(observed), ...silent];
    return { ...observed, alarms: alarmsOf({ owner, place, region }, signals) };
  };
  return {
    machines: tenant.machines.map(machine),
    own: [
      ...tenant.schedules.map(schedule),
      ...tenant.placements.map((placement) => ownPanel(scope, tenant, placement, workload, branchUrl)),
    ],
    accounts: tenant.accounts.map(account),
  };
}

function ownPanel(
  parent: Construct,
  tenant: ObservedTenant,
  { wave, deployment }: ObservedPlacement,
  workload: Workload,
  branchUrl: string,
): OwnPanel & WithAlarms {
  const scope = new Construct(parent, `Signals-${wave}`);
  const { settings, stages, region } = deployment;
  const props = { address: addressOf(deployment), wave, settings };
  const title = `${tenant.name} (${wave})`;
  const alarms = workload.signals(scope, props).map(({ stage, ...given }): TenantAlarm => {
    const signal = { ...given, title: `${tenant.name} ${stage} (${wave}): ${given.title}` };
    return {
      ...{ scope, id: `${stage}-${signal.id}`, signal, region },
      alarmName: alarmNameOf(stageOwner({ tenant: tenant.name, wave }, stage), signal),
      place: stages.find(({ name }) => name === stage)?.account.name ?? '',
      runbookUrl: runbookUrl(branchUrl, signal, `services/${tenant.workload}/runbooks`),
    };
  });
  return { title, region, graphs: workload.graphs(props), alarms };
}

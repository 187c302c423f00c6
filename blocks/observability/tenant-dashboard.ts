import type { Dashboard, IMetric, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { alarmStates, dashboard, graph, heading, hours, text } from './dashboard-widgets.ts';
import { fleetSignal, fleetSignals } from './fleet-signals.ts';
import { freshPeriod, hoursSince } from './freshness.ts';
import type { NamedSignal } from './named-signal.ts';
import { alarmArn, alarmNameOf } from './observability-names.ts';
import {
  type executionMetrics,
  mapRunMetrics,
  stateTransitionMetrics,
  type WatchedAccount,
} from './step-functions-signals.ts';
import { firstLook } from './tenant-first-look.ts';

interface Panel {
  /** Alarms that are drawn with it. */
  readonly alarms: readonly NamedSignal[];
}

/** An account on a dashboard. */
export interface AccountPanel extends Panel, WatchedAccount {
  readonly name: string;
}

/** A state machine on a dashboard. */
export interface StateMachinePanel extends Panel {
  readonly title: string;
  /** Stage and wave, for example `parent (dev)`. */
  readonly short: string;
  readonly metrics: ReturnType<typeof executionMetrics>;
  readonly region: string;
}

/** Graphs that a workload defines for one wave, or a schedule with nothing but its alarms. */
export interface OwnPanel extends Panel {
  readonly title: string;
  readonly region: string;
  readonly graphs: readonly { readonly title: string; readonly metrics: readonly IMetric[] }[];
}

export interface TenantDashboardProps {
  readonly tenant: string;
  /** Workflows, wave by wave. */
  readonly machines: readonly StateMachinePanel[];
  readonly own: readonly OwnPanel[];
  readonly accounts: readonly AccountPanel[];
  /** Address of the branch that is deployed. */
  readonly branchUrl: string;
}

/**
 * Dashboard of a tenant: what to look at first, the states of its alarms, how fresh its results are, its workflows wave by
 * wave, its own metrics, and the accounts it runs in. Each alarm is drawn as a line over the metric that it watches.
 */
export function tenantDashboard(scope: Construct, id: string, props: TenantDashboardProps): Dashboard {
  const { tenant, machines, own, accounts } = props;
  const alarms = [...machines, ...own, ...accounts].flatMap((panel) => panel.alarms);
  const regions = [...new Set(machines.map(({ region }) => region))];
  return dashboard(scope, id, `crosswind-${tenant}`, [
    [text(firstLook({ ...props, alarms }), 9)],
    alarmStates(scope, `Alarms of ${tenant}`, arnsOf(scope, alarms)),
    alarmStates(
      scope,
      'Alarms that watch all accounts: open one to see which account or tenant is concerned',
      arnsOf(
        scope,
        regions.flatMap((region) => fleetSignals.map((it) => ({ alarmName: alarmNameOf('fleet', it), region }))),
      ),
    ),
    ...regions.map((region) =>
      freshness(
        region,
        machines.filter((machine) => machine.region === region),
      ),
    ),
    ...machines.map(machineRow),
    ...own.flatMap(ownRows),
    ...accounts.flatMap(accountRows),
  ]);
}

const arnsOf = (scope: Construct, alarms: readonly Pick<NamedSignal, 'alarmName' | 'region'>[]): readonly string[] =>
  alarms.map(({ alarmName, region }) => alarmArn(alarmName, { account: Stack.of(scope).account, region }));

function freshness(region: string, machines: readonly StateMachinePanel[]): readonly IWidget[] {
  const since = (name: 'started' | 'succeeded') =>
    machines.map(({ metrics, short }, index) =>
      hoursSince(`${name}${index}`, metrics[name].with({ period: freshPeriod }), short, 'one'),
    );
  const height = 3 + 2 * Math.ceil(machines.length / 4);
  return [
    hours('Hours since a run succeeded', region, since('succeeded'), height),
    hours('Hours since a run started', region, since('started'), height),
  ];
}

function machineRow({ title, metrics, region, alarms }: StateMachinePanel): readonly IWidget[] {
  const { started, succeeded, failed, timedOut, aborted, throttled, time } = metrics;
  const signals = alarms.map(({ signal }) => signal);
  const perDay = signals.filter(({ fires }) => fires === 'below');
  return [
    graph(
      `${title}: executions`,
      region,
      [started, succeeded, failed, timedOut, aborted, throttled],
      signals.filter((signal) => !perDay.includes(signal)),
    ),
    graph(`${title}: time`, region, [time]),
    ...perDay.map((signal) => graph(`${title}: ${signal.id}`, region, [signal.metric], [signal])),
  ];
}

const ownRows = ({ title, region, graphs, alarms }: OwnPanel): readonly (readonly IWidget[])[] =>
  graphs.length + alarms.length === 0
    ? []
    : [
        [heading(title)],
        [
          ...graphs.map((own) => graph(own.title, region, own.metrics)),
          ...alarms.map(({ signal }) => graph(signal.id, region, [signal.metric], [signal])),
        ],
      ];

function accountRows(panel: AccountPanel): readonly (readonly IWidget[])[] {
  const { name, region, alarms } = panel;
  const mapRuns = mapRunMetrics(panel);
  const transitions = stateTransitionMetrics(panel);
  return [
    [heading(name)],
    [
      graph(`${name}: open Map Runs`, region, [mapRuns.open, mapRuns.limit], [fleetSignal('open-map-runs')]),
      graph(`${name}: Map Run backlog`, region, [mapRuns.backlog], [fleetSignal('map-run-backlog')]),
      graph(`${name}: state transitions`, region, [transitions.consumed, transitions.refill, transitions.bucket]),
      graph(
        `${name}: throttled state transitions`,
        region,
        [transitions.throttled],
        [fleetSignal('transitions-throttled')],
      ),
      ...alarms.map(({ signal }) => graph(`${name}: ${signal.id}`, region, [signal.metric], [signal])),
    ],
  ];
}

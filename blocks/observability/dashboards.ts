import { Duration, Stack } from 'aws-cdk-lib/core';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Row,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import {
  type executionMetrics,
  mapRunMetrics,
  stateTransitionMetrics,
  type WatchedAccount,
} from './step-functions-signals.ts';

/** An account on a dashboard. */
export interface AccountPanel extends WatchedAccount {
  readonly name: string;
}

/** A state machine on a dashboard. */
export interface StateMachinePanel {
  readonly title: string;
  readonly metrics: ReturnType<typeof executionMetrics>;
  readonly region: string;
}

/** Lines that a graph can hold and still be read. */
const linesPerGraph = 20;

/**
 * Dashboard of all accounts and their workflows, with a line for each. It shows how close they are to the limits of
 * Step Functions, and which executions did not succeed. Its size grows by a line per account, not by a row.
 */
export function fleetDashboard(
  scope: Construct,
  id: string,
  name: string,
  accounts: readonly AccountPanel[],
  machines: readonly StateMachinePanel[],
): Dashboard {
  const region = Stack.of(scope).region;
  const lines = (title: string, metrics: readonly IMetric[]): GraphWidget => graph(title, region, metrics);
  const accountRow = (panels: readonly AccountPanel[]): readonly IWidget[] => [
    lines('Open Map Runs, percent of the limit', panels.map(openMapRunUsage)),
    lines(
      'Map Runs in the backlog',
      panels.map((panel) => mapRunMetrics(panel).backlog.with({ label: panel.name })),
    ),
    lines('State transitions, percent of the refill', panels.map(stateTransitionUsage)),
    lines(
      'Throttled state transitions',
      panels.map((panel) => stateTransitionMetrics(panel).throttled.with({ label: panel.name })),
    ),
  ];
  const machineRow = (panels: readonly StateMachinePanel[]): readonly IWidget[] => [
    lines(
      'Executions started',
      panels.map(({ title, metrics }) => metrics.started.with({ label: title })),
    ),
    lines('Executions that did not succeed', panels.map(unsuccessful)),
  ];
  return dashboard(scope, id, name, [
    ...chunked(accounts, linesPerGraph).map(accountRow),
    ...chunked(machines, linesPerGraph).map(machineRow),
  ]);
}

/** Identifiers of metrics are unique within a graph. */
const openMapRunUsage = (panel: AccountPanel, index: number): IMetric => {
  const { open, limit } = mapRunMetrics(panel);
  return new MathExpression({
    expression: `100 * open${index} / limit${index}`,
    usingMetrics: { [`open${index}`]: open, [`limit${index}`]: limit },
    label: panel.name,
    period: Duration.minutes(1),
  });
};

const stateTransitionUsage = (panel: AccountPanel, index: number): IMetric => {
  const { consumed, refill } = stateTransitionMetrics(panel);
  return new MathExpression({
    // The refill rate is per second, consumption is a sum over the period.
    expression: `100 * consumed${index} / (PERIOD(consumed${index}) * refill${index})`,
    usingMetrics: { [`consumed${index}`]: consumed, [`refill${index}`]: refill },
    label: panel.name,
    period: Duration.minutes(1),
  });
};

const unsuccessful = ({ title, metrics }: StateMachinePanel, index: number): IMetric => {
  const [failed, timedOut, aborted] = [`failed${index}`, `timedOut${index}`, `aborted${index}`];
  return new MathExpression({
    expression: `SUM([${failed}, ${timedOut}, ${aborted}])`,
    usingMetrics: { [failed]: metrics.failed, [timedOut]: metrics.timedOut, [aborted]: metrics.aborted },
    label: title,
    period: Duration.minutes(5),
  });
};

const chunked = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** The workflows of one tenant, wave by wave, and the accounts they run in. */
export function tenantDashboard(
  scope: Construct,
  id: string,
  name: string,
  machines: readonly StateMachinePanel[],
  accounts: readonly AccountPanel[],
): Dashboard {
  const executions = machines.map(({ title, metrics, region }) => [
    graph(`${title}: executions`, region, [
      metrics.started,
      metrics.succeeded,
      metrics.failed,
      metrics.timedOut,
      metrics.aborted,
      metrics.throttled,
    ]),
    graph(`${title}: time`, region, [metrics.time]),
  ]);
  return dashboard(scope, id, name, [...executions, ...accounts.flatMap(accountRows)]);
}

function accountRows(panel: AccountPanel): readonly (readonly IWidget[])[] {
  const { name, region } = panel;
  const mapRuns = mapRunMetrics(panel);
  const transitions = stateTransitionMetrics(panel);
  return [
    [new TextWidget({ markdown: `## ${name}`, width: 24, height: 1 })],
    [
      graph(`${name}: open Map Runs`, region, [mapRuns.open, mapRuns.limit]),
      graph(`${name}: Map Run backlog`, region, [mapRuns.backlog]),
      graph(`${name}: state transitions`, region, [transitions.consumed, transitions.refill, transitions.bucket]),
      graph(`${name}: throttled state transitions`, region, [transitions.throttled]),
    ],
  ];
}

function dashboard(scope: Construct, id: string, name: string, rows: readonly (readonly IWidget[])[]): Dashboard {
  const built = new Dashboard(scope, id, { dashboardName: name, defaultInterval: Duration.hours(12) });
  for (const row of rows) built.addWidgets(new Row(...row));
  return built;
}

const graph = (title: string, region: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({
    title,
    region,
    left: [...left],
    width: left.length > 4 ? 12 : 6,
    height: 6,
    leftYAxis: { min: 0 },
  });

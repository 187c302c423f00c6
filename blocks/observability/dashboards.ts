import { Duration } from 'aws-cdk-lib/core';
import { Dashboard, GraphWidget, type IMetric, type IWidget, Row, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
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

/** A dashboard of rows that shows the last hours first. */
export function dashboard(
  scope: Construct,
  id: string,
  name: string,
  rows: readonly (readonly IWidget[])[],
): Dashboard {
  const built = new Dashboard(scope, id, { dashboardName: name, defaultInterval: Duration.hours(12) });
  for (const row of rows) built.addWidgets(new Row(...row));
  return built;
}

/** A graph of metrics, as wide as its lines need. */
export const graph = (title: string, region: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({
    title,
    region,
    left: [...left],
    width: left.length > 4 ? 12 : 6,
    height: 6,
    leftYAxis: { min: 0 },
  });

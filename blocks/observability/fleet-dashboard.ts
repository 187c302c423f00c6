import { Duration } from 'aws-cdk-lib/core';
import { type Dashboard, type IWidget, MathExpression, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { dashboard, graph } from './dashboards.ts';

/** Lines that a graph can hold and still be read. */
const linesPerGraph = 10;

/** Metrics of Step Functions without dimensions, by account ("Step Functions metrics using CloudWatch"). */
const perAccount = { schema: 'SCHEMA("AWS/States")', groupBy: 'AWS.AccountId', minutes: 1 };

/** Those of the token bucket of state transitions. */
const perBucket = {
  schema: `SCHEMA("AWS/States", ServiceMetric) WHERE ServiceMetric = 'StateTransition'`,
  groupBy: 'AWS.AccountId',
  minutes: 1,
};

/** Those of a workflow; its ARN holds account and name. */
const perWorkflow = { schema: 'SCHEMA("AWS/States", StateMachineArn)', groupBy: 'StateMachineArn', minutes: 5 };

interface Highest {
  readonly title: string;
  readonly aggregation: 'MAX' | 'SUM';
  readonly metric: string;
  readonly of: typeof perAccount;
}

const accounts: readonly Highest[] = [
  { title: 'Open Map Runs, of 1,000', aggregation: 'MAX', metric: 'ApproximateOpenMapRunCount', of: perAccount },
  { title: 'Map Runs in the backlog', aggregation: 'MAX', metric: 'ApproximateMapRunBacklogSize', of: perAccount },
  { title: 'State transitions', aggregation: 'SUM', metric: 'ConsumedCapacity', of: perBucket },
  { title: 'Throttled state transitions', aggregation: 'SUM', metric: 'ThrottledEvents', of: perBucket },
];

const workflows: readonly Highest[] = [
  { title: 'Executions started', aggregation: 'SUM', metric: 'ExecutionsStarted', of: perWorkflow },
  { title: 'Executions that failed', aggregation: 'SUM', metric: 'ExecutionsFailed', of: perWorkflow },
  { title: 'Executions that timed out', aggregation: 'SUM', metric: 'ExecutionsTimedOut', of: perWorkflow },
  { title: 'Executions that were aborted', aggregation: 'SUM', metric: 'ExecutionsAborted', of: perWorkflow },
];

/**
 * Dashboard of all accounts and their workflows: the highest in each region, whatever the number of accounts. Each graph
 * is one query of Metrics Insights, so it grows with regions only (docs/decisions/0032-fleet-of-fixed-size.md).
 */
export function fleetDashboard(scope: Construct, id: string, name: string, regions: readonly string[]): Dashboard {
  return dashboard(scope, id, name, regions.flatMap(regionRows));
}

const regionRows = (region: string): readonly (readonly IWidget[])[] => [
  [new TextWidget({ markdown: heading(region), width: 24, height: 2 })],
  accounts.map((highest) => queryGraph(highest, region)),
  workflows.map((highest) => queryGraph(highest, region)),
];

const heading = (region: string): string =>
  [
    `## ${region}: the ${linesPerGraph} highest`,
    'Accounts are called by their ids in `platform.yaml`. The dashboards `crosswind-<tenant>` have every account and workflow of a tenant.',
  ].join('\n');

/** CloudWatch answers one query in a widget ("Metrics Insights quotas"). */
function queryGraph({ title, aggregation, metric, of }: Highest, region: string): IWidget {
  const { schema, groupBy, minutes } = of;
  const expression = `SELECT ${aggregation}(${metric}) FROM ${schema} GROUP BY ${groupBy} ORDER BY ${aggregation}() DESC LIMIT ${linesPerGraph}`;
  // The CDK labels it with the whole query; `${LABEL}` is the value that a line is grouped by ("Using dynamic labels").
  return graph(title, region, [
    new MathExpression({ expression, label: '${LABEL}', period: Duration.minutes(minutes) }),
  ]);
}

import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { type Dashboard, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { defaultQuotas } from '@crosswind/aws/quotas';
import { alarmStates, dashboard, graph, heading, hours, type Threshold, text } from './dashboard-widgets.ts';
import { type FleetQuery, ofFunctions, ofTransitions, ofWorkflows, queried } from './fleet-query.ts';
import { fleetQueries, fleetSignals } from './fleet-signals.ts';
import { freshDays, freshPeriod, hoursSince } from './freshness.ts';
import { runbookUrl } from './named-signal.ts';
import { alarmArn, alarmNameOf } from './observability-names.ts';
import { transitionsUsed } from './step-functions-signals.ts';

/** Lines that a graph can hold and still be read. */
const highest = { most: 10, order: 'highest' } as const;

/** Lines that freshness is computed of: all that CloudWatch answers ("Metrics Insights quotas"), those with least first. */
const stalest = { most: 500, order: 'lowest' } as const;

/** A label for lines: the value that a line is grouped by ("Using dynamic labels"). The CDK would take the whole query. */
const group = '${LABEL}';

/** Counts of workflows, besides those that alarms watch. */
const workflows: readonly (readonly [title: string, metric: string])[] = [
  ['Executions started', 'ExecutionsStarted'],
  ['Executions that failed', 'ExecutionsFailed'],
  ['Executions that timed out', 'ExecutionsTimedOut'],
  ['Executions that were aborted', 'ExecutionsAborted'],
];

export interface FleetDashboardProps {
  readonly regions: readonly string[];
  /** Address of the branch that is deployed. */
  readonly branchUrl: string;
}

/**
 * Dashboard of all accounts and their workflows: the highest in each region, whatever the number of accounts. Each graph
 * is one query of Metrics Insights, so it grows with regions only (docs/decisions/0032-fleet-of-fixed-size.md).
 */
export function fleetDashboard(
  scope: Construct,
  id: string,
  name: string,
  { regions, branchUrl }: FleetDashboardProps,
): Dashboard {
  const { account } = Stack.of(scope);
  const alarms = regions.flatMap((region) =>
    fleetSignals.map((signal) => alarmArn(alarmNameOf('fleet', signal), { account, region })),
  );
  return dashboard(scope, id, name, [
    [text(firstLook(branchUrl), 8)],
    alarmStates(scope, 'Alarms that watch all accounts', alarms),
    ...regions.flatMap(regionRows),
  ]);
}

const firstLook = (branchUrl: string): string =>
  [
    '# All accounts: what to look at first',
    `1. **Alarms**: open one to see the accounts and tenants that are concerned. ${fleetQueries.map((it) => `[${it.id}](${runbookUrl(branchUrl, it)})`).join(', ')}.`,
    `1. **Results too old?** The ${highest.most} workflows that were longest without a run. Of up to ${stalest.most} workflows in a region, those that ran in the last ${freshDays} days are counted: one that has not run since is not there at all, and only its alarm \`late\` says so. Hours are whole ones.`,
    '1. **Slow, and no error?** Throttled state transitions, Map Runs in the backlog, and concurrency of Lambda.',
    '1. **Which tenant?** The ARN of a workflow names it. Its dashboard `crosswind-<tenant>` has every account and workflow, and what to look at next.',
    '',
    `Each graph shows the ${highest.most} highest in its region, accounts by their ids in \`platform.yaml\`, however many there are.`,
  ].join('\n');

function regionRows(region: string): readonly (readonly IWidget[])[] {
  return [
    [heading(region)],
    [
      fresh('Hours since a run succeeded', 'ExecutionsSucceeded', region),
      fresh('Hours since a run started', 'ExecutionsStarted', region),
    ],
    [
      ...fleetQueries.map((signal) => queryGraph(signal.short, region, signal.query, [signal])),
      shareOfTransitions(region),
      queryGraph('Concurrent invocations, with what is reserved', region, {
        ...{ aggregation: 'MAX', metric: 'ClaimedAccountConcurrency', from: ofFunctions },
        ...{ groupBy: ['AWS.AccountId'], minutes: 1 },
      }),
    ],
    workflows.map(([title, metric]) => queryGraph(title, region, ofWorkflow(metric, 5))),
  ];
}

const ofWorkflow = (metric: string, minutes: number): FleetQuery => ({
  ...{ aggregation: 'SUM', metric, from: ofWorkflows },
  ...{ groupBy: ['StateMachineArn'], minutes },
});

/** CloudWatch answers one query in a widget ("Metrics Insights quotas"). */
const queryGraph = (title: string, region: string, query: FleetQuery, alarms: readonly Threshold[] = []): IWidget =>
  graph(title, region, [queried(query, group, highest)], alarms);

function fresh(title: string, metric: string, region: string): IWidget {
  const runs = queried(ofWorkflow(metric, freshPeriod.toMinutes()), group, stalest);
  return hours(title, region, [hoursSince('runs', runs, 'hours:', 'several')], 9);
}

/**
 * State transitions against the default quota of the region. The quota of an account is a metric, too, but metric math
 * divides no array of series by another: a tenant's dashboard has the share of what its accounts have.
 */
function shareOfTransitions(region: string): IWidget {
  const { refillPerSecond } = defaultQuotas(region).stateTransitions;
  const consumed = queried(
    { aggregation: 'SUM', metric: 'ConsumedCapacity', from: ofTransitions, groupBy: ['AWS.AccountId'], minutes: 1 },
    group,
    highest,
  );
  const share: IMetric = new MathExpression({
    expression: `100 * consumed / ${60 * refillPerSecond}`,
    usingMetrics: { consumed },
    label: 'percent:',
    period: Duration.minutes(1),
  });
  return graph(
    `State transitions, percent of the default ${refillPerSecond} a second`,
    region,
    [share],
    [transitionsUsed],
  );
}

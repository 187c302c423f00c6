import { Duration } from 'aws-cdk-lib/core';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';

/** Query of Metrics Insights over all accounts of a region (CloudWatch User Guide, "Metrics Insights query components"). */
export interface FleetQuery {
  readonly aggregation: 'MAX' | 'SUM';
  readonly metric: string;
  /** Namespace and dimensions, and where one of them has to have a value. */
  readonly from: string;
  /** Labels of a line. */
  readonly groupBy: readonly string[];
  readonly minutes: number;
}

/** A part of the lines of a query, by what they come to in the time that is shown. */
export interface Lines {
  readonly most: number;
  readonly order: 'highest' | 'lowest';
}

/** The query as a metric. Without `lines` it has all of them, 500 at most. */
export function queried(query: FleetQuery, label: string, lines?: Lines): MathExpression {
  const { aggregation, metric, from, groupBy, minutes } = query;
  const order = lines?.order === 'lowest' ? 'ASC' : 'DESC';
  return new MathExpression({
    expression:
      `SELECT ${aggregation}(${metric}) FROM ${from} GROUP BY ${groupBy.join(', ')} ORDER BY ${aggregation}() ${order}` +
      (lines === undefined ? '' : ` LIMIT ${lines.most}`),
    label,
    period: Duration.minutes(minutes),
  });
}

/** Metrics of Step Functions without dimensions ("Step Functions metrics using CloudWatch"). */
export const ofAccounts = 'SCHEMA("AWS/States")';
/** Those of a workflow; its ARN holds account, tenant and stage. */
export const ofWorkflows = 'SCHEMA("AWS/States", StateMachineArn)';
/** Those of the token bucket of state transitions. */
export const ofTransitions = `SCHEMA("AWS/States", ServiceMetric) WHERE ServiceMetric = 'StateTransition'`;
/** Those of the token bucket that polling of `.sync` draws on. */
export const ofPolling = `SCHEMA("AWS/States", APIName) WHERE APIName = 'DescribeExecution'`;
/** Those of all functions of an account. */
export const ofFunctions = 'SCHEMA("AWS/Lambda")';

import type { Json, JsonObject } from '@crosswind/aws/json';
import { emittedEnvironment } from '../../../blocks/observability/own-metrics.ts';
import { metricIsEmitted } from '../../../policies/rules/metric-is-emitted.ts';
import { resource, testRule } from './test-rule.ts';

const account = '111111111111';
const arn = `arn:aws:states:eu-west-1:${account}:stateMachine:orders`;
const machine = resource('AWS::StepFunctions::StateMachine', 'Machine', {
  StateMachineName: 'orders',
  RoleArn: `arn:aws:iam::${account}:role/orders`,
  DefinitionString: JSON.stringify({ StartAt: 'Map', States: { Map: { Type: 'Map', Label: 'count', End: true } } }),
});
const emitting = (dimensions: Readonly<Record<string, string | undefined>>) =>
  resource('AWS::Lambda::Function', 'Function', {
    FunctionName: 'count',
    Code: { ZipFile: '' },
    Environment: { Variables: emittedEnvironment({ metrics: { Orders: 'Count' }, dimensions }) },
    Role: `arn:aws:iam::${account}:role/count`,
  });
const queue = resource('AWS::SQS::Queue', 'Queue', { QueueName: 'given-up' });

const alarm = (properties: JsonObject) => resource('AWS::CloudWatch::Alarm', 'Alarm', properties);
const onMetric = (Namespace: string, MetricName: string, dimensions: Readonly<Record<string, string>> = {}) =>
  alarm({ Namespace, MetricName, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) });
const onQuery = (Expression: string) => alarm({ Metrics: [{ Id: 'q', Expression, Period: 60 }] });
const elsewhere = (AccountId: string) =>
  alarm({
    Metrics: [
      {
        ...{ Id: 'm', AccountId },
        MetricStat: {
          ...{ Period: 60, Stat: 'Sum' },
          Metric: {
            ...{ Namespace: 'AWS/Lambda', MetricName: 'Errors' },
            Dimensions: [{ Name: 'FunctionName', Value: 'count' }],
          },
        },
      },
    ],
  });
const dashboard = (...metrics: readonly Json[]) =>
  resource('AWS::CloudWatch::Dashboard', 'Dashboard', {
    DashboardBody: JSON.stringify({ widgets: [{ type: 'metric', properties: { region: 'eu-west-1', metrics } }] }),
  });

const inAlarm = { at: 'Alarm', property: 'Properties.MetricName' };
const inQueries = { at: 'Alarm', property: 'Properties.Metrics' };
const inDashboard = { at: 'Dashboard', property: 'Properties.DashboardBody' };
const byTenant = emitting({ Tenant: 'orders' });

testRule(metricIsEmitted, {
  valid: {
    'a metric of a state machine': {
      ...machine,
      ...onMetric('AWS/States', 'ExecutionsFailed', { StateMachineArn: arn }),
    },
    'a metric of the children of its map': {
      ...machine,
      ...onMetric('AWS/States', 'ExecutionsFailed', { StateMachineArn: `${arn}/count` }),
    },
    'a metric of an account': onMetric('AWS/States', 'ApproximateOpenMapRunCount'),
    'a metric of a function': { ...byTenant, ...onMetric('AWS/Lambda', 'Errors', { FunctionName: 'count' }) },
    'a metric of a queue': {
      ...queue,
      ...onMetric('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: 'given-up' }),
    },
    'an own metric with a value that the function has': {
      ...byTenant,
      ...onMetric('Crosswind', 'Orders', { Tenant: 'orders' }),
    },
    'an own metric with a value that only the function knows': {
      ...emitting({ Tenant: undefined }),
      ...onMetric('Crosswind', 'Orders', { Tenant: 'anything' }),
    },
    'a query of all accounts': onQuery(
      'SELECT MAX(OpenExecutionCount) FROM SCHEMA("AWS/States") GROUP BY AWS.AccountId',
    ),
    'a query of an own metric': {
      ...byTenant,
      ...onQuery('SELECT MAX(Orders) FROM SCHEMA("Crosswind", Tenant) GROUP BY Tenant ORDER BY MAX() DESC'),
    },
    'a query of an own metric with a value that a function has': {
      ...byTenant,
      ...onQuery(`SELECT MAX(Orders) FROM SCHEMA("Crosswind", Tenant) WHERE Tenant = 'orders' GROUP BY AWS.AccountId`),
    },
    'a query of a function that is in some account': {
      ...byTenant,
      ...onQuery(`SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) WHERE FunctionName = 'count'`),
    },
    'a query of whatever dimensions there are': onQuery(
      'SELECT MAX(ApproximateNumberOfMessagesVisible) FROM "AWS/SQS"',
    ),
    'a graph of a search': dashboard([
      { expression: `SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"', 'Sum')` },
    ]),
    'a graph of emitted metrics, in short': {
      ...machine,
      ...dashboard(
        ['AWS/States', 'ExecutionsFailed', 'StateMachineArn', arn],
        ['.', 'ExecutionsStarted', '.', '.', { label: 'started' }],
        [{ expression: 'm1 + m2', label: 'both' }],
      ),
    },
  },
  invalid: {
    'a query of a value that no function has': {
      ...{
        ...inQueries,
        given: {
          ...byTenant,
          ...onQuery(`SELECT MAX(Orders) FROM SCHEMA("Crosswind", Tenant) WHERE Tenant = 'bills'`),
        },
      },
      message: 'no function in any account, eu-west-1 emits Orders with Tenant bills',
    },
    'a query of a function that is nowhere': {
      ...{
        ...inQueries,
        given: onQuery(`SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) WHERE FunctionName = 'sum'`),
      },
      message: 'nothing in any account, eu-west-1 has the FunctionName sum',
    },
    'a query of a metric that a namespace does not have': {
      ...{ ...inQueries, given: onQuery('SELECT SUM(Mistakes) FROM "AWS/Lambda"') },
      message: 'AWS/Lambda has no metric Mistakes',
    },
    'a graph of a search for what AWS does not emit': {
      ...{ ...inDashboard, given: dashboard([{ expression: `SEARCH('{AWS/Lambda} MetricName="Mistakes"', 'Sum')` }]) },
      message: 'AWS/Lambda has no metric Mistakes',
    },
    'a metric that AWS does not have': {
      ...{ ...inAlarm, given: onMetric('AWS/States', 'ExecutionsStuck') },
      message: 'AWS/States has no metric ExecutionsStuck that this platform knows',
    },
    'dimensions that AWS does not emit it with': {
      ...{ ...inAlarm, given: { ...machine, ...onMetric('AWS/States', 'OpenMapRunLimit', { StateMachineArn: arn }) } },
      message: 'AWS emits OpenMapRunLimit with the dimensions none, not with StateMachineArn',
    },
    'a state machine that is not there': {
      ...{
        ...inAlarm,
        given: { ...machine, ...onMetric('AWS/States', 'ExecutionsFailed', { StateMachineArn: `${arn}s` }) },
      },
      message: `nothing in ${account}, eu-west-1 has the StateMachineArn ${arn}s`,
    },
    'a map that is not there': {
      ...{
        ...inAlarm,
        given: { ...machine, ...onMetric('AWS/States', 'ExecutionsFailed', { StateMachineArn: `${arn}/counts` }) },
      },
      message: `has the StateMachineArn ${arn}/counts`,
    },
    'a function of another account': {
      ...{ ...inQueries, given: { ...byTenant, ...elsewhere('222222222222') } },
      message: 'nothing in 222222222222, eu-west-1 has the FunctionName count',
    },
    'an own metric that no function emits': {
      ...{ ...inAlarm, given: { ...byTenant, ...onMetric('Crosswind', 'Bills', { Tenant: 'orders' }) } },
      message: 'no function says that it emits Bills',
    },
    'an own metric with another dimension': {
      ...{ ...inAlarm, given: { ...byTenant, ...onMetric('Crosswind', 'Orders', { Tenant: 'orders', Wave: 'dev' }) } },
      message: 'Orders is emitted with Tenant, not with Tenant and Wave',
    },
    'an own metric of another tenant': {
      ...{ ...inAlarm, given: { ...byTenant, ...onMetric('Crosswind', 'Orders', { Tenant: 'bills' }) } },
      message: `no function in ${account}, eu-west-1 emits Orders with Tenant bills`,
    },
    'a query of a metric that nobody emits': {
      ...{ ...inQueries, given: onQuery('SELECT SUM(Lost) FROM SCHEMA("Crosswind", Tenant) GROUP BY Tenant') },
      message: 'no function says that it emits Lost',
    },
    'a query with a dimension too few': {
      ...{ ...inQueries, given: onQuery('SELECT SUM(ThrottledEvents) FROM SCHEMA("AWS/States")') },
      message:
        'AWS emits ThrottledEvents with the dimensions APIName, or ServiceMetric, or ServiceMetric and StateMachineArn, not with none',
    },
    'a graph of a metric that is not there, in short': {
      ...{
        ...inDashboard,
        given: {
          ...machine,
          ...dashboard(['AWS/States', 'ExecutionsFailed', 'StateMachineArn', arn], ['.', 'ExecutionsLost', '.', '.']),
        },
      },
      message: 'AWS/States has no metric ExecutionsLost',
    },
  },
});

import { type Json, isArray, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { widgetProperties } from '../metrics/widget-properties.ts';
import { resourcesOfType } from '../rules/rule.ts';
import { type Measure, type Measured, type Use, countOf, measuresAt, sizeOf } from './measure.ts';

interface Widget {
  readonly title: string;
  /** Text of each metric, as a reader finds it. */
  readonly metrics: readonly string[];
  readonly expressions: readonly string[];
}

const property = 'Properties.DashboardBody';

/** Widgets and metrics of every dashboard. */
export const dashboardMeasures = ({ stacks, accountNames }: Measured): readonly Measure[] =>
  resourcesOfType(stacks, 'AWS::CloudWatch::Dashboard').flatMap((at) =>
    measuresAt(at, usesOf(widgetsOf(textOf(at.resource.properties['DashboardBody']))), accountNames),
  );

function widgetsOf(body: string): readonly Widget[] {
  return widgetProperties(body).map(({ title, metrics }) => {
    const rows = listOf(metrics).map((row) => listOf(row));
    const optionsOf = (row: readonly Json[]) => objectOf(row.at(-1));
    // A metric that is only used by an expression counts as well (CloudWatch: "Service quotas").
    const isExpression = (row: readonly Json[]): boolean => optionsOf(row)['expression'] !== undefined;
    return {
      title: textOf(title),
      metrics: rows.filter((row) => !isExpression(row)).map(metricText),
      expressions: rows.filter(isExpression).map((row) => textOf(optionsOf(row)['expression'])),
    };
  });
}

/** Label and account of a metric where it has them, else its name and dimensions. */
function metricText(row: readonly Json[]): string {
  const options = row.at(-1);
  const { label, accountId } = isObject(options) ? options : {};
  const named = row.filter((part) => !isObject(part) && !isArray(part)).map(textOf);
  const account = accountId === undefined ? '' : ` of account ${textOf(accountId)}`;
  return `${label === undefined ? named.join(' ') : `${named[1] ?? ''} "${textOf(label)}"`}${account}`;
}

const isSearch = (expression: string): boolean => /\bSEARCH\s*\(/i.test(expression);
const isQuery = (expression: string): boolean => /^\s*SELECT\b/i.test(expression);

const usesOf = (widgets: readonly Widget[]): readonly Use[] => [
  countOf(
    'dashboardWidgets',
    widgets.map(({ title }) => `widget "${title}"`),
    property,
  ),
  countOf(
    'dashboardMetrics',
    widgets.flatMap(({ title, metrics }) => metrics.map((metric) => `${metric} in widget "${title}"`)),
    property,
  ),
  ...widgets.flatMap(({ title, metrics, expressions }) => [
    countOf(
      'widgetMetrics',
      metrics.map((metric) => `${metric} in widget "${title}"`),
      property,
    ),
    countOf('widgetSearches', expressions.filter(isSearch), property),
    countOf('widgetQueries', expressions.filter(isQuery), property),
    ...expressions
      .filter(isSearch)
      .map((expression) => sizeOf('searchExpression', expression, property, () => `it is in widget "${title}"`)),
  ]),
];

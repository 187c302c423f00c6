import type { Json, JsonObject } from '@crosswind/aws/json';
import { dashboardIsValid } from '../../../policies/rules/dashboard-is-valid.ts';
import { type InvalidCase, resource, testRule } from './test-rule.ts';

const dashboard = (body: Json | string) =>
  resource('AWS::CloudWatch::Dashboard', 'Dashboard', {
    DashboardBody: typeof body === 'string' ? body : JSON.stringify(body),
  });
const of = (...widgets: readonly Json[]) => dashboard({ widgets });
const finds = (given: InvalidCase['given'], message: string): InvalidCase => ({
  ...{ given, message, at: 'Dashboard', property: 'Properties.DashboardBody' },
});

const errors: Json = ['AWS/Lambda', 'Errors', 'FunctionName', 'count'];
/** A metric widget with other properties. */
const graph = (properties: JsonObject = {}): JsonObject => ({
  type: 'metric',
  properties: { region: 'eu-west-1', metrics: [errors], ...properties },
});
const rows = (...metrics: readonly Json[]) => of(graph({ metrics }));
const note = (markdown: Json, place: JsonObject = {}): JsonObject => ({
  type: 'text',
  ...place,
  properties: { markdown },
});
const line = (annotation: JsonObject) => of(graph({ annotations: { horizontal: [annotation] } }));
const arn = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors';
const alarm = resource('AWS::CloudWatch::Alarm', 'Alarm', { AlarmName: 'errors' });
const states = (properties: JsonObject): JsonObject => ({ type: 'alarm', properties });
const alarmGraph: JsonObject = { type: 'metric', properties: { region: 'eu-west-1', annotations: { alarms: [arn] } } };
const variable = (given: JsonObject) =>
  dashboard({
    widgets: [],
    variables: [{ type: 'property', property: 'region', inputType: 'input', id: 'r', ...given }],
  });
const gauge = (left: JsonObject) => of(graph({ view: 'gauge', yAxis: { left } }));
const explorer = (given: JsonObject) =>
  of({
    type: 'explorer',
    properties: {
      labels: [{ key: 'Tenant' }],
      metrics: [{ metricName: 'Errors', resourceType: 'AWS::Lambda::Function' }],
      ...given,
    },
  });
const log = (given: JsonObject) =>
  of({ type: 'log', properties: { region: 'eu-west-1', query: "SOURCE 'a' | limit 1", ...given } });
const custom = (given: JsonObject) =>
  of({ type: 'custom', properties: { endpoint: 'arn:aws:lambda:eu-west-1:111111111111:function:draw', ...given } });

testRule(dashboardIsValid, {
  valid: {
    'no widgets': dashboard({ widgets: [] }),
    'a graph with everything': of(
      graph({
        ...{ title: 'Errors', view: 'timeSeries', stat: 'p99.9', period: 120, stacked: false, liveData: false },
        ...{ timezone: '+0130', legend: { position: 'right' }, accountId: '111111111111', start: '-PT3H' },
        yAxis: { left: { min: 0, max: 1, label: 'errors', showUnits: false }, right: { min: 50 } },
        annotations: {
          horizontal: [
            { value: 20, label: 'ticket', color: '#ff7f0e', fill: 'above', visible: true, yAxis: 'right' },
            [{ value: 200, label: 'top' }, { value: 95.5 }],
          ],
          vertical: [{ value: '2026-08-28T15:25:26Z', fill: 'after' }],
        },
        metrics: [
          errors,
          ['.', 'Duration', '.', '.', { id: 'm1', stat: 'Maximum', yAxis: 'right', color: '#9467bd', period: 60 }],
          ['...', 'sum', { visible: false, label: 'sum', region: 'us-east-1', accountId: '222222222222' }],
          [{ expression: 'm1 / 2', id: 'half', label: 'half' }],
        ],
      }),
    ),
    'the dot notation of the documentation': rows(
      ['AWS/EC2', 'DiskReadBytes', 'InstanceId', 'i-123', { id: 'm1' }],
      ['.', '.', '.', 'i-abc', { id: 'm2' }],
      ['...', 'i-456', { id: 'm3' }],
    ),
    'a metric without dimensions': rows(['AWS/States', 'OpenMapRunLimit']),
    'a table': of(
      graph({
        view: 'table',
        table: { layout: 'vertical', summaryColumns: ['MAX'], stickySummary: true, showTimeSeriesData: false },
      }),
    ),
    'a gauge': gauge({ min: 0, max: 100 }),
    'a number': of(graph({ view: 'singleValue', sparkline: true, setPeriodToTimeRange: true })),
    'the graph of an alarm that exists': { ...alarm, ...of(alarmGraph) },
    'the states of alarms': {
      ...alarm,
      ...of(states({ alarms: [arn], sortBy: 'timestamp', states: ['ALARM'], title: 'x' })),
    },
    'a text': of(note('# x', { x: 0, y: 3, width: 24, height: 1_000 })),
    logs: log({ view: 'table', title: 'x', stacked: false }),
    'metrics by tags': explorer({ aggregateBy: { key: 'Wave', func: 'SUM' }, splitBy: 'Wave', period: 60 }),
    'a widget that a function draws': custom({ params: { a: 1 }, updateOn: { refresh: true } }),
    'widgets that touch': of(
      note('a', { x: 0, y: 0, width: 12, height: 3 }),
      note('b', { x: 12, y: 0, width: 12 }),
      note('c', { x: 0, y: 3, width: 12, height: 3 }),
    ),
    'widgets for which CloudWatch finds a place': of(note('a'), note('b')),
    'a time range and variables': dashboard({
      ...{ widgets: [], start: '2026-01-01T00:00:00.000Z', end: '2026-01-02T00:00:00.000Z', periodOverride: 'inherit' },
      variables: [
        {
          type: 'pattern',
          pattern: 'x',
          inputType: 'select',
          id: 'a-1',
          values: [{ value: 'x', label: 'X' }],
          defaultValue: 'x',
        },
        {
          type: 'property',
          property: 'region',
          inputType: 'radio',
          id: 'b',
          search: '{AWS/EC2,InstanceId}',
          populateFrom: 'InstanceId',
        },
      ],
    }),
  },
  invalid: {
    'no JSON': finds(dashboard('{'), 'its body is no JSON'),
    'no widgets': finds(dashboard({ start: '-PT3H' }), 'widgets: expected a list of widgets, got nothing'),
    'a property that a body does not have': finds(
      dashboard({ widgets: [], period: 60 }),
      'the body has no property "period"',
    ),
    'a time range that is none': finds(
      dashboard({ widgets: [], start: '-3H' }),
      'start: expected a duration before now such as',
    ),
    'an end without a start': finds(
      dashboard({ widgets: [], end: '2026-01-02T00:00:00Z' }),
      'the body: expected a start, because there is an end',
    ),
    'another override of periods': finds(
      dashboard({ widgets: [], periodOverride: 'none' }),
      'periodOverride: expected auto or inherit, got "none"',
    ),
    'an unknown type': finds(of({ type: 'graph', properties: {} }), 'expected a widget of the type metric, text,'),
    'no type': finds(of({ properties: {} }), 'expected a widget of the type metric'),
    'no properties': finds(of({ type: 'text' }), 'widgets[0].properties'),
    'a property that a widget does not have': finds(
      of(note('a', { title: 'x' })),
      'widgets[0] has no property "title"',
    ),
    'a column beyond the grid': finds(
      of(note('a', { x: 24, y: 0 })),
      'widgets[0].x: expected a whole number of 0 to 23, got 24',
    ),
    'half a row': finds(of(note('a', { x: 0, y: 0.5 })), 'widgets[0].y: expected a whole number of 0 to'),
    'x without y': finds(of(note('a', { x: 0 })), 'widgets[0]: expected x and y, or neither of them'),
    'no width': finds(of(note('a', { width: 0 })), 'widgets[0].width: expected a whole number of 1 to 24, got 0'),
    'a width beyond the grid': finds(
      of(note('a', { width: 25 })),
      'widgets[0].width: expected a whole number of 1 to 24, got 25',
    ),
    'a height of a thousand and one': finds(
      of(note('a', { height: 1_001 })),
      'widgets[0].height: expected a whole number of 1 to 1000',
    ),
    'a widget that ends beyond the grid': finds(
      of(note('a', { x: 20, y: 0 })),
      'widgets[0] "a" ends in column 26, and the grid has 24',
    ),
    'widgets that overlap': finds(
      of(note('a', { x: 0, y: 0, width: 12, height: 3 }), note('b', { x: 6, y: 2, width: 12, height: 3 })),
      'widgets[1] "b" covers widgets[0] "a"',
    ),
    'a text without text': finds(of(note('')), 'widgets[0].properties.markdown: expected text'),
    'a text that is none': finds(of(note(5)), 'widgets[0].properties.markdown: expected text, got 5'),
    'a background that is none': finds(
      of({ type: 'text', properties: { markdown: 'a', background: 'red' } }),
      'background: expected transparent or solid, got "red"',
    ),
    'a graph without a Region': finds(of({ type: 'metric', properties: { metrics: [errors] } }), 'properties.region'),
    'a graph of nothing': finds(
      of({ type: 'metric', properties: { region: 'eu-west-1' } }),
      'metrics: expected metrics, or the annotation of an alarm',
    ),
    'a misspelled property': finds(of(graph({ titel: 'x' })), 'widgets[0].properties has no property "titel"'),
    'a view that is none': finds(of(graph({ view: 'line' })), 'properties.view: expected timeSeries, singleValue,'),
    'a gauge without a maximum': finds(
      gauge({ min: 0 }),
      'yAxis: expected a left minimum and maximum, which a gauge needs',
    ),
    'an axis upside down': finds(
      of(graph({ yAxis: { left: { min: 5, max: 1 } } })),
      'yAxis.left: expected a minimum below the maximum',
    ),
    'an axis that is none': finds(of(graph({ yAxis: { top: {} } })), 'properties.yAxis has no property "top"'),
    'a legend on the left': finds(
      of(graph({ legend: { position: 'left' } })),
      'legend.position: expected right, bottom or hidden',
    ),
    'a period of 90 seconds': finds(of(graph({ period: 90 })), 'properties.period: expected a multiple of 60, got 90'),
    'a statistic that is none': finds(
      of(graph({ stat: 'Median' })),
      'properties.stat: expected a statistic such as Sum',
    ),
    'a time zone by name': finds(
      of(graph({ timezone: 'CET' })),
      'properties.timezone: expected a sign and four digits',
    ),
    'a column that a table cannot sum up': finds(
      of(graph({ table: { summaryColumns: ['LAST'] } })),
      'expected MIN, MAX, SUM or AVG, got "LAST"',
    ),
    'an end of a graph without a start': finds(
      of(graph({ end: '2026-01-02T00:00:00Z' })),
      'start: expected a start, because there is an end',
    ),
    'an annotation without a value': finds(
      line({ label: 'x' }),
      'annotations.horizontal[0].value: expected a number, got nothing',
    ),
    'an annotation filled before it': finds(
      line({ value: 1, fill: 'before' }),
      'fill: expected above, below or none, got "before"',
    ),
    'a color by name': finds(
      line({ value: 1, color: 'red' }),
      'color: expected six hexadecimal digits after a #, got "red"',
    ),
    'a vertical annotation at a number': finds(
      of(graph({ annotations: { vertical: [{ value: 5 }] } })),
      'vertical[0].value: expected text, got 5',
    ),
    'an alarm and a line': finds(
      {
        ...alarm,
        ...of({
          type: 'metric',
          properties: { region: 'x', annotations: { alarms: [arn], horizontal: [{ value: 1 }] } },
        }),
      },
      'annotations: expected either an alarm, or horizontal and vertical annotations',
    ),
    'two alarms in a graph': finds(
      of({ type: 'metric', properties: { region: 'x', annotations: { alarms: [arn, arn] } } }),
      'annotations.alarms: expected at most one ARN',
    ),
    'an alarm besides metrics': finds(
      of(graph({ annotations: { alarms: [arn] } })),
      'metrics: expected no metrics besides the annotation of an alarm',
    ),
    'metrics that are no list of lists': finds(
      rows('AWS/Lambda'),
      'properties.metrics[0]: expected a list, got "AWS/Lambda"',
    ),
    'a namespace alone': finds(rows(['AWS/Lambda']), 'properties.metrics[0]: expected a namespace and a name'),
    'an empty row': finds(rows([]), 'metrics[0]: expected a namespace and a name, or an expression'),
    'a dimension without a value': finds(
      rows(['AWS/Lambda', 'Errors', 'FunctionName']),
      'metrics[0]: expected a value for the dimension FunctionName',
    ),
    'more than 30 dimensions': finds(
      rows(['A', 'B', ...Array.from({ length: 62 }, (_, index) => `d${index}`)]),
      'metrics[0]: expected at most 30 dimensions',
    ),
    'a dot in the first row': finds(rows(['.', 'Errors']), 'metrics[0]: expected text; the row before has nothing'),
    'options before the name': finds(
      rows(['AWS/Lambda', {}, 'Errors']),
      'metrics[0]: expected options in the last place only',
    ),
    'an expression and a metric': finds(
      rows(['AWS/Lambda', 'Errors', { expression: 'm1' }]),
      'metrics[0]: expected an expression, or a metric',
    ),
    'an id with a capital': finds(rows(['A', 'B', { id: 'M1' }]), 'id: expected a lowercase letter, then letters'),
    'the same id twice': finds(
      rows(['A', 'B', { id: 'm' }], ['A', 'C', { id: 'm' }]),
      'metrics[1]: expected an id of its own',
    ),
    'a misspelled option': finds(rows(['A', 'B', { lable: 'x' }]), 'metrics[0][2] has no property "lable"'),
    'an axis of a metric that is none': finds(
      rows(['A', 'B', { yAxis: 'top' }]),
      'metrics[0][2].yAxis: expected left or right, got "top"',
    ),
    'states of no alarm': finds(of(states({ alarms: [] })), 'properties.alarms: expected 1 to 100 ARNs'),
    'states of 101 alarms': finds(
      of(states({ alarms: Array<string>(101).fill(arn) })),
      'properties.alarms: expected 1 to 100 ARNs',
    ),
    'an alarm by its name': finds(of(states({ alarms: ['errors'] })), 'alarms[0]: expected an ARN, got "errors"'),
    'an order that is none': finds(
      of(states({ alarms: [arn], sortBy: 'name' })),
      'sortBy: expected default, stateUpdatedTimestamp or timestamp',
    ),
    'a state that is none': finds(
      of(states({ alarms: [arn], states: ['BAD'] })),
      'states[0]: expected ALARM, INSUFFICIENT_DATA or OK',
    ),
    'the state of an alarm that is not there': finds(
      of(states({ alarms: [arn] })),
      `it shows ${arn}, and no alarm of the platform has that ARN`,
    ),
    'the graph of an alarm that is not there': finds(
      of(alarmGraph),
      `it shows ${arn}, and no alarm of the platform has that ARN`,
    ),
    'logs of no group': finds(log({ query: 'fields @message' }), 'query: expected a query that begins with SOURCE'),
    'a view of logs that is none': finds(log({ view: 'number' }), 'view: expected table, timeSeries, bar or pie'),
    'an explorer of nothing': finds(explorer({ metrics: [] }), 'metrics: expected 1 to 100 metrics'),
    'an aggregation that is none': finds(
      explorer({ aggregateBy: { key: 'Wave', func: 'P90' } }),
      'aggregateBy.func: expected AVG, MIN,',
    ),
    'a function by its name': finds(custom({ endpoint: 'draw' }), 'endpoint: expected an ARN, got "draw"'),
    'a variable with a long label': finds(
      variable({ label: 'x'.repeat(31) }),
      'variables[0].label: expected at most 30 characters',
    ),
    'a variable with another id': finds(variable({ id: 'a b' }), 'variables[0].id: expected up to 32 letters'),
    'a variable to choose from nothing': finds(
      variable({ inputType: 'select' }),
      'variables[0]: expected values, or a search',
    ),
    '26 variables': finds(
      dashboard({ widgets: [], variables: Array<Json>(26).fill({ type: 'property', inputType: 'input', id: 'a' }) }),
      'variables: expected at most 25 variables',
    ),
  },
});

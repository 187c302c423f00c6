import { z } from 'zod';
import { end, metricProperties, start } from './metric-widget-schema.ts';
import { period, statistic } from './metric-row-schema.ts';

const text = z.string('text');
const flag = z.boolean('true or false');
const integer = (least: number, most: number) => {
  const expected = `a whole number of ${least} to ${most}`;
  return z.int(expected).min(least, expected).max(most, expected);
};

/** An ARN, or a value that is not known before the deployment. */
const arn = text.regex(/^(arn:|<)/, 'an ARN');

const textProperties = z.strictObject({
  markdown: text.min(1, 'text'),
  background: z.enum(['transparent', 'solid'], 'transparent or solid').optional(),
});

const logProperties = z.strictObject({
  accountId: text.optional(),
  region: text.min(1, 'a Region'),
  title: text.optional(),
  query: text.regex(/^\s*SOURCE\b/, 'a query that begins with SOURCE and a log group'),
  // The CDK writes both, and the page names neither.
  stacked: flag.optional(),
  queryLanguage: text.optional(),
  view: z.enum(['table', 'timeSeries', 'bar', 'pie'], 'table, timeSeries, bar or pie').optional(),
});

const alarmProperties = z.strictObject({
  alarms: z.array(arn, 'a list of ARNs').min(1, '1 to 100 ARNs').max(100, '1 to 100 ARNs'),
  sortBy: z
    .enum(['default', 'stateUpdatedTimestamp', 'timestamp'], 'default, stateUpdatedTimestamp or timestamp')
    .optional(),
  states: z.array(z.enum(['ALARM', 'INSUFFICIENT_DATA', 'OK'], 'ALARM, INSUFFICIENT_DATA or OK'), 'a list').optional(),
  title: text.optional(),
});

const explorerProperties = z.strictObject({
  aggregateBy: z
    .strictObject({
      key: text,
      func: z.enum(['AVG', 'MIN', 'MAX', 'STDDEV', 'SUM'], 'AVG, MIN, MAX, STDDEV or SUM'),
    })
    .optional(),
  labels: z.array(z.strictObject({ key: text, value: text.optional() }), 'a list'),
  metrics: z
    .array(z.strictObject({ metricName: text, resourceType: text, stat: statistic.optional() }), 'a list')
    .min(1, '1 to 100 metrics')
    .max(100, '1 to 100 metrics'),
  period: period.optional(),
  splitBy: text.optional(),
  title: text.optional(),
  widgetOptions: z.looseObject({}).optional(),
});

/** Of a widget that a function draws ("Add a custom widget to a CloudWatch dashboard"). */
const customProperties = z.strictObject({
  endpoint: arn,
  params: z.unknown().optional(),
  title: text.optional(),
  updateOn: z.strictObject({ refresh: flag, resize: flag, timeRange: flag }).partial().optional(),
});

const place = {
  x: integer(0, 23).optional(),
  y: integer(0, Number.MAX_SAFE_INTEGER).optional(),
  width: integer(1, 24).optional(),
  height: integer(1, 1_000).optional(),
};

const widget = <Type extends string, Properties extends z.ZodType>(type: Type, properties: Properties) =>
  z.strictObject({ type: z.literal(type), ...place, properties });

const widgets = z.discriminatedUnion(
  'type',
  [
    widget('metric', metricProperties),
    widget('text', textProperties),
    widget('log', logProperties),
    widget('alarm', alarmProperties),
    widget('explorer', explorerProperties),
    widget('custom', customProperties),
  ],
  'a widget of the type metric, text, log, alarm, explorer or custom',
);

const variable = z
  .strictObject({
    type: z.enum(['property', 'pattern'], 'property or pattern'),
    property: text.optional(),
    pattern: text.optional(),
    inputType: z.enum(['input', 'select', 'radio'], 'input, select or radio'),
    values: z
      .array(z.strictObject({ value: z.union([text, z.number(), z.boolean()]), label: text.optional() }), 'a list')
      .min(1, '1 to 500 values')
      .max(500, '1 to 500 values')
      .optional(),
    id: text.regex(/^[\w-]{1,32}$/, 'up to 32 letters, digits, - and _'),
    label: text.max(30, 'at most 30 characters').optional(),
    defaultValue: z.union([text.max(255, 'at most 255 characters'), z.number(), z.boolean()]).optional(),
    search: text.max(2_048, 'at most 2,048 characters').optional(),
    populateFrom: text.optional(),
    visible: flag.optional(),
  })
  .refine(
    ({ inputType, values, search, populateFrom }) =>
      inputType === 'input' || values !== undefined || (search !== undefined && populateFrom !== undefined),
    'values, or a search with populateFrom, which select and radio need',
  );

/**
 * Structure of the body of a dashboard: which properties there are, which are required, and their ranges
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html). How many
 * widgets, metrics and queries there may be are limits, and those are another rule's (LIMIT-1).
 */
export const dashboardBody = z
  .strictObject({
    widgets: z.array(
      widgets.refine((it) => (it.x === undefined) === (it.y === undefined), 'x and y, or neither of them'),
      'a list of widgets',
    ),
    variables: z.array(variable, 'a list').max(25, 'at most 25 variables').optional(),
    start: start.optional(),
    end: end.optional(),
    periodOverride: z.enum(['auto', 'inherit'], 'auto or inherit').optional(),
  })
  .refine((body) => body.end === undefined || body.start !== undefined, 'a start, because there is an end');

import { z } from 'zod';
import { axis, color, metrics, period, statistic } from './metric-row-schema.ts';

const text = z.string('text');
const number = z.number('a number');
const flag = z.boolean('true or false');

/** A time: so long before now, or a day and time (ISO 8601). */
export const start = text.regex(
  /^(-P(T\d+[MH]|\d+[DWM])|\d{4}-\d{2}-\d{2}T.+)$/,
  'a duration before now such as -PT3H or -P14D, or an ISO 8601 time',
);
export const end = text.regex(/^\d{4}-\d{2}-\d{2}T.+$/, 'an ISO 8601 time');

const common = { label: text.optional(), color: color.optional(), visible: flag.optional() };

const horizontal = z.strictObject({
  ...{ value: number, ...common },
  fill: z.enum(['above', 'below', 'none'], 'above, below or none').optional(),
  yAxis: axis.optional(),
});

const vertical = z.strictObject({
  ...{ value: end, ...common },
  fill: z.enum(['before', 'after', 'none'], 'before, after or none').optional(),
});

/** Two annotations with what is between them. */
const band = <Annotation extends z.ZodType>(annotation: Annotation) =>
  z.union([annotation, z.tuple([annotation, annotation])]);

const annotations = z
  .strictObject({
    alarms: z.array(text, 'a list of ARNs').max(1, 'at most one ARN').optional(),
    horizontal: z.array(band(horizontal), 'a list').optional(),
    vertical: z.array(band(vertical), 'a list').optional(),
  })
  .refine(
    ({ alarms = [], ...others }) => alarms.length === 0 || Object.keys(others).length === 0,
    'either an alarm, or horizontal and vertical annotations',
  );

const scale = z
  .strictObject({ label: text.optional(), min: number.optional(), max: number.optional(), showUnits: flag.optional() })
  .refine(({ min, max }) => min === undefined || max === undefined || min < max, 'a minimum below the maximum');

const table = z.strictObject({
  layout: z.enum(['vertical', 'horizontal'], 'vertical or horizontal').optional(),
  stickySummary: flag.optional(),
  showTimeSeriesData: flag.optional(),
  summaryColumns: z.array(z.enum(['MIN', 'MAX', 'SUM', 'AVG'], 'MIN, MAX, SUM or AVG'), 'a list').optional(),
});

/** Properties that the CDK writes, as the console does. The page does not name them. */
const undocumented = {
  start: start.optional(),
  end: end.optional(),
  labels: z.strictObject({ visible: flag }).optional(),
  setPeriodToTimeRange: flag.optional(),
  singleValueFullPrecision: flag.optional(),
};

/** Properties of a metric widget (Dashboard Body Structure, "Properties of a Metric Widget Object"). */
export const metricProperties = z
  .strictObject({
    accountId: text.optional(),
    annotations: annotations.optional(),
    legend: z.strictObject({ position: z.enum(['right', 'bottom', 'hidden'], 'right, bottom or hidden') }).optional(),
    liveData: flag.optional(),
    metrics: metrics.optional(),
    period: period.optional(),
    region: text.min(1, 'a Region'),
    sparkline: flag.optional(),
    stacked: flag.optional(),
    stat: statistic.optional(),
    table: table.optional(),
    timezone: text.regex(/^[+-]\d{4}$/, 'a sign and four digits, such as +0130').optional(),
    title: text.optional(),
    view: z
      .enum(
        ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table'],
        'timeSeries, singleValue, gauge, bar, pie or table',
      )
      .optional(),
    yAxis: z.strictObject({ left: scale.optional(), right: scale.optional() }).optional(),
    ...undocumented,
  })
  .superRefine(({ metrics: rows, annotations: notes, view, yAxis, start: from, end: to }, context) => {
    const report = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    const alarms = notes?.alarms ?? [];
    if (rows === undefined && alarms.length === 0) report('metrics', 'metrics, or the annotation of an alarm');
    if (rows !== undefined && alarms.length > 0) report('metrics', 'no metrics besides the annotation of an alarm');
    if (view === 'gauge' && (yAxis?.left?.min === undefined || yAxis.left.max === undefined)) {
      report('yAxis', 'a left minimum and maximum, which a gauge needs');
    }
    if (to !== undefined && from === undefined) report('start', 'a start, because there is an end');
  });

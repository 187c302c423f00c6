import { z } from 'zod';
import { metricRows } from '../metrics/metric-rows.ts';

/** A valid statistic ("CloudWatch statistics definitions"). */
export const statistic = z
  .string('a statistic')
  .regex(
    /^(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|wm|tc|ts)\d{1,3}(\.\d+)?|(PR|TM|WM|TC|TS)\([^)]*\))$/,
    'a statistic such as Sum, Average or p90',
  );

export const period = z.int('a multiple of 60').min(60, 'at least 60').multipleOf(60, 'a multiple of 60');

/** The documentation asks for six digits, and has three in an example. */
export const color = z.string('a color').regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, 'six hexadecimal digits after a #');

export const axis = z.enum(['left', 'right'], 'left or right');

const flag = z.boolean('true or false');
const text = z.string('text');

const options = z.strictObject({
  accountId: text.optional(),
  color: color.optional(),
  expression: text.min(1, 'an expression').optional(),
  id: text.regex(/^[a-z][A-Za-z0-9_]*$/, 'a lowercase letter, then letters, digits and _').optional(),
  label: text.optional(),
  period: period.optional(),
  region: text.optional(),
  stat: statistic.optional(),
  visible: flag.optional(),
  yAxis: axis.optional(),
});

/** Most dimensions of a metric ("CloudWatch service quotas"). */
const mostDimensions = 30;

const row = z
  .array(z.union([text, options], 'text, and options last'), 'a list')
  .min(1, 'a namespace and a name, or an expression');

/** Rows of metrics; the number of rows is a limit, which is another rule's (LIMIT-1). */
export const metrics = z.array(row, 'a list of lists').superRefine((rows, context) => {
  const report = (path: readonly (string | number)[], message: string): void => {
    context.addIssue({ code: 'custom', path: [...path], message });
  };
  const ids = new Set<string>();
  for (const [index, { texts, options }] of metricRows(rows).entries()) {
    const { id, expression } = options;
    if (typeof id === 'string' && ids.has(id)) report([index], `an id of its own; "${id}" is that of another row`);
    if (typeof id === 'string') ids.add(id);
    const written = rows[index] ?? [];
    // What is no row has been reported.
    if (!Array.isArray(written) || written.length === 0) continue;
    if (written.slice(0, -1).some((part) => typeof part === 'object'))
      report([index], 'options in the last place only');
    if (expression !== undefined) {
      if (texts.length > 0) report([index], 'an expression, or a metric');
      continue;
    }
    if (texts.some((part) => part === '' || part === '...')) {
      report([index], 'text; the row before has nothing that . or ... could stand for');
    } else if (texts.length < 2) report([index], 'a namespace and a name');
    else if (texts.length % 2 === 1) report([index], `a value for the dimension ${texts.at(-1) ?? ''}`);
    else if (texts.length > 2 + 2 * mostDimensions) report([index], `at most ${mostDimensions} dimensions`);
  }
});

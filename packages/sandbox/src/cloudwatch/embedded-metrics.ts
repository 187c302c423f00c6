import { z } from 'zod';
import type { Metric } from './metric.ts';

/** A metric in a line of a log. */
export interface EmbeddedMetric {
  readonly metric: Metric;
  readonly unit: string;
  readonly values: readonly number[];
}

/** CloudWatch User Guide, "Specification: Embedded metric format". */
const directive = z.object({
  Namespace: z.string().min(1).max(1_024),
  Dimensions: z.array(z.array(z.string()).max(30)),
  Metrics: z.array(z.object({ Name: z.string().min(1).max(1_024), Unit: z.string().default('None') })).max(100),
});

const envelope = z.looseObject({ _aws: z.looseObject({ CloudWatchMetrics: z.array(directive) }) });

const numbers = z.union([z.number().transform((value) => [value]), z.array(z.number()).max(100)]);

/** The metrics that the lines of a log carry; lines that are no such JSON are passed over, as CloudWatch does. */
export const embeddedMetrics = (log: string): readonly EmbeddedMetric[] =>
  log.includes('"CloudWatchMetrics"') ? log.split('\n').flatMap(metricsOf) : [];

function metricsOf(line: string): readonly EmbeddedMetric[] {
  const parsed = envelope.safeParse(objectIn(line));
  if (!parsed.success) return [];
  const { _aws: aws, ...fields } = parsed.data;
  return aws.CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions: sets, Metrics: metrics }) =>
    metrics.flatMap(({ Name: name, Unit: unit }) => {
      const values = numbers.safeParse(fields[name]);
      if (!values.success) return [];
      return sets.flatMap((set) => {
        const dimensions = dimensionsOf(set, fields);
        return dimensions ? [{ metric: { namespace, name, dimensions }, unit, values: values.data }] : [];
      });
    }),
  );
}

/** The dimensions of a set, which are fields of the same line; undefined where one is absent. */
function dimensionsOf(
  set: readonly string[],
  fields: Readonly<Record<string, unknown>>,
): Metric['dimensions'] | undefined {
  const entries = set.flatMap((name): readonly (readonly [string, string])[] => {
    const value = fields[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return entries.length === set.length ? Object.fromEntries(entries) : undefined;
}

/** Timestamp, request and level with which Lambda's console begins a line of text. */
const consolePrefix = /^[^\t{]+\t[^\t{]+\t[A-Z]+\t/;

function objectIn(line: string): unknown {
  const text = line.replace(consolePrefix, '');
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

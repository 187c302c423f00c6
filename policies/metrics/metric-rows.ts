import { type Json, type JsonObject, isObject, listOf, objectOf } from '@crosswind/aws/json';

/** A row of the metrics of a widget: a metric with its dimensions, or an expression that is in the options. */
export interface MetricRow {
  /** Namespace, name, and dimensions in pairs, written in full; empty for an expression. */
  readonly texts: readonly string[];
  readonly options: JsonObject;
}

/**
 * Rows with their shortened parts written in full: `.` is the same part of the row before, `...` are all of its parts but
 * as many as follow (Dashboard Body Structure, "Metric Widget: Format for Each Metric in the Array").
 */
export function metricRows(metrics: Json | undefined): readonly MetricRow[] {
  let before: readonly string[] = [];
  return listOf(metrics).map((row) => {
    const parts = listOf(row);
    const options = objectOf(parts.find(isObject));
    const written = parts.filter((part) => typeof part === 'string');
    const texts = written.flatMap((text, index) => {
      if (text === '.') return [before[index] ?? ''];
      return text === '...' ? before.slice(index, before.length - (written.length - index - 1)) : [text];
    });
    if (texts.length > 0) before = texts;
    return { texts, options };
  });
}

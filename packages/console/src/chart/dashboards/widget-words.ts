import type { WidgetAnswer, WidgetLine } from '../../models/metric-answers.ts';
import { clockText, countOf, dayText } from '../time-text.ts';
import { type BodyWidget, textIn } from './read-body.ts';
import { valueText } from './value-text.ts';

/** Why widgets of a type are not drawn, as the end of a sentence. */
const notDrawn: ReadonlyMap<string, string> = new Map([
  ['log', 'its query runs in CloudWatch Logs Insights, which the sandbox does not have'],
  ['explorer', 'it looks for resources by their tags, which the sandbox does not index'],
  ['custom', 'a Lambda function draws it as HTML, which this page does not run'],
]);

/** Sentence in the place of a widget that is not drawn; undefined for one that is. */
export function reasonNotDrawn({ type, properties }: Pick<BodyWidget, 'type' | 'properties'>): string | undefined {
  const view = textIn(properties['view']) ?? 'timeSeries';
  if (type === 'metric') {
    return metricViews.includes(view)
      ? undefined
      : `A metric widget with the view ${view} is not drawn: CloudWatch documents none.`;
  }
  if (type === 'text' || type === 'alarm') return undefined;
  return `A widget of type ${type} is not drawn: ${notDrawn.get(type) ?? 'CloudWatch documents none'}.`;
}

/** Views of metric widgets ("Properties of a Metric Widget Object"). */
export const metricViews: readonly string[] = ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table'];

/** A range in UTC: `27 Nov 2026, 02:00 to 06:50 UTC`. */
export function rangeText(from: number, to: number): string {
  const end = dayText(from) === dayText(to) ? '' : `${dayText(to)}, `;
  return `${dayText(from)}, ${clockText(from).slice(0, 5)} to ${end}${clockText(to).slice(0, 5)} UTC`;
}

/** Content of a chart, for those who do not see it. */
export function chartSentence(title: string, { lines }: WidgetAnswer, range: string): string {
  const last = lines.slice(0, 6).map((line) => `${line.label} ${lastText(line)}`);
  const more =
    lines.length > last.length ? `, and ${countOf(lines.length - last.length, 'more line', 'more lines')}` : '';
  return `${title}, ${countOf(lines.length, 'line')}, ${range}; last values: ${last.join(', ')}${more}`;
}

/** Last value of a line; `none` if it has none. */
export function lastText({ values, unit }: WidgetLine): string {
  const last = values.at(-1);
  return last === undefined ? 'none' : valueText(last, unit);
}

/** Sentence in the place of values; undefined if there are some. */
export function emptySentence({ lines, problem }: WidgetAnswer, range: string): string | undefined {
  if (problem !== null) return `CloudWatch refuses the metrics of this widget: ${problem}`;
  if (lines.some(({ values }) => values.length > 0)) return undefined;
  if (lines.length > 0 && lines.every(({ status }) => status === 'Forbidden'))
    return 'The accounts of these metrics do not share them with the account of this dashboard: an Oam link is missing.';
  return `No data: ${range}. A metric has values only where something happened.`;
}

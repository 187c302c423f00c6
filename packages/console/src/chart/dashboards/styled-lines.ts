import type { WidgetAnswer, WidgetLine } from '../../models/metric-answers.ts';
import type { Tokens } from '../tokens.ts';
import { type BodyWidget, fieldsIn, listIn, rowOptions, textIn } from './read-body.ts';

/** Color of a line: one that the body gives, or a token of the page. */
export type Paint =
  { readonly kind: 'given'; readonly color: string } | { readonly kind: 'token'; readonly token: keyof Tokens };

/** A line with the way it is drawn. */
export interface StyledLine {
  readonly line: WidgetLine;
  readonly label: string;
  readonly axis: 'left' | 'right';
  readonly paint: Paint;
  /** Pixels on and off; empty for a solid line. */
  readonly dash: readonly number[];
  readonly point: 'filled' | 'hollow';
}

/** Color of a metric that is named for a state. */
const stateTokens: readonly (readonly [name: RegExp, token: keyof Tokens])[] = [
  [/Started$/, 'run'],
  [/Succeeded$/, 'done'],
  [/(Failed|Errors|TimedOut)$/, 'bad'],
  [/Aborted$/, 'rest'],
  [/Thrott/, 'held'],
];

/** Colors of the others, in their order: hues without their meaning come last. */
const otherTokens: readonly (keyof Tokens)[] = ['ink', 'ink2', 'run', 'held', 'stuck', 'done', 'bad'];

const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3]];

/** Lines of a widget with colors of the body, of states, or ink; no two of them look the same, up to 28 lines. */
export function styledLines(
  { properties }: Pick<BodyWidget, 'properties'>,
  answer: WidgetAnswer,
): readonly StyledLine[] {
  const options = rowOptions(properties);
  const names = metricNames(properties);
  const used = new Map<string, number>();
  let others = 0;
  return answer.lines.map((line) => {
    const given = options[line.row] ?? {};
    const color = textIn(given['color']);
    const axis = given['yAxis'] === 'right' ? 'right' : 'left';
    const state = stateTokens.find(([name]) => name.test(names[line.row] ?? ''))?.[1];
    const paint: Paint =
      color !== undefined && isColor(color)
        ? { kind: 'given', color }
        : { kind: 'token', token: state ?? otherTokens[others++ % otherTokens.length] ?? 'ink' };
    const key = paint.kind === 'given' ? paint.color : paint.token;
    const times = used.get(key) ?? 0;
    used.set(key, times + 1);
    const dash = dashes[(times + (axis === 'right' ? 1 : 0)) % dashes.length] ?? [];
    return { line, label: line.label, axis, paint, dash, point: times % 2 === 0 ? 'filled' : 'hollow' };
  });
}

/** Style of an element that is drawn in the color of a line. */
export const paintOf = ({ paint }: Pick<StyledLine, 'paint'>) => ({
  '--paint': paint.kind === 'given' ? paint.color : `var(--${paint.token})`,
});

/** A color of a body is hexadecimal ("Dashboard Body Structure"). */
export const isColor = (text: string): boolean => /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text);

/** Names of the metrics of the rows; a `.` is that of the row before, and an expression has none. */
function metricNames(properties: BodyWidget['properties']): readonly string[] {
  let before = '';
  return listIn(properties['metrics']).map((row) => {
    const parts = listIn(row);
    if (textIn(fieldsIn(parts.at(-1))['expression']) !== undefined) return '';
    const name = textIn(parts[1]);
    if (name !== undefined && name !== '.' && parts[0] !== '...') before = name;
    return before;
  });
}

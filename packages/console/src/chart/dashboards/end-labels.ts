import { visibleText } from '../visible-text.ts';
import type { Drawing, TextWidth } from './drawing.ts';
import { labelPlaces } from './label-places.ts';
import type { PlotFrame } from './plot-frame.ts';
import { lineOfText, shortened } from './shortened.ts';

/** Label of a line, at the pixels where its text begins and has its middle. */
export interface EndLabel {
  readonly line: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Lines up to which each has its label at its end; more have it in the legend alone. */
const mostLabels = 5;

/** Part of the width that a label has at most. */
const labelShare = 0.4;

/** Pixels between a value and its label. */
const room = 8;

/** The label of each line next to its last value. */
export function endLabels(
  { lines, columns: { times, columns } }: Pick<Drawing, 'lines' | 'columns'>,
  frame: PlotFrame,
  textWidth: TextWidth,
): readonly EndLabel[] {
  if (lines.length > mostLabels) return [];
  const ends = lines.flatMap(({ axis, label }, line) => {
    const column = columns[line] ?? [];
    const last = column.findLastIndex((cell) => typeof cell === 'number');
    if (last < 0) return [];
    const text = shortened(visibleText(label), frame.width * labelShare, textWidth);
    const [x, width] = [frame.x((times[last] ?? 0) * 1_000), textWidth(text)];
    const isAfter = x + room + width <= frame.width;
    const start = isAfter ? x + room : Math.max(0, x - room - width);
    // Before its last value a line has others: its label is above them.
    const top = frame.y(column[last] ?? 0, axis) - lineOfText / 2 - (isAfter ? 0 : lineOfText);
    return [{ label: { line, text, x: start }, top }];
  });
  const places = labelPlaces(
    ends.map(({ top }) => top),
    lineOfText,
    frame.height - lineOfText,
  );
  return ends.map(({ label }, index) => ({ ...label, y: (places[index] ?? 0) + lineOfText / 2 }));
}

import { visibleText } from '../visible-text.ts';
import type { Drawing, TextWidth } from './drawing.ts';
import { labelPlaces } from './label-places.ts';
import type { PlotFrame } from './plot-frame.ts';
import { lineOfText, shortened } from './shortened.ts';

/** An annotation in pixels of the frame: a line across it, what it fills, and its label, whose `y` is that of its letters. */
export interface NoteShape {
  readonly color: string | undefined;
  readonly line: string;
  readonly band: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** Pixels between a line and the begin of its label. */
const indent = 6;

/** Levels that a chart annotates. Labels are above their lines, or under them at the top, and not on each other. */
export function levelShapes(
  { axes, levels }: Pick<Drawing, 'axes' | 'levels'>,
  { width, height, y }: PlotFrame,
  textWidth: TextWidth,
): readonly NoteShape[] {
  const shown = levels
    .filter(({ axis }) => axes.some(({ side }) => side === axis))
    .map((level) => ({ ...level, place: y(level.value, level.axis) }));
  const labeled = shown.filter(({ label, place }) => label !== '' && place >= 0 && place <= height);
  const places = labelPlaces(
    labeled.map(({ place }) => (place < lineOfText ? place + 3 : place - lineOfText)),
    lineOfText,
    height - lineOfText,
  );
  return shown.map((level) => {
    const end = edge(level.to, height, 0, (value) => y(value, level.axis));
    const index = labeled.indexOf(level);
    return {
      color: level.color,
      line: `M0 ${level.place}h${width}`,
      band: end === undefined ? '' : `M0 ${level.place}h${width}V${end}h${-width}z`,
      label: index < 0 ? '' : shortened(visibleText(level.label), width - 2 * indent, textWidth),
      x: indent,
      y: (places[index] ?? 0) + 10,
    };
  });
}

/** Times that a chart annotates, with labels at the top: after their lines, or before them where that has no room. */
export function timeShapes(
  { times }: Pick<Drawing, 'times'>,
  { width, height, x }: PlotFrame,
  textWidth: TextWidth,
): readonly NoteShape[] {
  return times.map(({ at, to, label, color }) => {
    const place = x(at);
    const end = edge(to, 0, width, x);
    const isSeen = place >= 0 && place <= width;
    const text = isSeen ? shortened(visibleText(label), width / 2, textWidth) : '';
    const [after, long] = [place + indent, textWidth(text)];
    return {
      color,
      line: `M${place} 0v${height}`,
      band: end === undefined ? '' : `M${place} 0v${height}H${end}v${-height}z`,
      label: text,
      x: after + long <= width ? after : place - indent - long,
      y: 12,
    };
  });
}

/** The pixel at which a band ends: an endless one ends at the edge that it goes to. */
function edge(to: number | undefined, least: number, most: number, pixel: (value: number) => number) {
  if (to === undefined) return undefined;
  return to === Infinity ? most : to === -Infinity ? least : pixel(to);
}

import type { TextWidth } from './drawing.ts';

/** Height of a line of text in a chart, in pixels. */
export const lineOfText = 13;

/** A text cut in its middle, so that it is not wider than it may be. */
export function shortened(text: string, most: number, textWidth: TextWidth): string {
  const width = textWidth(text);
  if (width <= most) return text;
  const letters = Array.from(text);
  const ends = Math.max(2, Math.floor((letters.length * most) / width / 2) - 1);
  return `${letters.slice(0, ends).join('')}…${letters.slice(-ends).join('')}`;
}

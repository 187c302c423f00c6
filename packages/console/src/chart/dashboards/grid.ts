import type { BodyWidget } from './read-body.ts';

/** Columns of the grid of a dashboard ("Widgets Array Structure"). */
export const columns = 24;

export type Placed = BodyWidget & { readonly x: number; readonly y: number };

/**
 * Places for all widgets: those that have one keep it, moved into the grid where they reach over its edge; the others come
 * after them, from left to right, as CloudWatch puts them (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html).
 * They are ordered as one reads them: by row, then by column.
 */
export function placedWidgets(widgets: readonly BodyWidget[]): readonly Placed[] {
  const placed: Placed[] = [];
  for (const widget of widgets) {
    const { x, y } = widget;
    const width = within(widget.width, 1, columns);
    const height = within(widget.height, 1, 1_000);
    if (x !== undefined && y !== undefined)
      placed.push({ ...widget, width, height, x: within(x, 0, columns - width), y: Math.max(0, Math.floor(y)) });
  }
  let row = placed.reduce((end, { y, height }) => Math.max(end, y + height), 0);
  let [column, next] = [0, row];
  for (const widget of widgets) {
    if (widget.x !== undefined && widget.y !== undefined) continue;
    const width = within(widget.width, 1, columns);
    const height = within(widget.height, 1, 1_000);
    if (column + width > columns) [column, row] = [0, next];
    placed.push({ ...widget, width, height, x: column, y: row });
    column += width;
    next = Math.max(next, row + height);
  }
  return placed.sort((one, other) => one.y - other.y || one.x - other.x || one.index - other.index);
}

const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.floor(value)));

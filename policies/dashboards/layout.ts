import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';

/** Place of a widget in the grid, in its units. */
export interface PlacedWidget {
  /** Place in the list of widgets. */
  readonly index: number;
  readonly type: string;
  /** Title, or the first line of a text. */
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Columns of the grid, and the size of a widget that has none (Dashboard Body Structure, "Widgets Array Structure"). */
const columns = 24;
const size = 6;

const numberOr = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

/** Widgets with a place. CloudWatch itself finds a place for those that have none. */
export const placedWidgets = (body: Json): readonly PlacedWidget[] =>
  listOf(objectOf(body)['widgets']).flatMap((given, index) => {
    const { x, y, width, height, type, properties } = objectOf(given);
    if (typeof x !== 'number' || typeof y !== 'number') return [];
    const { title, markdown = '' } = objectOf(properties);
    return [
      {
        ...{ index, x, y, type: textOf(type ?? '') },
        ...{ width: numberOr(width, size), height: numberOr(height, size) },
        title: title === undefined ? (textOf(markdown).split('\n')[0] ?? '') : textOf(title),
      },
    ];
  });

const nameOf = ({ index, title }: PlacedWidget): string => `widgets[${index}] "${title}"`;

const cover = (one: PlacedWidget, other: PlacedWidget): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** Widgets that cover each other or reach over the edge of the grid: the console moves one of them, or hides it. */
export function layoutProblems(widgets: readonly PlacedWidget[]): readonly string[] {
  return widgets.flatMap((widget, index) => [
    ...(widget.x + widget.width > columns
      ? [`${nameOf(widget)} ends in column ${widget.x + widget.width}, and the grid has ${columns}`]
      : []),
    ...widgets
      .slice(index + 1)
      .filter((other) => cover(widget, other))
      .map((other) => `${nameOf(other)} covers ${nameOf(widget)}`),
  ]);
}

/** A line for each widget: place, size, type and title. */
export const layoutSketch = (widgets: readonly PlacedWidget[]): string =>
  widgets
    .map(({ x, y, width, height, type, title }) =>
      [`y ${y}`.padEnd(6), `x ${x}`.padEnd(5), `${width} x ${height}`.padEnd(8), `${type.padEnd(7)}${title}`].join(''),
    )
    .join('\n');

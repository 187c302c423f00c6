import type { Cell, CellLine } from './cell.ts';

/** Pixels of a row's parts. They depend on the level and on the width alone, so that no tenant moves another one sideways. */
export interface CellSize {
  readonly width: number;
  readonly height: number;
  /** Width of the gap between two boxes. */
  readonly gap: number;
  /** Largest width of a box. */
  readonly box: number;
}

export interface PlacedBox {
  readonly x: number;
  readonly width: number;
}

/** Boxes of a cell at most; those above are counted. */
export const mostBoxes = 6;

/** Pixels of a box at least. */
const leastBox = 24;

/** Pixels between two boxes at least, where there are to be words. */
const leastWords = 64;

/** Places of boxes: two of them fill a cell, more of them share it. */
export function placedBoxes(count: number, { width, gap, box }: CellSize): readonly PlacedBox[] {
  const shown = Math.min(count, mostBoxes);
  const places = Math.max(2, shown);
  const room = Math.floor((width - places * leastBox) / (places - 1));
  const between = Math.min(room, places > 2 ? Math.floor(gap * 0.7) : gap);
  const share = (width - (places - 1) * between) / places;
  const size = Math.min(box, Math.floor(share));
  return Array.from({ length: shown }, (_, index) => ({ x: index * (size + between), width: size }));
}

/** Pixels between a line and the middle if there are two of them. */
const apart = 9;

export interface PlacedLine {
  readonly line: CellLine;
  /** Path of SVG, from box to box. */
  readonly path: string;
  /** Where its arrow ends. */
  readonly tip: readonly [x: number, y: number];
  /** True if its arrow points upward, into the lower edge of a box. */
  readonly isBelow: boolean;
  /** Room for words above and below it; undefined if there is none. */
  readonly words: PlacedBox | undefined;
  /** The second line, of what is refused; undefined if nothing is. */
  readonly refused: { readonly path: string; readonly sign: readonly [x: number, y: number] } | undefined;
}

/** Lines of a cell: between neighbors straight, else below the boxes between them, so that no line crosses a box. */
export function placedLines({ lines }: Cell, boxes: readonly PlacedBox[], { height }: CellSize): readonly PlacedLine[] {
  return lines.flatMap((line): readonly PlacedLine[] => {
    const [from, to] = [boxes[line.from], boxes[line.to]];
    if (!from || !to) return [];
    const middle = height / 2;
    if (line.to === line.from + 1) {
      const [left, right] = [from.x + from.width, to.x];
      const at = (y: number): string => `M${left} ${y}H${right}`;
      const [y, below] = line.denied === null ? [middle, middle] : [middle - apart, middle + apart];
      const refused =
        line.denied === null ? undefined : { path: at(below), sign: [(left + right) / 2, below] as const };
      const words = right - left < leastWords ? undefined : { x: left + 4, width: right - left - 12 };
      return [{ line, path: at(y), tip: [right, y], isBelow: false, words, refused }];
    }
    const [start, end] = [from.x + from.width / 2, to.x + to.width / 2 - 4];
    const depth = height + 6;
    const path = `M${start} ${height}V${depth}H${end}V${height}`;
    const refused = line.denied === null ? undefined : { path, sign: [(start + end) / 2, depth] as const };
    return [{ line, path, tip: [end, height], isBelow: true, words: undefined, refused }];
  });
}

/** Detail of the drawing: accounts with their contents, their names and states, or the same with well rows folded. */
export type Level = 'large' | 'medium' | 'many';

export const levelOf = (accounts: number): Level => (accounts < 12 ? 'large' : accounts <= 60 ? 'medium' : 'many');

import type { Drawing, TextWidth } from './drawing.ts';
import { timeMark, timeTicks, valueTicks } from './ticks.ts';
import { valueText } from './value-text.ts';

/** Text of an axis with its place, in pixels of the frame. */
export interface Mark {
  readonly place: number;
  readonly text: string;
}

/** The part of a chart within its axes. `x` and `y` are pixels from its left top corner. */
export interface PlotFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (at: number) => number;
  readonly y: (value: number, side: 'left' | 'right') => number;
  readonly times: readonly Mark[];
  readonly values: readonly { readonly side: 'left' | 'right'; readonly marks: readonly Mark[] }[];
}

/** Pixels over the frame, under it for the times, and at a side without an axis. */
const room = { top: 8, bottom: 22, side: 14 };

/** Part of the width that an axis takes at most. */
const mostShare = 0.3;

/** A frame for a chart of a size: it leaves room for what its axes say. */
export function plotFrame(
  { from, to, axes }: Pick<Drawing, 'from' | 'to' | 'axes'>,
  size: { readonly width: number; readonly height: number },
  textWidth: TextWidth,
): PlotFrame {
  const height = Math.max(1, size.height - room.top - room.bottom);
  const y = (value: number, side: 'left' | 'right'): number => {
    const { min = 0, max = 1 } = axes.find((axis) => axis.side === side) ?? {};
    return within(((max - value) / (max - min)) * height);
  };
  const values = axes.map((axis) => ({
    side: axis.side,
    marks: valueTicks(axis, height).map((value) => ({
      place: y(value, axis.side),
      text: valueText(value, axis.unit),
    })),
  }));
  const sideRoom = (wanted: 'left' | 'right'): number => {
    const widths = values
      .flatMap(({ side, marks }) => (side === wanted ? marks : []))
      .map(({ text }) => textWidth(text));
    return widths.length === 0 ? room.side : Math.min(size.width * mostShare, 8 + Math.ceil(Math.max(22, ...widths)));
  };
  const left = sideRoom('left');
  const width = Math.max(1, size.width - left - sideRoom('right'));
  const x = (at: number): number => within(((at - from) / (to - from)) * width);
  const times = timeTicks(from, to, width).map((at) => ({ place: x(at), text: timeMark(at, { from, to }) }));
  return { left, top: room.top, width, height, x, y, times, values };
}

/** A pixel that a path can have, with one digit: values far away are outside of every chart. */
const within = (pixel: number): number => Math.round(Math.min(20_000, Math.max(-20_000, pixel || 0)) * 10) / 10;

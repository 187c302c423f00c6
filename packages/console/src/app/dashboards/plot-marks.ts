import type uPlot from 'uplot';
import { labelPlaces } from '../../chart/dashboards/label-places.ts';
import type { StyledLine } from '../../chart/dashboards/styled-lines.ts';
import { visibleText } from '../../chart/visible-text.ts';
import type { Drawing } from './drawing.ts';

/** Color of a token of the page. */
export type Ink = (token: string) => string;

const font = (): string => `${11 * devicePixelRatio}px system-ui, sans-serif`;

const colorOf = ({ paint }: StyledLine, ink: Ink): string => (paint.kind === 'given' ? paint.color : ink(paint.token));

/** Levels and times that the body annotates, with what they fill, under the lines. */
export function drawNotes(plot: uPlot, { axes, levels, times }: Drawing, ink: Ink): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = font();
  ctx.lineWidth = devicePixelRatio * 1.5;
  const shown = levels.filter(({ axis }) => axes.some(({ side }) => side === axis));
  const heights = shown.map(({ value, axis }) => plot.valToPos(value, axis, true));
  for (const [index, { to, axis, color }] of shown.entries()) {
    const y = heights[index] ?? 0;
    const end = to === undefined ? y : within(plot.valToPos(to, axis, true), bbox.top, bbox.top + bbox.height, to);
    mark(ctx, color ?? ink('held'), () => {
      ctx.fillRect(bbox.left, Math.min(y, end), bbox.width, Math.abs(end - y));
    });
    line(ctx, [bbox.left, y, bbox.left + bbox.width, y]);
  }
  const gap = 13 * devicePixelRatio;
  const places = labelPlaces(
    // Above its line, or below it at the top of the chart.
    heights.map((y) => (y - bbox.top < gap ? y - bbox.top + 3 * devicePixelRatio : y - bbox.top - gap)),
    gap,
    bbox.height - gap,
  );
  for (const [index, { label }] of shown.entries()) {
    textAt(ctx, label, bbox.left + 6 * devicePixelRatio, bbox.top + (places[index] ?? 0) + 10 * devicePixelRatio, ink);
  }
  for (const { at, to, label, color } of times) {
    const x = plot.valToPos(at / 1_000, 'x', true);
    const end =
      to === undefined
        ? x
        : to === Infinity
          ? bbox.left + bbox.width
          : to === -Infinity
            ? bbox.left
            : plot.valToPos(to / 1_000, 'x', true);
    mark(ctx, color ?? ink('held'), () => {
      ctx.fillRect(Math.min(x, end), bbox.top, Math.abs(end - x), bbox.height);
    });
    line(ctx, [x, bbox.top, x, bbox.top + bbox.height]);
    textAt(ctx, label, x + 4 * devicePixelRatio, bbox.top + 12 * devicePixelRatio, ink);
  }
  ctx.restore();
}

/** An endless value ends at the edge that it goes to. */
const within = (pixel: number, top: number, bottom: number, value: number): number =>
  value === Infinity ? top : value === -Infinity ? bottom : pixel;

function mark(ctx: CanvasRenderingContext2D, color: string, fill: () => void): void {
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.globalAlpha = 0.12;
  fill();
  ctx.globalAlpha = 1;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
}

function line(ctx: CanvasRenderingContext2D, [x, y, toX, toY]: readonly [number, number, number, number]): void {
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

function textAt(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, ink: Ink): void {
  ctx.fillStyle = ink('ink2');
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.fillText(visibleText(text), x, y);
}

/** The time of the strip, where it is within the chart. */
export function drawTime(plot: uPlot, { at, to }: Drawing, ink: Ink): void {
  const { ctx, bbox } = plot;
  const x = plot.valToPos(at / 1_000, 'x', true);
  if (!Number.isFinite(at) || at > to || x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = ink('ink');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  line(ctx, [x, bbox.top, x, bbox.top + bbox.height]);
  ctx.restore();
}

/** Lines up to which each has its label at its end; more have it in the legend alone. */
const mostLabels = 5;

/** Part of the width that a label has at most. */
const labelShare = 0.4;

/** The label of each line next to its last value. */
export function drawEndLabels(plot: uPlot, { lines }: Drawing, ink: Ink): void {
  const { ctx, bbox, data } = plot;
  if (lines.length > mostLabels) return;
  ctx.save();
  ctx.font = font();
  ctx.textBaseline = 'middle';
  const ends = lines.flatMap((each, index) => {
    const values = data[index + 1] ?? [];
    const last = Array.from(values).findLastIndex((value) => typeof value === 'number');
    const value = values[last];
    if (typeof value !== 'number') return [];
    const x = plot.valToPos(data[0][last] ?? 0, 'x', true);
    return [{ each, x, y: plot.valToPos(value, each.axis, true) }];
  });
  const gap = 13 * devicePixelRatio;
  const places = labelPlaces(
    ends.map(({ y }) => y - bbox.top - gap / 2),
    gap,
    bbox.height - gap,
  );
  for (const [index, { each, x }] of ends.entries()) {
    const text = shortened(ctx, visibleText(each.label), bbox.width * labelShare);
    const width = ctx.measureText(text).width;
    const room = 8 * devicePixelRatio;
    const isRight = x + room + width <= bbox.left + bbox.width;
    // Before its last value a line has others: its label is above them.
    const lift = Math.min(gap, places[index] ?? 0);
    const y = bbox.top + (places[index] ?? 0) + gap / 2 - (isRight ? 0 : lift);
    const start = isRight ? x + room : x - room - width;
    ctx.lineWidth = 3 * devicePixelRatio;
    ctx.strokeStyle = ink('surface');
    ctx.lineJoin = 'round';
    ctx.textAlign = 'left';
    ctx.strokeText(text, start, y);
    ctx.fillStyle = colorOf(each, ink);
    ctx.fillText(text, start, y);
  }
  ctx.restore();
}

/** A text cut in its middle, so that it is not wider than it may be. */
function shortened(ctx: CanvasRenderingContext2D, text: string, most: number): string {
  if (ctx.measureText(text).width <= most) return text;
  const ends = Math.max(2, Math.floor((text.length * most) / ctx.measureText(text).width / 2) - 1);
  return `${text.slice(0, ends)}…${text.slice(-ends)}`;
}

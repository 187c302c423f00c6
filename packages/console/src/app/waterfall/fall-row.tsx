import type { TimeScale } from '../../chart/idle-collapse.ts';
import { laneDrawing } from '../../chart/lane-drawing.ts';
import { clockText, durationText } from '../../chart/time-text.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import { LabeledGlyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { eventHref } from './event-href.ts';
import { LaneCanvas } from './lane-canvas.tsx';
import { LaneSvg } from './lane-svg.tsx';
import type { CanvasLook } from './use-paints.ts';

/**
 * Boxes of a row that are elements; a row of more is a canvas. About forty rows are drawn at a time, so that there are at
 * most 600 boxes: Chromium zooms 10,000 as elements in 275 ms, on a canvas in less than 50.
 */
const mostElements = 15;

export interface FallRowProps {
  readonly row: WaterfallRow;
  readonly index: number;
  /** True for the row that Tab leads to. */
  readonly isStop: boolean;
  /** Undefined for a row without rows below it. */
  readonly isExpanded: boolean | undefined;
  readonly columns: string;
  readonly scale: TimeScale;
  /** Undefined before the style sheet was read. */
  readonly look: CanvasLook | undefined;
}

/** A row: its name and state as text, its time as a drawing and as text, how long it took. */
export function FallRow({ row, index, isStop, isExpanded, columns, scale, look }: FallRowProps) {
  const drawing = laneDrawing(row, scale);
  return (
    <div
      class="fall-row"
      role="row"
      data-row
      tabIndex={isStop ? 0 : -1}
      aria-level={row.depth + 1}
      aria-rowindex={index + 2}
      aria-expanded={isExpanded}
      style={{ gridTemplateColumns: columns }}
    >
      <TreeCell row={row} />
      <span role="gridcell" class="lane" data-lane={index}>
        <span class="off-screen">{`from ${clockText(row.from)} to ${clockText(row.to)} UTC`}</span>
        {look && drawing.boxes.length > mostElements ? (
          <LaneCanvas drawing={drawing} scale={scale} look={look} />
        ) : (
          <LaneSvg drawing={drawing} scale={scale} />
        )}
      </span>
      <span role="gridcell" class="number">
        {row.kind === 'denied' ? row.note : durationText(row.to - row.from)}
      </span>
    </div>
  );
}

function TreeCell({ row }: { readonly row: WaterfallRow }) {
  return (
    <span role="gridcell" class={`tree is-${row.kind}`} style={{ paddingLeft: `${8 + Math.min(row.depth, 8) * 14}px` }}>
      <LabeledGlyph state={row.state} />
      {row.event === null ? (
        <Name>{row.label}</Name>
      ) : (
        <a href={eventHref(row, row.event)} tabIndex={-1}>
          <Name>{row.label}</Name>
        </a>
      )}
      <span class="quiet">{row.type}</span>
    </span>
  );
}

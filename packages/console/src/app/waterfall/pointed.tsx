import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { TimeScale } from '../../chart/idle-collapse.ts';
import { laneDrawing, type LaneHit } from '../../chart/lane-drawing.ts';
import { boxAt } from '../../chart/lane-hit.ts';
import { durationText, exactClockText } from '../../chart/time-text.ts';
import { runView } from '../../models/address.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import { eventHref } from './event-href.ts';

/** A piece of a row under the pointer. */
export interface PointedSpan {
  readonly row: WaterfallRow;
  readonly hit: LaneHit;
}

/** Finds what is under the pointer, and opens it on a click: by numbers, because a canvas has no elements. */
export function usePointed(rows: readonly WaterfallRow[], scale: TimeScale) {
  const value = useSignal<PointedSpan | undefined>(undefined);
  const latest = useRef({ rows, scale });
  latest.current = { rows, scale };
  const find = ({ target, clientX, clientY }: MouseEvent): PointedSpan | undefined => {
    const lane = target instanceof Element ? target.closest<HTMLElement>('[data-lane]') : null;
    const row = latest.current.rows[Number(lane?.dataset['lane'] ?? -1)];
    if (!lane || !row) return undefined;
    const { left, top } = lane.getBoundingClientRect();
    const hit = boxAt(laneDrawing(row, latest.current.scale).boxes, clientX - left, clientY - top)?.hit;
    lane.classList.toggle('is-hit', !!hit);
    return hit ? { row, hit } : undefined;
  };
  return {
    get value() {
      return value.value;
    },
    handlers: {
      onPointerMove: (event: PointerEvent): void => {
        const found = find(event);
        if (found?.hit !== value.peek()?.hit) value.value = found;
      },
      onPointerLeave: (): void => {
        value.value = undefined;
      },
      onClick: (event: MouseEvent & { readonly currentTarget: HTMLElement }): void => {
        const found = event.currentTarget.closest('.is-dragged') ? undefined : find(event);
        if (!found) return;
        const { row, hit } = found;
        const ofBatch = row.batches.length > 0 ? hrefOf(runView(row.execution, 'batches')) : undefined;
        const href = hit.event === null ? ofBatch : eventHref(row, hit.event);
        if (href !== undefined) location.hash = href;
      },
    },
  };
}

/** Words for the span under the pointer: the rows say the same to those who have none. */
export function Pointed({ pointed }: { readonly pointed: PointedSpan | undefined }) {
  return (
    <p class="pointed" aria-hidden="true">
      {pointed && (
        <>
          <Name>{pointed.row.label}</Name>: {pointed.hit.text}, {exactClockText(pointed.hit.from)} to{' '}
          {exactClockText(pointed.hit.to)} UTC, {durationText(pointed.hit.to - pointed.hit.from)}
        </>
      )}
    </p>
  );
}

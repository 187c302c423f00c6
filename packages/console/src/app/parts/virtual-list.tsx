import { useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface VirtualListProps {
  readonly count: number;
  /** Pixels of a row: all are equally high. */
  readonly rowHeight: number;
  /** @param isStop true for the one row that Tab leads to: the row that has or had the focus, else the first one in sight */
  readonly row: (index: number, isStop: boolean) => ComponentChildren;
  /** Row that is scrolled into sight when the list appears. */
  readonly first?: number;
  /** Pixels at most; a shorter list is as high as its rows. */
  readonly height?: number;
}

/** Rows above and below the sight that are drawn as well, so that the focus can move to them. */
const more = 10;

/** A browser draws no element higher than this, in pixels; longer lists are scrolled in proportion. */
const highest = 8_000_000;

/** Draws the rows in sight only. It renders a `rowgroup` that scrolls. */
export function VirtualList({ count, rowHeight, row, first, height = 560 }: VirtualListProps) {
  const box = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const all = count * rowHeight;
  const drawn = Math.min(all, highest);
  const sight = Math.min(height, Math.max(rowHeight, all));
  const scale = drawn > sight ? (all - sight) / (drawn - sight) : 1;
  const from = useComputed(() => Math.floor(top.value / rowHeight));
  useLayoutEffect(() => {
    if (first === undefined || !box.current) return;
    const wanted = first * rowHeight;
    const offset = box.current.scrollTop * scale;
    if (wanted < offset || wanted > offset + sight - rowHeight) {
      box.current.scrollTop = Math.max(0, wanted - sight / 2) / scale;
    }
  }, [first]);
  const focused = useSignal(-1);
  const start = Math.max(0, Math.min(from.value, count) - more);
  const end = Math.min(count, from.value + Math.ceil(sight / rowHeight) + more);
  const drawnRows = Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
  // The focused row stays, however far one scrolls.
  const kept = focused.value;
  if (kept >= 0 && kept < start) drawnRows.unshift(kept);
  if (kept >= end && kept < count) drawnRows.push(kept);
  const stop = kept >= 0 && kept < count ? kept : Math.min(from.value, count - 1);
  const shift = scale === 1 ? 0 : top.value / scale - top.value;
  return (
    <div
      ref={box}
      class="virtual"
      role="rowgroup"
      data-count={count}
      style={{ height: `${sight}px` }}
      onScroll={({ currentTarget }) => {
        top.value = currentTarget.scrollTop * scale;
      }}
      onFocusIn={({ target }) => {
        const place = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
        if (place) focused.value = Number(place.dataset['place']);
      }}
    >
      <div class="virtual-all" role="presentation" style={{ height: `${drawn}px` }}>
        {drawnRows.map((index) => (
          <div
            key={index}
            class="virtual-row"
            role="presentation"
            data-place={index}
            style={{ top: `${index * rowHeight + shift}px`, height: `${rowHeight}px` }}
          >
            {row(index, index === stop)}
          </div>
        ))}
      </div>
    </div>
  );
}

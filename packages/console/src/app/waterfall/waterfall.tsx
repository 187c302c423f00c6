import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { runView } from '../../models/address.ts';
import { clockText, durationText } from '../../chart/time-text.ts';
import { visibleRows, waterfallRows, type WaterfallRow } from '../../chart/waterfall-rows.ts';
import { ticksOf, waterfallScale } from '../../chart/waterfall-scale.ts';
import type { TimeScale } from '../../chart/idle-collapse.ts';
import { Chip, Glyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { useWidth } from '../parts/use-width.ts';
import { VirtualList } from '../parts/virtual-list.tsx';
import type { RunProps } from '../run/run-props.ts';
import { hrefOf } from '../state/store.ts';
import { HatchPatterns } from './hatch-patterns.tsx';
import { Lane } from './lane.tsx';

/** Pixels of the tree at the left and of the durations at the right. */
const columns = { tree: 272, narrowTree: 168, took: 112 } as const;

/** Pixels of the line of time at least: below it scrolls sideways. */
const narrowest = 420;

/** The whole family on one line of time, in which long idle time is short. */
export function Waterfall({ models, root }: RunProps) {
  const { ref, width } = useWidth();
  const folded = useSignal<ReadonlySet<string>>(new Set());
  const all = useMemo(() => waterfallRows(models, root), [models, root]);
  const rows = width.value === 0 ? [] : visibleRows(all, folded.value);
  const tree = width.value < 700 ? columns.narrowTree : columns.tree;
  const scale = waterfallScale(all, models.at, Math.max(narrowest, width.value - tree - columns.took - 26));
  const fold = (key: string, isFolded: boolean): void => {
    const next = new Set(folded.value);
    if (isFolded) next.add(key);
    else next.delete(key);
    folded.value = next;
  };
  const styles = { gridTemplateColumns: `${tree}px ${scale.width}px ${columns.took}px` };
  const hasBelow = (row: WaterfallRow): boolean => (all[all.indexOf(row) + 1]?.depth ?? 0) > row.depth;
  return (
    <div class="card waterfall" ref={ref}>
      <HatchPatterns />
      <p class="legend">
        {(['running', 'succeeded', 'failed', 'stuck', 'waiting', 'denied'] as const).map((state) => (
          <Chip key={state} state={state} />
        ))}
        <span>hatched: nothing happens</span>
      </p>
      <div class="scroll-x" role="region" aria-label="Waterfall, scrolls sideways" tabIndex={0}>
        <div
          role="treegrid"
          aria-label="Waterfall"
          aria-rowcount={rows.length + 1}
          style={{ width: `${tree + scale.width + columns.took}px` }}
        >
          <div role="rowgroup">
            <div class="fall-row head" role="row" style={styles}>
              <span role="columnheader">Execution or state</span>
              <span role="columnheader" class="axis">
                <span class="off-screen">Time since the start</span>
                <Axis scale={scale} />
              </span>
              <span role="columnheader" class="number">
                Took
              </span>
            </div>
          </div>
          <VirtualList
            count={rows.length}
            rowHeight={30}
            row={(index) => {
              const row = rows[index];
              if (!row) return null;
              const isFolded = folded.value.has(row.key);
              return (
                <div
                  class="fall-row"
                  role="row"
                  data-row
                  tabIndex={index === 0 ? 0 : -1}
                  aria-level={row.depth + 1}
                  aria-rowindex={index + 2}
                  aria-expanded={hasBelow(row) ? !isFolded : undefined}
                  style={styles}
                  onKeyDown={(event) => {
                    if (event.key === 'h' || event.key === 'ArrowLeft') fold(row.key, hasBelow(row));
                    if (event.key === 'l' || event.key === 'ArrowRight') fold(row.key, false);
                    if (event.key === 'Enter' && row.event !== null) location.hash = eventHref(row);
                  }}
                >
                  <TreeCell row={row} />
                  <span role="gridcell" class="lane">
                    <span class="off-screen">{`from ${clockText(row.from)} to ${clockText(row.to)} UTC`}</span>
                    <Lane row={row} scale={scale} />
                  </span>
                  <span role="gridcell" class="number">
                    {row.kind === 'denied' ? row.note : durationText(row.to - row.from)}
                  </span>
                </div>
              );
            }}
          />
        </div>
      </div>
    </div>
  );
}

const eventHref = (row: WaterfallRow): string =>
  hrefOf(runView(row.execution, 'history'), { event: String(row.event) });

function TreeCell({ row }: { readonly row: WaterfallRow }) {
  return (
    <span role="gridcell" class={`tree is-${row.kind}`} style={{ paddingLeft: `${8 + Math.min(row.depth, 8) * 14}px` }}>
      <Glyph state={row.state} label={row.state} />
      {row.event === null ? (
        <Name>{row.label}</Name>
      ) : (
        <a href={eventHref(row)} tabIndex={-1}>
          <Name>{row.label}</Name>
        </a>
      )}
      <span class="quiet">{row.type}</span>
    </span>
  );
}

function Axis({ scale }: { readonly scale: TimeScale }) {
  const start = scale.segments[0]?.from ?? 0;
  return (
    <>
      <span class="tick" style={{ left: '0' }}>
        {clockText(start)}
      </span>
      {ticksOf(scale)
        .filter(({ after }) => after > 0)
        .map(({ x, after }) => (
          <span key={after} class="tick" style={{ left: `${x}px` }}>
            +{durationText(after).replace('.00', '')}
          </span>
        ))}
      {scale.segments
        .filter(({ isIdle }) => isIdle)
        .map(({ x, width, from, to }) => (
          <span key={from} class="tick idle" style={{ left: `${x}px`, width: `${width}px` }}>
            {durationText(to - from)} idle
          </span>
        ))}
    </>
  );
}

import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { visibleRows } from '../../chart/row-lists.ts';
import { waterfallRows, type WaterfallRow } from '../../chart/waterfall-rows.ts';
import { scaleOf } from '../../chart/idle-collapse.ts';
import { waterfallTime } from '../../chart/waterfall-scale.ts';
import { Chip } from '../parts/glyph.tsx';
import { focusPlace } from '../parts/focus-place.ts';
import { useWidth } from '../parts/use-width.ts';
import { VirtualList } from '../parts/virtual-list.tsx';
import type { RunProps } from '../run/run-props.ts';
import { Axis } from './axis.tsx';
import { eventHref } from './event-href.ts';
import { FallRow } from './fall-row.tsx';
import { HatchPatterns } from './hatch-patterns.tsx';
import { Pointed, usePointed } from './pointed.tsx';
import { treeMove } from './tree-keys.ts';
import { useLook } from './use-paints.ts';
import { useZoom } from './use-zoom.ts';
import { ZoomTools } from './zoom-tools.tsx';
import './waterfall.css';

/** Pixels of the tree at the left and of the durations at the right. */
const columns = { tree: 272, narrowTree: 168, took: 112 } as const;

/** Pixels of the line of time at least: below it the whole scrolls sideways. */
const narrowest = 420;

const rowHeight = 30;

/** The whole family on one line of time, in which long idle time is short. */
export function Waterfall({ models, root }: RunProps) {
  const { ref, width } = useWidth();
  const folded = useSignal<ReadonlySet<string>>(new Set());
  const { examples, look } = useLook();
  const all = useMemo(() => waterfallRows(models, root), [models, root]);
  const parents = useMemo(() => parentsIn(all), [all]);
  const rows = useMemo(() => visibleRows(all, folded.value), [all, folded.value]);
  const tree = width.value < 700 ? columns.narrowTree : columns.tree;
  const room = Math.max(narrowest, width.value - tree - columns.took - 26);
  const time = useMemo(() => waterfallTime(all, models.at), [all, models.at]);
  const base = useMemo(() => scaleOf(time, room), [time, room]);
  const zoom = useZoom(base, ref);
  const { scale } = zoom;
  const pointed = usePointed(rows, scale);
  const styles = `${tree}px ${scale.width}px ${columns.took}px`;
  const isExpanded = ({ key }: WaterfallRow) => (parents.has(key) ? !folded.value.has(key) : undefined);
  const fold = (key: string, isFolded: boolean): void => {
    const next = new Set(folded.value);
    if (isFolded) next.add(key);
    else next.delete(key);
    folded.value = next;
  };
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const place = Number(event.target.closest<HTMLElement>('[data-place]')?.dataset['place'] ?? -1);
    const row = rows[place];
    if (!row) return;
    const move = treeMove(event.key, rows, place, isExpanded(row));
    if (event.key === 'Enter' && row.event !== null) location.hash = eventHref(row, row.event);
    else if (move?.kind === 'focus') focusPlace(event.currentTarget, move.place, rowHeight);
    else if (move) fold(row.key, move.kind === 'fold');
    else return;
    event.preventDefault();
  };
  return (
    <div class="card waterfall" ref={ref}>
      <HatchPatterns examples={examples} />
      <div class="fall-tools" role="group" aria-label="Zoom of the waterfall">
        <ZoomTools zoom={zoom} />
        <p class="legend">
          {(['running', 'succeeded', 'failed', 'stuck', 'waiting', 'denied'] as const).map((state) => (
            <Chip key={state} state={state} />
          ))}
          <span>hatched: nothing happens</span>
        </p>
      </div>
      <div class="scroll-x" role="region" aria-label="Waterfall, scrolls sideways" tabIndex={0}>
        <div
          role="treegrid"
          aria-label="Waterfall"
          aria-rowcount={rows.length + 1}
          style={{ width: `${tree + scale.width + columns.took}px` }}
          onKeyDown={onKeyDown}
          {...pointed.handlers}
        >
          <div role="rowgroup">
            <div class="fall-row head" role="row" style={{ gridTemplateColumns: styles }}>
              <span role="columnheader">Execution or state</span>
              <span role="columnheader" class="axis">
                <span class="off-screen">Time since the start</span>
                <Axis scale={scale} start={root.startedAt} />
              </span>
              <span role="columnheader" class="number">
                Took
              </span>
            </div>
          </div>
          <VirtualList
            count={width.value === 0 ? 0 : rows.length}
            rowHeight={rowHeight}
            row={(index, isStop) => {
              const row = rows[index];
              return (
                row && (
                  <FallRow
                    {...{ row, index, isStop, scale }}
                    columns={styles}
                    isExpanded={isExpanded(row)}
                    look={look.value}
                  />
                )
              );
            }}
          />
        </div>
      </div>
      <Pointed pointed={pointed.value} />
    </div>
  );
}

/** Keys of the rows that have rows below them. */
const parentsIn = (rows: readonly WaterfallRow[]): ReadonlySet<string> =>
  new Set(rows.filter(({ depth }, index) => (rows[index + 1]?.depth ?? 0) > depth).map(({ key }) => key));

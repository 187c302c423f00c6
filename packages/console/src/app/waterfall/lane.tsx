import { type TimeScale, xOf } from '../../chart/idle-collapse.ts';
import { packed } from '../../chart/packing.ts';
import { columnsInTime } from '../../chart/worst-state.ts';
import { mergedSpans } from '../../chart/state-spans.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';
import { stateOfStatus } from '../../models/states.ts';
import { hueOfState } from '../parts/glyph.tsx';

const height = 30;

/** Threads of batches that are drawn one by one. */
const mostLanes = 12;

/** A row on the line of time: the tree next to it says the same in words. */
export function Lane({ row, scale }: { readonly row: WaterfallRow; readonly scale: TimeScale }) {
  return (
    <svg class="lane-svg" width={scale.width} height={height} aria-hidden="true">
      {scale.segments
        .filter(({ isIdle }) => isIdle)
        .map(({ x, width, from }) => (
          <rect key={from} class="idle" x={x} y="0" width={width} height={height} />
        ))}
      {row.kind === 'execution' && <ExecutionLine row={row} scale={scale} />}
      {row.kind === 'state' &&
        (row.batches.length > 0 ? <Batches row={row} scale={scale} /> : <Spans row={row} scale={scale} />)}
      {row.kind === 'denied' && <DeniedCalls row={row} scale={scale} />}
    </svg>
  );
}

interface LaneProps {
  readonly row: WaterfallRow;
  readonly scale: TimeScale;
}

function ExecutionLine({ row, scale }: LaneProps) {
  const x = xOf(scale, row.from);
  const end = xOf(scale, row.to);
  const isLeft = end < scale.width / 2;
  return (
    <>
      <rect class={`span is-${hueOfState(row.state)}`} x={x} y="13" width={Math.max(2, end - x)} height="4" />
      {row.note !== null && row.depth > 0 && (
        <text class="note" x={isLeft ? end + 8 : x + 8} y={isLeft ? 19 : 10}>
          {row.note}
        </text>
      )}
    </>
  );
}

function Spans({ row, scale }: LaneProps) {
  return (
    <>
      {mergedSpans(row.spans, (time) => xOf(scale, time)).map(({ kind, attempt, x, width }) => (
        <g key={x}>
          <rect class={`span kind-${kind}`} x={x} y="8" width={Math.max(2, width)} height="14" />
          {kind === 'retry' && width > 16 && (
            <text class="inside" x={x + 4} y="19">
              {attempt}
            </text>
          )}
          {kind === 'stuck' && width > 230 && (
            <text class="stuck-text" x={x + 8} y="19">
              waits for an answer that never comes
            </text>
          )}
        </g>
      ))}
    </>
  );
}

function Batches({ row, scale }: LaneProps) {
  const spans = row.batches.map(({ startedAt, stoppedAt }) => ({ from: startedAt, to: stoppedAt ?? row.to }));
  const { lanes, count } = packed(spans);
  if (count > mostLanes || spans.length > 600) return <DensityStrip row={row} scale={scale} />;
  const step = (height - 8) / count;
  return (
    <>
      {row.batches.map(({ index, status }, at) => {
        const x = xOf(scale, spans[at]?.from ?? 0);
        const end = xOf(scale, spans[at]?.to ?? 0);
        return (
          <rect
            key={index}
            class={`span is-${hueOfState(stateOfStatus(status))}`}
            x={x}
            y={4 + (lanes[at] ?? 0) * step}
            width={Math.max(1.5, end - x - 1)}
            height={Math.max(1, step - 1)}
          />
        );
      })}
    </>
  );
}

function DensityStrip({ row, scale }: LaneProps) {
  const bars = row.batches.map(({ startedAt, stoppedAt, status }) => ({
    from: xOf(scale, startedAt),
    to: xOf(scale, stoppedAt ?? row.to),
    status,
  }));
  const columns = columnsInTime(bars);
  const most = Math.max(1, ...columns.map(({ count }) => count));
  return (
    <>
      {columns.map(({ x, width, status, count }) => {
        const high = 4 + (count / most) * (height - 10);
        return (
          <rect
            key={x}
            class={`span is-${hueOfState(stateOfStatus(status))}`}
            x={x}
            y={height - 3 - high}
            width={width}
            height={high}
          />
        );
      })}
    </>
  );
}

function DeniedCalls({ row, scale }: LaneProps) {
  const xs = [...new Set(row.denied.map(([at]) => Math.round(xOf(scale, at))))];
  const [first, last] = [xOf(scale, row.from), xOf(scale, row.to)];
  return (
    <>
      <line class="denied-line" x1={first} x2={last} y1="15" y2="15" />
      {xs.map((x) => (
        <circle key={x} class="denied-dot" cx={x} cy="15" r="1.5" />
      ))}
      {[...new Set([first, last])].map((x) => (
        <g key={x}>
          <circle class="denied-end" cx={x} cy="15" r="4.75" />
          <path class="denied-end" d={`M${x - 3.2} 11.8l6.4 6.4`} />
        </g>
      ))}
    </>
  );
}

import { type TimeScale, xOf } from '../../chart/idle-collapse.ts';
import { boxPaths } from '../../chart/box-paths.ts';
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
  const spans = mergedSpans(row.spans, (time) => xOf(scale, time));
  const boxes = spans.map(({ kind, x, width }) => ({ kind, x, y: 8, width: Math.max(2, width), height: 14 }));
  return (
    <>
      {[...boxPaths(boxes)].map(([kind, path]) => (
        <path key={kind} class={`span kind-${kind}`} d={path} />
      ))}
      {spans.map(({ kind, attempt, x, width }) => {
        if (kind === 'retry' && width > 16) return <SpanText key={x} x={x + 4} kind={kind} text={String(attempt)} />;
        if (kind !== 'stuck' || width < 230) return null;
        return <SpanText key={x} x={x + 8} kind={kind} text="waits for an answer that never comes" />;
      })}
    </>
  );
}

const SpanText = ({ x, kind, text }: { readonly x: number; readonly kind: string; readonly text: string }) => (
  <text class={`text-${kind}`} x={x} y="19">
    {text}
  </text>
);

function Batches({ row, scale }: LaneProps) {
  const spans = row.batches.map(({ startedAt, stoppedAt }) => ({ from: startedAt, to: stoppedAt ?? row.to }));
  const { lanes, count } = packed(spans);
  const step = (height - 8) / count;
  const boxes =
    count > mostLanes
      ? densityBoxes(row, scale)
      : row.batches.map(({ status }, index) => {
          const x = xOf(scale, spans[index]?.from ?? 0);
          const width = Math.max(1.5, xOf(scale, spans[index]?.to ?? 0) - x - 1);
          const y = 4 + (lanes[index] ?? 0) * step;
          return { kind: hueOfState(stateOfStatus(status)), x, y, width, height: Math.max(1, step - 1) };
        });
  return (
    <>
      {[...boxPaths(boxes)].map(([hue, path]) => (
        <path key={hue} class={`span is-${hue}`} d={path} />
      ))}
    </>
  );
}

/** Columns whose height is the number of batches at that time, and whose color is that of the worst of them. */
function densityBoxes(row: WaterfallRow, scale: TimeScale) {
  const columns = columnsInTime(
    row.batches.map(({ startedAt, stoppedAt, status }) => ({
      from: xOf(scale, startedAt),
      to: xOf(scale, stoppedAt ?? row.to),
      status,
    })),
  );
  const most = Math.max(1, ...columns.map(({ count }) => count));
  return columns.map(({ x, width, status, count }) => {
    const high = 4 + (count / most) * (height - 10);
    return { kind: hueOfState(stateOfStatus(status)), x, y: height - 3 - high, width, height: high };
  });
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

import { boxPaths } from '../../chart/box-paths.ts';
import { laneHeight, type LaneDrawing } from '../../chart/lane-drawing.ts';
import type { TimeScale } from '../../chart/idle-collapse.ts';

/** A row as elements: those of one paint are one path. */
export function LaneSvg({ drawing, scale }: { readonly drawing: LaneDrawing; readonly scale: TimeScale }) {
  const boxes = drawing.boxes.map(({ paint, ...box }) => ({ ...box, kind: paint }));
  return (
    <svg class="lane-svg" width={scale.width} height={laneHeight} aria-hidden="true">
      {scale.segments
        .filter(({ isIdle }) => isIdle)
        .map(({ x, width, from }) => (
          <rect key={from} class="idle" x={x} y="0" width={width} height={laneHeight} />
        ))}
      {[...boxPaths(boxes)].map(([paint, path]) => (
        <path key={paint} class={`span ${paint}`} d={path} />
      ))}
      {drawing.signs.map((x) => (
        <g key={x}>
          <circle class="denied-end" cx={x} cy="15" r="4.75" />
          <path class="denied-end" d={`M${x - 3.2} 11.8l6.4 6.4`} />
        </g>
      ))}
      {drawing.texts.map(({ paint, x, y, text }, index) => (
        <text key={index} class={paint} x={x} y={y}>
          {text}
        </text>
      ))}
    </svg>
  );
}

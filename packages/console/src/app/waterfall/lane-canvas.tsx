import { useLayoutEffect, useRef } from 'preact/hooks';
import { laneHeight, type LaneDrawing } from '../../chart/lane-drawing.ts';
import type { TimeScale } from '../../chart/idle-collapse.ts';
import type { Paint } from './paints.ts';
import type { CanvasLook } from './use-paints.ts';

export interface LaneCanvasProps {
  readonly drawing: LaneDrawing;
  readonly scale: TimeScale;
  readonly look: CanvasLook;
}

/** A row on a canvas: for waterfalls with so many spans that elements would take too long. */
export function LaneCanvas({ drawing, scale, look }: LaneCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const width = Math.round(scale.width);
  useLayoutEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    context.setTransform(look.ratio, 0, 0, look.ratio, 0, 0);
    context.clearRect(0, 0, width, laneHeight);
    draw(context, drawing, scale, look.paints);
  }, [drawing, scale, look]);
  return (
    <canvas
      ref={ref}
      class="lane-canvas"
      aria-hidden="true"
      width={width * look.ratio}
      height={laneHeight * look.ratio}
      style={{ width: `${width}px`, height: `${laneHeight}px` }}
    />
  );
}

function draw(context: CanvasRenderingContext2D, drawing: LaneDrawing, scale: TimeScale, paints: CanvasLook['paints']) {
  let current: string | undefined;
  let paint: Paint | undefined;
  const use = (name: string): void => {
    if (name === current) return;
    current = name;
    paint = paints.get(name);
    context.fillStyle = paint?.fill ?? 'transparent';
    context.strokeStyle = paint?.stroke ?? 'transparent';
    context.lineWidth = paint?.strokeWidth ?? 1;
    context.setLineDash([...(paint?.dash ?? [])]);
    if (paint) context.font = paint.font;
  };
  use('idle');
  for (const { isIdle, x, width } of scale.segments) {
    if (!isIdle) continue;
    context.fillRect(x, 0, width, laneHeight);
    // With forced colors an idle part is a frame.
    if (paint?.stroke !== undefined) context.strokeRect(x, 0, width, laneHeight);
  }
  for (const { paint: name, x, y, width, height } of drawing.boxes) {
    use(name);
    if (paint?.fill !== undefined) context.fillRect(x, y, width, height);
    if (paint?.stroke !== undefined) context.strokeRect(x, y, width, height);
  }
  for (const x of drawing.signs) {
    use('denied-end');
    context.beginPath();
    context.arc(x, laneHeight / 2, 4.75, 0, 2 * Math.PI);
    context.fill();
    context.moveTo(x - 3.2, 11.8);
    context.lineTo(x + 3.2, 18.2);
    context.stroke();
  }
  for (const { paint: name, x, y, text } of drawing.texts) {
    use(name);
    // The stroke is below the letters: it keeps them readable on whatever they stand on.
    if (paint?.stroke !== undefined) context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

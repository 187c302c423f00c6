import type { LaneBox } from './lane-drawing.ts';

/** Pixels around a box that belong to it as well: a span of two pixels can be hit. */
const around = 3;

/** The box at a point, the one on top if there are several; else the nearest one that is not farther than a few pixels. */
export function boxAt(boxes: readonly LaneBox[], x: number, y: number): LaneBox | undefined {
  let nearest: LaneBox | undefined;
  let least = around;
  for (const box of boxes.toReversed()) {
    const distance = Math.max(0, box.x - x, x - (box.x + box.width), box.y - y, y - (box.y + box.height));
    if (distance === 0) return box;
    if (distance < least) [nearest, least] = [box, distance];
  }
  return nearest;
}

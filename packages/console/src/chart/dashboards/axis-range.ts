import type { Cell, LineColumns } from './line-columns.ts';
import type { LevelNote } from './annotations.ts';
import type { StyledLine } from './styled-lines.ts';
import { type BodyWidget, fieldsIn, numberIn, textIn } from './read-body.ts';
import { unitWord } from './value-text.ts';

/** Axis of values at the left or right of a chart. */
export interface ValueAxis {
  readonly side: 'left' | 'right';
  readonly min: number;
  readonly max: number;
  /** Unit of all lines of the axis; null where they differ. */
  readonly unit: string | null;
  /** Label of the body, else the unit; empty if there is neither. */
  readonly head: string;
}

/**
 * The axes that have lines or notes. The body's `min` and `max` hold ("yAxis"); what it does not give contains all values
 * and levels, with a tenth of room.
 */
export function valueAxes(
  { properties }: Pick<BodyWidget, 'properties'>,
  lines: readonly StyledLine[],
  { columns }: LineColumns,
  levels: readonly LevelNote[],
): readonly ValueAxis[] {
  return (['left', 'right'] as const).flatMap((side) => {
    const own = lines.filter(({ axis }) => axis === side);
    const noted = levels.filter(({ axis }) => axis === side);
    if (side === 'right' && own.length + noted.length === 0) return [];
    const given = fieldsIn(fieldsIn(properties['yAxis'])[side]);
    const [low, high] = extent([
      ...lines.flatMap(({ axis }, index) => (axis === side ? [columns[index] ?? []] : [])),
      noted.flatMap(({ value, to = value }) => [value, to]),
    ]);
    const room = high > low ? (high - low) / 10 : Math.abs(high) / 10 || 1;
    const min =
      numberIn(given['min']) ?? (Number.isFinite(low) ? (low >= 0 ? Math.max(0, low - room) : low - room) : 0);
    const max = numberIn(given['max']) ?? (Number.isFinite(high) ? high + room : min + 1);
    const units = new Set(own.map(({ line }) => line.unit));
    const unit = units.size === 1 ? ([...units][0] ?? null) : null;
    const isUnitShown = given['showUnits'] !== false;
    const head = textIn(given['label']) ?? (isUnitShown ? unitWord(unit) : '');
    return [{ side, min, max: max > min ? max : min + 1, unit: isUnitShown ? unit : null, head }];
  });
}

/** The least and the most of finite values; infinite if there are none. */
function extent(columns: readonly (readonly Cell[])[]): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const column of columns) {
    for (const value of column) {
      if (typeof value !== 'number' || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}

import { placeAbove } from '../../chart/row-lists.ts';
import type { WaterfallRow } from '../../chart/waterfall-rows.ts';

/** Effect of a key in a tree of rows; undefined for none. */
export type TreeMove =
  { readonly kind: 'focus'; readonly place: number } | { readonly kind: 'fold' | 'unfold' } | undefined;

/** Rows of a page of the keyboard. */
const rowsOfPage = 15;

/**
 * Keys of a treegrid: https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/#keyboardinteraction. `h` and `l` are the arrows to
 * the left and to the right.
 */
export function treeMove(
  key: string,
  rows: readonly WaterfallRow[],
  place: number,
  isExpanded: boolean | undefined,
): TreeMove {
  const to = (next: number): TreeMove => ({ kind: 'focus', place: Math.min(rows.length - 1, Math.max(0, next)) });
  switch (key) {
    case 'ArrowDown':
      return to(place + 1);
    case 'ArrowUp':
      return to(place - 1);
    case 'PageDown':
      return to(place + rowsOfPage);
    case 'PageUp':
      return to(place - rowsOfPage);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
    case 'l':
      if (isExpanded === undefined) return undefined;
      return isExpanded ? to(place + 1) : { kind: 'unfold' };
    case 'ArrowLeft':
    case 'h':
      if (isExpanded === true) return { kind: 'fold' };
      return placeAbove(rows, place) < 0 ? undefined : to(placeAbove(rows, place));
    default:
      return undefined;
  }
}

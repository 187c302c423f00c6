import { columns } from '../columns.ts';
import type { Terminal } from '../terminal.ts';
import { isByDesign, type QuotaUse } from './quota-use.ts';

const marks = { fits: '', near: 'near', over: 'over' } as const;

const markOf = (use: QuotaUse): string => (isByDesign(use) && use.left === 0 ? 'by design' : marks[use.state]);

const number = (value: number): string => value.toLocaleString('en');

/** Table of limits: those that are near or passed are marked and colored. */
export function quotaLines(uses: readonly QuotaUse[], { red, yellow }: Terminal['colors']): readonly string[] {
  const header = ['used', '', 'value', 'limit', 'left', '', 'of', 'at most in', 'source'];
  const rows = uses.map((use) => {
    const { percent, used, most, left, unit, what, isAdjustable, where = '-', source } = use;
    return [
      `${percent} %`,
      markOf(use),
      number(used),
      number(most),
      number(left),
      unit === 'items' ? '' : unit,
      isAdjustable ? `${what} (AWS raises it on request)` : what,
      where,
      source,
    ];
  });
  const lines = columns(
    [header, ...rows],
    ['right', 'left', 'right', 'right', 'right', 'left', 'left', 'left', 'left'],
  );
  const paint = { fits: (line: string) => line, near: yellow, over: red };
  return lines.map((line, index) => paint[uses[index - 1]?.state ?? 'fits'](line));
}

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mostDollars, mostTransitions } from '../drill-costs.ts';
import { amounts, drillNames } from '../drill-input.ts';

const document = readFileSync('docs/observability.md', 'utf8');

/** Cells of the table rows whose first cell is the drill. */
const rowOf = (drill: string): readonly string[] => {
  const [row = ''] = document.split('\n').filter((line) => line.startsWith(`| \`${drill}\``));
  return row.split('|').map((cell) => cell.trim());
};

const number = (value: number): string => value.toLocaleString('en-US');

describe('docs/observability.md', () => {
  test.each(drillNames)('has the most that one start of %s costs', (drill) => {
    expect(rowOf(drill).at(-2)).toBe(`$${mostDollars(drill).toFixed(2)}`);
  });

  test.each(Object.entries(amounts))('has bounds and usual value of %s', (name, { most, usual }) => {
    expect(document).toContain(`\`${name}\` 1 to ${number(most)} (${usual})`);
  });

  test('has the numbers that follow from these', () => {
    const loops = 'transition-throttling';
    expect(document).toContain(`${number(mostTransitions(loops))} transitions`);
    // Five minutes of what the quota refills in a second (service-quotas).
    for (const refillPerSecond of [5_000, 800]) {
      const starts = Math.ceil((300 * refillPerSecond) / mostTransitions(loops));
      expect(document).toContain(`(at most $${(starts * mostDollars(loops)).toFixed(2)})`);
    }
    const fill = Math.ceil(1_000 / amounts.mapRuns.most) + 1;
    expect(document).toContain(`${fill} starts with \`"mapRuns": ${amounts.mapRuns.most}\``);
    expect(document).toContain(`$${(fill * mostDollars('open-map-runs')).toFixed(2)} in all`);
  });

  test('names the drill of each fault that a drill can play', () => {
    const [table = ''] = document.split('## The drills');
    for (const drill of drillNames) expect(table).toContain(`\`${drill}\``);
  });

  test('names each game day that there is, and no other', () => {
    const [table = ''] = document.split('## The drills');
    const rows = table.split('\n').filter((line) => line.startsWith('| '));
    const named = rows.slice(2).flatMap((row) => (row.split('|').at(-2) ?? '').split(',').map((name) => name.trim()));
    // It is generated from the game days themselves.
    const described = [...readFileSync('docs/gamedays.md', 'utf8').matchAll(/^## (.*)$/gm)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(described.sort());
  });
});

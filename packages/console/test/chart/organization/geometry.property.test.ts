import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../src/chart/organization/cell.ts';
import {
  type CellSize,
  levelOf,
  mostBoxes,
  placedBoxes,
  placedLines,
} from '../../../src/chart/organization/geometry.ts';
import { matrixRows } from '../../../src/chart/organization/matrix-rows.ts';
import { organizationRows, sortedRows } from '../../../src/chart/organization/rows.ts';
import { noSections } from '../../../src/models/sections.ts';
import { snapshotOf } from '../../../src/server/snapshot.ts';
import { organizationOf, organizationRun } from '../../org-fixture.ts';

const size: fc.Arbitrary<CellSize> = fc.record({
  width: fc.integer({ min: 224, max: 900 }),
  height: fc.constantFrom(30, 84),
  gap: fc.constantFrom(28, 150),
  box: fc.constantFrom(210, 300),
});

const cell: fc.Arbitrary<Cell> = fc.integer({ min: 1, max: 9 }).chain((count) =>
  fc.record({
    boxes: fc.constant(
      Array.from({ length: count }, (_, index) => ({ account: String(index), stages: [], stacks: [], machines: [] })),
    ),
    lines: fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: count - 1 }),
        to: fc.integer({ min: 0, max: count - 1 }),
        role: fc.constant(null),
        conditions: fc.constant([]),
        denied: fc.constantFrom(null, '5 times'),
      }),
    ),
  }),
);

describe('a cell', () => {
  test('has boxes in their order that neither overlap nor leave it', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 12 }), (given, count) => {
        const boxes = placedBoxes(count, given);
        expect(boxes).toHaveLength(Math.min(count, mostBoxes));
        boxes.forEach(({ x, width }, index) => {
          const next = boxes[index + 1]?.x ?? given.width + 1;
          expect(x + width).toBeLessThan(next);
        });
      }),
    );
  });

  test('has one box of the same place and size, whether there is a second one or not', () => {
    fc.assert(
      fc.property(size, (given) => {
        expect(placedBoxes(1, given)[0]).toEqual(placedBoxes(2, given)[0]);
      }),
    );
  });

  test('has no line that crosses a box', () => {
    fc.assert(
      fc.property(size, cell, (given, drawn) => {
        const boxes = placedBoxes(drawn.boxes.length, given);
        for (const { path } of placedLines(drawn, boxes, given)) {
          const crossed = pointsOf(path).some(([x, y]) =>
            boxes.some((box) => x > box.x && x < box.x + box.width && y > 0 && y < given.height),
          );
          expect(crossed).toBe(false);
        }
      }),
    );
  });
});

/** Points every few pixels on a path of `M`, `H` and `V`. */
function pointsOf(path: string): readonly (readonly [x: number, y: number])[] {
  const points: (readonly [number, number])[] = [];
  let [x, y] = [0, 0];
  for (const [, command, first = '0', second = '0'] of path.matchAll(/([MHV])([\d.]+)(?: ([\d.]+))?/g)) {
    const to =
      command === 'M' ? [Number(first), Number(second)] : command === 'H' ? [Number(first), y] : [x, Number(first)];
    const [toX = 0, toY = 0] = to;
    const steps = command === 'M' ? 1 : 20;
    for (let step = 1; step <= steps; step += 1)
      points.push([x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps]);
    [x, y] = [toX, toY];
  }
  return points;
}

describe('an organization', () => {
  test('with one more tenant has the same lines, and one more: only lines below the new one move', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (count, seed) => {
        const names = (tenants: number, at: number): readonly string[] => {
          const organization = organizationOf({ tenants: count + 1 });
          const tenantsNow = organization.tenants.filter((_, index) => tenants > count || index !== at);
          const run = snapshotOf({ ...organizationRun({ tenants: count + 1 }), sections: noSections });
          const models = {
            ...run,
            sections: { ...noSections, organization: { ...organization, tenants: tenantsNow } },
          };
          const rows = sortedRows(organizationRows(models), 'what needs you first').filter(({ tenant }) => tenant);
          return matrixRows(rows, { level: 'medium', isFolded: false, waves: organization.waves }).map(({ id }) => id);
        };
        const added = seed % (count + 1);
        const [before, after] = [names(count, added), names(count + 1, added)];
        const place = after.findIndex((id) => id === `tenant tenant-${added}`);
        expect(after.slice(0, place)).toEqual(before.slice(0, place));
        expect(after.slice(place + 1)).toEqual(before.slice(place));
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    [1, 'large'],
    [11, 'large'],
    [12, 'medium'],
    [60, 'medium'],
    [61, 'many'],
  ])('of %i accounts is drawn %s', (accounts, level) => {
    expect(levelOf(accounts)).toBe(level);
  });
});

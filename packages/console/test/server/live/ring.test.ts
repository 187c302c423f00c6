import { describe, expect, test } from 'vitest';
import type { Patch } from '../../../src/models/patches/patch.ts';
import { openRing, ringLimits } from '../../../src/server/live/ring.ts';

const time = (at: number): readonly Patch[] => [{ kind: 'time', at }];

describe('the ring of patches', () => {
  test('keeps the newest entries, by number', () => {
    const ring = openRing({ entries: 3, characters: Infinity });
    for (const at of [1, 2, 3, 4, 5]) ring.add(time(at));
    expect(ring.newest()).toBe(5);
    expect([2, 3, 4, 5, 6].map((number) => ring.at(number)?.text)).toEqual([
      undefined,
      ...[3, 4, 5].map((at) => JSON.stringify(time(at))),
      undefined,
    ]);
    expect([1, 2, 5, 6].map((after) => ring.goesOnAfter(after))).toEqual([false, true, true, false]);
  });

  test('keeps as many as fit into its characters, and the newest always', () => {
    const length = JSON.stringify(time(1)).length;
    const ring = openRing({ entries: 100, characters: 2 * length });
    for (const at of [1, 2, 3]) ring.add(time(at));
    expect([1, 2, 3].map((number) => ring.at(number) !== undefined)).toEqual([false, true, true]);
    ring.add(time(10 ** length));
    expect([3, 4].map((number) => ring.at(number) !== undefined)).toEqual([false, true]);
  });

  test('goes on after 0 before anything was added', () => {
    const ring = openRing(ringLimits);
    expect([ring.goesOnAfter(0), ring.goesOnAfter(1), ring.at(0), ring.at(1)]).toEqual([
      true,
      false,
      undefined,
      undefined,
    ]);
  });

  test('has the few patches of a hidden page apart', () => {
    const ring = openRing(ringLimits);
    ring.add([...time(1), { kind: 'cut', cut: ['a'] }]);
    ring.add([{ kind: 'cut', cut: ['b'] }]);
    expect([ring.at(1)?.lightText, ring.at(2)?.lightText]).toEqual([JSON.stringify(time(1)), undefined]);
  });
});

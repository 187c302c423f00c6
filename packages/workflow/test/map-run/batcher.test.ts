import { describe, expect, test } from 'vitest';
import { byteLength } from '../../src/json.ts';
import type { Json } from '@crosswind/aws/json';
import { EMPTY, fill, rest } from '../../src/map-run/batcher.ts';
import type { BatchSpec } from '../../src/map-run/spec.ts';

function inputs(items: readonly Json[], spec?: BatchSpec): readonly Json[] {
  const filled = fill(EMPTY, items, spec);
  if (!filled.ok) throw new Error(`${filled.bytes} bytes are too many`);
  return [...filled.batches, ...rest(filled.filling, spec)].map(({ input }) => input);
}

describe('without a batcher', () => {
  test('every item is a child of its own', () => {
    expect(inputs([1, { a: 2 }])).toEqual([1, { a: 2 }]);
  });

  test('an item above 256 KiB does not fit', () => {
    expect(fill(EMPTY, ['x'.repeat(262_143)], undefined)).toEqual({ ok: false, bytes: 262_145 });
    expect(fill(EMPTY, ['x'.repeat(262_142)], undefined).ok).toBe(true);
  });
});

describe('a batch is closed', () => {
  test('when it has as many items as asked for', () => {
    expect(inputs([1, 2, 3, 4, 5], { maxItems: 2 })).toEqual([{ Items: [1, 2] }, { Items: [3, 4] }, { Items: [5] }]);
  });

  test('when one more item would make its input larger than asked for', () => {
    const spec = { maxInputBytes: byteLength({ BatchInput: { b: 1 }, Items: ['aaa', 'bbb'] }) + 1, input: { b: 1 } };
    expect(inputs(['aaa', 'bbb', 'ccc', 'ddd', 'eee'], spec)).toEqual([
      { BatchInput: { b: 1 }, Items: ['aaa', 'bbb'] },
      { BatchInput: { b: 1 }, Items: ['ccc', 'ddd'] },
      { BatchInput: { b: 1 }, Items: ['eee'] },
    ]);
  });

  test('when one more item would make its input larger than 256 KiB', () => {
    const batches = inputs(
      Array.from({ length: 1000 }, () => 'x'.repeat(998)),
      { maxItems: 500 },
    );
    expect(batches).toHaveLength(4);
    for (const batch of batches) expect(byteLength(batch)).toBeLessThanOrEqual(262_144);
  });
});

test('a batch goes on over the border of two pages', () => {
  const spec = { maxItems: 3 };
  const first = fill(EMPTY, [1, 2], spec);
  if (!first.ok) throw new Error('the first page fits');
  expect(first.batches).toEqual([]);
  expect(fill(first.filling, [3, 4], spec)).toMatchObject({
    batches: [{ input: { Items: [1, 2, 3] }, items: 3 }],
    filling: { items: [4] },
  });
});

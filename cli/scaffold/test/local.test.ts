import { describe, expect, test } from 'vitest';
import type { FinishedRun } from '../../../blocks/local.ts';
import { local } from '../local.ts';

/** A run whose back workflow ended like this; it reads no storage. */
const finished = (outcome: unknown): FinishedRun =>
  ({ executions: new Map([['back', [{ outcome }]]]) }) as unknown as FinishedRun;

const output = { words: 3, top: [{ word: 'the', times: 2 }] };

describe('a run on a laptop', () => {
  test.each([
    ['the text of the option', { text: 'a b' }, 'a b'],
    ['the sample without one', {}, 'to be or not to be'],
  ])('counts the words of %s', (_, options, text) => {
    expect(local.prepare?.(options).input).toEqual({ text });
  });

  test('has its result as data, as a file and as a table', async () => {
    const results = await local.prepare?.({}).results?.(finished({ status: 'SUCCEEDED', output }));
    expect(results?.data).toEqual(output);
    expect(results?.files.map(({ name }) => name)).toEqual(['words.json']);
    expect(results?.tables).toMatchObject([{ rows: [['the', '2']], notes: ['3 words in all'] }]);
  });

  test('has none where nothing was counted', async () => {
    const results = await local.prepare?.({}).results?.(finished({ status: 'FAILED', error: 'x', cause: 'y' }));
    expect(results).toEqual({ data: {}, files: [], tables: [] });
  });
});

describe('a simulation', () => {
  test('answers as the function does, after the time that is asked for', () => {
    const model = local.simulation?.prepare({ seed: 1, milliseconds: 70 }).models['Count words'];
    expect(model?.invoke({ text: 'a b a', topWords: 1 }, { number: 1, memoryMegabytes: 256 })).toMatchObject({
      milliseconds: 70,
      result: { payload: { words: 3, top: [{ word: 'a', times: 2 }] } },
    });
  });

  test.each([['0'], ['1.5'], ['x'], ['100000']])('refuses %s milliseconds', (text) => {
    const [milliseconds] = local.simulation?.options ?? [];
    expect(() => milliseconds?.parse?.(text)).toThrow('a whole number from 1 to 99,999');
    expect(milliseconds?.parse?.('99999')).toBe(99_999);
  });
});

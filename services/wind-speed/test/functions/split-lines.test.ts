import { expect, test } from 'vitest';
import { splitLines } from '../../functions/split-lines.ts';
import { allOf } from './all-of.ts';

async function* bytes(text: string, size: number): AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(text);
  for (let at = 0; at < whole.length; at += size) yield await Promise.resolve(whole.subarray(at, at + size));
}

test.each([1, 2, 3, 1000])(
  'lines are found in pieces of %i bytes, with letters of several bytes kept whole',
  async (size) => {
    const lines = await allOf(splitLines(bytes('Bodø\n\nLine\u2028separator\nno end', size)));
    expect(lines).toEqual(['Bodø', '', 'Line\u2028separator', 'no end']);
  },
);

test('nothing has no lines, and a final line feed begins none', async () => {
  expect(await allOf(splitLines(bytes('', 1)))).toEqual([]);
  expect(await allOf(splitLines(bytes('a\n', 1)))).toEqual(['a']);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvItems } from '../../../../src/step-functions/runtime/item-reader/csv-items.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';

async function* pieces(text: string, length: number): AsyncGenerator<string> {
  for (let first = 0; first < text.length; first += length)
    yield await Promise.resolve(text.slice(first, first + length));
}

interface Format {
  readonly delimiter?: string;
  readonly headers?: readonly string[];
  readonly pieceLength?: number;
}

async function itemsIn(
  text: string,
  { delimiter = ',', headers, pieceLength = 7 }: Format = {},
): Promise<readonly Json[]> {
  const items: Json[] = [];
  for await (const page of csvItems(pieces(text, pieceLength), { delimiter, headers })) items.push(...page);
  return items;
}

const row = async (text: string, format?: Format): Promise<readonly unknown[]> => {
  const headers = ['a', 'b', 'c'];
  const [item] = await itemsIn(text, { ...format, headers });
  return item === undefined ? [] : Object.values(item as JsonObject);
};

describe('a row', () => {
  test.each([
    ['has its fields between commas', '1,x y,3', ['1', 'x y', '3']],
    ['may have empty ones', ',,', ['', '', '']],
    ['keeps blanks', '   ,,\t', ['   ', '', '\t']],
    ['that is short is filled up', '1', ['1', '', '']],
    ['that is long is cut', '1,2,3,4', ['1', '2', '3']],
    ['ends with a newline of either kind', '1,2,3\r\n4,5,6', ['1', '2', '3']],
    ['keeps commas and newlines in quotation marks', '"a,b","c\nd",e', ['a,b', 'c\nd', 'e']],
    ['takes two quotation marks for one, inside', '"say ""hi""",2,3', ['say "hi"', '2', '3']],
    ['and outside', '{""k"":""v""},2,3', ['{"k":"v"}', '2', '3']],
    ['has empty quotation marks', '"",2,3', ['', '2', '3']],
    [
      'takes a backslash before a delimiter, a quotation mark or a backslash away',
      'a\\,b,\\"c\\",d\\\\e',
      ['a,b', '"c"', 'd\\e'],
    ],
    ['and before anything else', 'C:\\Program,\\2,"\\n"', ['C:Program', '2', 'n']],
    ['may have characters of any plane', 'ü,𝄞,"€"', ['ü', '𝄞', '€']],
  ])('%s', async (_, text, expected) => {
    expect(await row(text)).toEqual(expected);
  });

  test.each([';', '|', ' ', '\t'])('has its fields between other delimiters: %j', async (delimiter) => {
    expect(await row(`1${delimiter}a,b${delimiter}\\${delimiter}`, { delimiter })).toEqual(['1', 'a,b', delimiter]);
  });
});

describe('the header', () => {
  test('is the first row unless it is given', async () => {
    expect(await itemsIn('a,b\n1,2\n')).toEqual([{ a: '1', b: '2' }]);
    expect(await itemsIn('a,b\n1,2\n', { headers: ['x', 'y'] })).toEqual([
      { x: 'a', y: 'b' },
      { x: '1', y: '2' },
    ]);
  });

  test.each([
    ['given', '1,2', ['h', 'h']],
    ['in the file', 'h,h\n1,2', undefined],
  ])('may not name a column twice: %s', async (_, text, headers) => {
    await expect(itemsIn(text, { headers })).rejects.toThrow('CSV headers cannot contain duplicates.');
  });

  test('has at most 10 KiB', async () => {
    await expect(itemsIn('x'.repeat(10_240))).resolves.toEqual([]);
    await expect(itemsIn('x'.repeat(10_241))).rejects.toThrow('CSV headers cannot exceed 10 KiB.');
  });
});

test('blank rows are none', async () => {
  expect(await itemsIn('a\n\n1\n\r\n""\n')).toEqual([{ a: '1' }, { a: '' }]);
  expect(await itemsIn('')).toEqual([]);
});

test('a row may have 8 MB', async () => {
  const large = (length: number): string => `a\n"${'x'.repeat(length)}`;
  expect(await itemsIn(large(8 * 1024 * 1024 - 2), { pieceLength: 1e6 })).toHaveLength(1);
  await expect(itemsIn(large(8 * 1024 * 1024), { pieceLength: 1e6 })).rejects.toThrow('larger than 8 MB');
});

test('what is quoted comes back, wherever the text is cut', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', '😀') });
  const table = fc.array(fc.tuple(field, field), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, pieceLength) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const text = rows.map((fields) => fields.map(quoted).join(',')).join('\n');
      const items = await itemsIn(text, { headers: ['a', 'b'], pieceLength });
      expect(items).toEqual(rows.map(([a, b]) => ({ a, b })));
    }),
  );
});

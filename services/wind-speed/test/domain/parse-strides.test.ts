import { describe, expect, test } from 'vitest';
import { CsvScanner } from '../../domain/csv-scanner.ts';
import { findColumns } from '../../domain/gsod-columns.ts';
import { parseCsvObject } from '../../domain/parse-csv-object.ts';
import type { ParsedObject } from '../../domain/parsed-object.ts';
import { parseObject } from '../../domain/parse-object.ts';
import { parseStrides } from '../../domain/parse-strides.ts';
import { publishedColumns, publishedHeader, publishedRow } from '../../domain/published-layout.ts';
import { generateObjects } from '../../sample/generate-objects.ts';
import { header } from '../../sample/gsod-layout.ts';
import { seededRandom } from '../../sample/seeded-random.ts';
import { gsod, nowhere } from './gsod.ts';

/** Content of an object, without the way in which it was read, or its problem. */
const content = (parsed: ParsedObject) =>
  parsed.ok ? JSON.stringify([parsed.rows, ...parsed.stationYears]) : `problem: ${parsed.problem}`;

/** Content that the fast path reads; undefined if it declines. */
function fast(bytes: Uint8Array): string | undefined {
  const parsed = parseStrides(bytes);
  return parsed && content(parsed);
}

const generic = (bytes: Uint8Array) => content(parseCsvObject(bytes));

const days = (...dates: readonly string[]) => gsod(...dates.map((date) => ({ date })));

describe('the fast way reads', () => {
  test.each([
    ['days with wind', gsod({}, { date: '2022-01-02', wdsp: '  5.2', reports: ' 4' }, { date: '2022-03-01' })],
    ['999.9, which is no wind', gsod({ wdsp: '999.9', reports: ' 0' }, { date: '2022-01-02' })],
    ['no wind at all', gsod({ wdsp: '999.9', reports: ' 0' })],
    [
      'calm days, and zeros instead of blanks',
      gsod({ wdsp: '  0.0' }, { date: '2022-01-02', wdsp: '006.1', reports: '04' }),
    ],
    [
      'winds of all widths',
      gsod({ wdsp: '  9.9' }, { date: '2022-01-02', wdsp: ' 99.9' }, { date: '2022-01-03', wdsp: '999.8' }),
    ],
    ['unquoted empty position and name', gsod({ place: nowhere }, { place: nowhere, date: '2022-01-02' })],
    ['a position but no name', gsod({ place: '"1.0","-2.0","",' })],
    ['a position that is not on Earth', gsod({ place: '"-999.999","-999.999","","NOWHERE, XX"' })],
    [
      'the newest of two names',
      gsod({ place: '"1.0","2.0","","OLD, NO"' }, { place: '"3.0","4.0","","NEW, NO"', date: '2022-01-02' }),
    ],
    ['a station with letters', gsod({ station: 'A0735500241' })],
  ])('%s', (_, bytes) => {
    expect(fast(bytes)).toBe(generic(bytes));
    expect(parseObject(bytes)).toMatchObject({ ok: true, fastPath: true });
  });

  test('generated objects of any year, length and station', () => {
    for (const { body } of generateObjects({ objects: 1500, years: [1929, 1999, 2024], days: 20 })) {
      expect(fast(body)).toBe(generic(body));
    }
  });
});

describe('the fast way leaves to the other one', () => {
  test.each([
    ['days out of order', days('2022-01-02', '2022-01-01')],
    ['months out of order', days('2022-02-01', '2022-01-02')],
    ['a day that is there twice', days('2022-01-01', '2022-01-01')],
    ['two years', days('2021-12-31', '2022-01-01')],
    ['two stations', gsod({}, { station: '01001099998', date: '2022-01-02' })],
    ['rows of different lengths', gsod({}, { date: '2022-01-02', place: nowhere })],
    ['a comma in a name behind which the columns would shift', gsod({ place: '"1.0","2.0","3.0","A ""B"", XX"' })],
    ['a name in UTF-8', gsod({ place: '"1.0","2.0","3.0","TROMSØ, NO"' })],
    ['a header only', gsod()],
    ['CRLF', Buffer.from(gsod({}).toString().replaceAll('\n', '\r\n'))],
    [
      'CRLF behind a header with LF',
      Buffer.concat([header, Buffer.from(gsod({}).subarray(header.length).toString().replaceAll('\n', '\r\n'))]),
    ],
    ['a byte order mark', Buffer.from(`\uFEFF${gsod({}).toString()}`)],
    ['no final newline', gsod({}).subarray(0, -1)],
    ['three digits of reports', gsod({ reports: '100' })],
    ['other columns', Buffer.from(gsod({}).toString().replace('"TEMP"', '"TEMQ"'))],
  ])('%s', (_, bytes) => {
    expect(parseStrides(bytes)).toBeUndefined();
    expect(parseObject(bytes)).toEqual(parseCsvObject(bytes));
    expect(parseObject(bytes)).toMatchObject({ ok: true, fastPath: false });
  });
});

/** Where a damaged byte is not looked at: columns that nobody reads and, except in the newest row, position and name. */
function isOverlooked(at: number, { length }: Uint8Array, stride: number): boolean {
  const offset = (at - publishedHeader.length) % stride;
  if (at < publishedHeader.length || offset < publishedRow.dayAt + 4) return false;
  const toEnd = stride - offset;
  if (toEnd > publishedRow.tempToEnd) return at < length - stride;
  return toEnd !== 1 && (toEnd > publishedRow.wdspToEnd + 3 || toEnd <= publishedRow.wdspToEnd - 13);
}

/** The damaged object with what is not looked at as it was. */
function mended(damaged: Uint8Array, original: Uint8Array): Uint8Array {
  const stride = original.indexOf(0x0a, publishedHeader.length) + 1 - publishedHeader.length;
  return damaged.map((byte, at) => (isOverlooked(at, original, stride) ? (original[at] ?? 0) : byte));
}

/** Bytes that mean something to a reader of CSV or of numbers, and some that do not. */
const alphabet = Buffer.from('"",,\n\r 0139.-+A*\0\xe9', 'latin1');

/** Holds for every damage: the fast way declines, or reads what the other one reads, or what it would without damage that cannot matter. */
function expectAgreement(damaged: Uint8Array, original: Uint8Array): void {
  const read = fast(damaged);
  if (read === undefined) return;
  const expected = generic(damaged);
  if (read !== expected)
    expect([expected.startsWith('problem'), read]).toEqual([true, generic(mended(damaged, original))]);
}

describe('the fast way never reads what the other one does not', () => {
  const small = gsod(
    {},
    { date: '2022-01-12', wdsp: '999.9', reports: ' 0' },
    { date: '2022-02-01', wdsp: '  9.8', reports: ' 4' },
  );

  test('whichever byte of an object is damaged: any bit, and to any byte that means something', () => {
    const damaged = Buffer.from(small);
    const bits = Array.from({ length: 8 }, (_, bit) => 1 << bit);
    for (const [at, byte] of small.entries()) {
      for (const wrong of [...alphabet, ...bits.map((bit) => byte ^ bit)]) {
        damaged[at] = wrong;
        expectAgreement(damaged, small);
      }
      damaged[at] = byte;
    }
  });

  test.each([1, 2, 3, 5, 8])('when %i bytes are damaged at random', (bytes) => {
    const random = seededRandom(bytes);
    const pick = (below: number) => Math.floor(random() * below);
    const originals = [...generateObjects({ objects: 50, days: 4 })].map(({ body }) => body);
    for (let round = 0; round < 3000; round += 1) {
      const original = originals[pick(originals.length)] ?? small;
      const damaged = Buffer.from(original);
      for (let count = 0; count < bytes; count += 1)
        damaged[pick(damaged.length)] = alphabet[pick(alphabet.length)] ?? 0;
      expectAgreement(damaged, original);
    }
  });

  test('when rows are swapped, repeated, dropped, cut or of another object', () => {
    const random = seededRandom(7);
    const pick = (below: number) => Math.floor(random() * below);
    const objects = [...generateObjects({ objects: 40, days: 6 })].map(({ body }) => body);
    for (let round = 0; round < 3000; round += 1) {
      const rows = (object: Buffer) => object.subarray(header.length).toString('latin1').match(/.*\n/g) ?? [];
      const lines = [...rows(objects[pick(objects.length)] ?? small)];
      for (let count = pick(3); count >= 0; count -= 1) {
        const others = rows(objects[pick(objects.length)] ?? small);
        const line = random() < 0.5 ? lines[pick(lines.length)] : others[pick(others.length)];
        lines.splice(pick(lines.length), pick(3), line ?? '');
      }
      const text = header.toString() + lines.join('');
      const bytes = Buffer.from(random() < 0.2 ? text.slice(0, pick(text.length)) : text, 'latin1');
      expect(fast(bytes) ?? generic(bytes)).toBe(generic(bytes));
    }
  });

  test('when wind, reports and dates hold any text of their width', () => {
    const random = seededRandom(11);
    const text = (length: number, alphabet: string) =>
      Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
    for (let round = 0; round < 5000; round += 1) {
      const wdsp = `${text(3, '  019+"')}.${text(1, '0459 ')}`;
      const row = { wdsp, reports: text(2, ' 0249'), date: `2022-${text(2, '0123')}-${text(2, '01239')}` };
      const bytes = gsod({}, row, { date: '2022-12-31' });
      expect(fast(bytes) ?? generic(bytes)).toBe(generic(bytes));
    }
  });
});

describe('the published layout', () => {
  test('has the header that the generator writes', () => {
    expect(publishedHeader.toString()).toBe(header.toString());
  });

  test('has the columns where its header says', () => {
    const csv = new CsvScanner(publishedHeader);
    csv.next();
    expect(findColumns(csv)).toEqual({ ok: true, columns: publishedColumns });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { CborError, decodeCbor, encodeCbor } from '../../src/protocols/cbor.ts';

const none = { times: new Set<string>() };
const bytes = (hexadecimal: string): Buffer => Buffer.from(hexadecimal, 'hex');

describe('CBOR', () => {
  test.each([
    ['a small integer', '17', 23],
    ['an integer of one byte', '1818', 24],
    ['an integer of eight bytes', '1b000000e8d4a51000', 1_000_000_000_000],
    ['a negative integer', '3863', -100],
    ['a half', 'f93e00', 1.5],
    ['the smallest half', 'f90001', 2 ** -24],
    ['a single', 'fa47c35000', 100_000],
    ['a double', 'fb3ff199999999999a', 1.1],
    ['text', '6449455446', 'IETF'],
    ['text in pieces', '7f657374726561646d696e67ff', 'streaming'],
    ['a list of unknown length', '9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['a map', 'a201020304', undefined],
    ['a map with text', 'a26161016162820203', { a: 1, b: [2, 3] }],
    ['a map of unknown length', 'bf6346756ef563416d7421ff', { Fun: true, Amt: -2 }],
    ['a timestamp', 'c1fb41d452d9e2000000', 1_363_896_200],
    ['undefined', 'f7', null],
    ['two values', '0102', undefined],
    ['half a text', '6449', undefined],
    ['a list without its items', '9affffffff', undefined],
    ['a break alone', 'ff', undefined],
    ['nothing', '', undefined],
    ['a thousand levels', '81'.repeat(1_000), undefined],
  ])('reads or refuses %s (RFC 8949, appendix A)', (_, hexadecimal, value) => {
    if (value === undefined) expect(() => decodeCbor(bytes(hexadecimal))).toThrow(CborError);
    else expect(decodeCbor(bytes(hexadecimal))).toEqual(value);
  });

  test('reads what it writes', () => {
    const written = fc.jsonValue({ maxDepth: 8 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
    fc.assert(
      fc.property(written, (value) => {
        expect(decodeCbor(encodeCbor(value, none))).toEqual(value);
      }),
    );
  });

  test('writes times with the tag of a timestamp, and lists of them', () => {
    expect(encodeCbor({ At: [1] }, { times: new Set(['At']) }).toString('hex')).toBe('a162417481c1fb3ff0000000000000');
  });

  test('ends with its own error on bytes that are anything', () => {
    for (let seed = 0; seed < 2_000; seed += 1) {
      const garbage = Buffer.from(Array.from({ length: seed % 40 }, (_, at) => (seed * 7_919 + at * 104_729) % 256));
      try {
        decodeCbor(garbage);
      } catch (error) {
        expect(error).toBeInstanceOf(CborError);
      }
    }
  });
});

import { expect, test } from 'vitest';
import { byteRange } from '../../src/s3/byte-range.ts';

test.each([
  ['bytes=0-3', { first: 0, last: 3 }],
  ['bytes=4-', { first: 4, last: 9 }],
  ['bytes=-3', { first: 7, last: 9 }],
  ['bytes=-30', { first: 0, last: 9 }],
  ['bytes=8-99', { first: 8, last: 9 }],
  ['bytes=3-1', undefined],
  ['lines=0-3', undefined],
  [undefined, undefined],
])('%s of ten bytes is %j', (header, expected) => {
  expect(byteRange(header, 10)).toEqual(expected);
});

test.each([
  ['bytes=10-', 'not satisfiable'],
  ['bytes=-0', 'not satisfiable'],
  ['bytes=0-1,3-4', 'several ranges'],
])('%s of ten bytes is refused', (header, message) => {
  expect(() => byteRange(header, 10)).toThrow(message);
});

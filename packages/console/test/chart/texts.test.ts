import { expect, test } from 'vitest';
import { countOf, dayText, durationText, timeText } from '../../src/chart/time-text.ts';
import { visibleText } from '../../src/chart/visible-text.ts';

test.each([
  [-5, '0 ms'],
  [0, '0 ms'],
  [338, '338 ms'],
  [999.6, '1.00 s'],
  [2_884, '2.88 s'],
  [59_940, '59.9 s'],
  [60_000, '1 min'],
  [292_000, '4 min 52 s'],
  [2_520_000, '42 min'],
  [4_500_000, '1 h 15 min'],
  [3_600_000, '1 h'],
  [90_000_000, '1 d 1 h'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test('times are in UTC, whatever the zone of the machine', () => {
  expect(timeText(Date.UTC(2026, 10, 27, 5, 30, 20, 7))).toBe('27 Nov 2026, 05:30:20.007 UTC');
  expect(dayText(Date.UTC(2026, 0, 1, 23, 59))).toBe('1 Jan 2026');
});

test('a number of things agrees with its noun', () => {
  expect([countOf(1, 'run'), countOf(1_200, 'batch', 'batches')]).toEqual(['1 run', '1,200 batches']);
});

test.each([
  ['plain name', 'plain name'],
  ['\u202eevil', '[U+202E]evil'],
  ['a\u200bb\u2069', 'a[U+200B]b[U+2069]'],
  ['two\nlines', 'two\nlines'],
  ['\u0007bell', '[U+0007]bell'],
  ['<img onerror=x>', '<img onerror=x>'],
])('%j is shown as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

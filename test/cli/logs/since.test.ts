import { expect, test } from 'vitest';
import { WrongInput } from '../../../cli/failure.ts';
import { sinceOf } from '../../../cli/logs/since.ts';

const end = Date.UTC(2026, 0, 2);

test.each([
  ['30s', end - 30_000],
  ['10m', end - 600_000],
  ['2h', end - 7_200_000],
  ['1d', end - 86_400_000],
  ['1w', end - 604_800_000],
  ['2026-01-01T23:00:00Z', end - 3_600_000],
  ['2026-01-01', end - 86_400_000],
])('%s is a time before the end of the run, or a time', (text, time) => {
  expect(sinceOf(text, end)).toBe(time);
});

test.each(['', '10', 'm', '-1m', '10 minutes', 'yesterday', '2026-13-01', '5'])(
  '"%s" is refused with what to write',
  (text) => {
    expect(() => sinceOf(text, end)).toThrow(WrongInput);
    expect(() => sinceOf(text, end)).toThrow(`such as 30s, 10m, 2h, 1d or 1w, or a time in ISO 8601, got ${text}`);
  },
);

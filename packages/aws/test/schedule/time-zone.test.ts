import { expect, test } from 'vitest';
import { timeZoneNamed } from '../../src/schedule/time-zone.ts';

const local = (text: string): number => Date.parse(`${text}Z`);

test.each([
  ['UTC', '2026-03-29T02:30:00', '2026-03-29T02:30:00Z'],
  ['Europe/Berlin', '2026-01-15T12:00:00', '2026-01-15T11:00:00Z'],
  ['Europe/Berlin', '2026-07-15T12:00:00', '2026-07-15T10:00:00Z'],
  ['Europe/Berlin', '2026-03-29T02:30:00', undefined],
  ['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
  ['Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-04T02:15:00', undefined],
  ['Pacific/Apia', '2011-12-30T12:00:00', undefined],
])('in %s clocks show %s first at %s', (name, shown, instant) => {
  const zone = timeZoneNamed(name);
  expect(zone?.instantOf(local(shown))).toBe(instant === undefined ? undefined : Date.parse(instant));
  if (instant !== undefined) expect(zone?.localOf(Date.parse(instant))).toBe(local(shown));
});

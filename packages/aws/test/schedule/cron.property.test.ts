import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cron, nextOfCron, parseCron } from '../../src/schedule/cron.ts';
import { type TimeZone, timeZoneNamed } from '../../src/schedule/time-zone.ts';

const minute = 60_000;
const number = (least: number, most: number) => fc.integer({ min: least, max: most });

/** A field of numbers, ranges, lists and steps. */
const field = (least: number, most: number): fc.Arbitrary<string> => {
  const range = fc.oneof(
    fc.constant('*'),
    number(least, most).map(String),
    fc.tuple(number(least, most), number(least, most)).map((ends) => ends.join('-')),
  );
  const item = fc.oneof(
    range,
    fc.tuple(range, number(1, most)).map((parts) => parts.join('/')),
  );
  return fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
};

const dayOfMonth = fc.oneof(
  field(1, 31),
  fc.constant('L'),
  number(1, 31).map((day) => `${day}W`),
);
const dayOfWeek = fc.oneof(
  field(1, 7),
  fc.constant('L'),
  number(1, 7).map((day) => `${day}L`),
  fc.tuple(number(1, 7), number(1, 5)).map((parts) => parts.join('#')),
);
const days = fc.oneof(
  dayOfMonth.map((text) => [text, '?'] as const),
  dayOfWeek.map((text) => ['?', text] as const),
);
const expressions = fc
  .tuple(field(0, 59), field(0, 23), days, field(1, 12))
  .map(([minutes, hours, [ofMonth, ofWeek], month]) => `${minutes} ${hours} ${ofMonth} ${month} ${ofWeek} *`);

const names = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
const zones = fc.constantFrom(...names.flatMap((name) => timeZoneNamed(name) ?? []));

/** Around the clock changes of 2026, and anywhere else. */
const instants = fc
  .tuple(
    fc.constantFrom('2026-03-08T08:00:00Z', '2026-03-29T00:00:00Z', '2026-11-01T04:00:00Z', '2026-10-25T00:00:00Z'),
    number(-50_000, 50_000),
  )
  .map(([near, minutes]) => Date.parse(near) + minutes * minute);

function cronOf(text: string): Cron {
  const parsed = parseCron(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.cron;
}

/** True if clocks show a time of the expression at an instant, and show it for the first time. */
function isTime(cron: Cron, zone: TimeZone, at: number): boolean {
  const local = zone.localOf(at);
  const shown = new Date(local);
  // Clocks are set back by an hour at most.
  const shownBefore = [30, 60].some((minutes) => zone.localOf(at - minutes * minute) === local);
  return (
    !shownBefore &&
    cron.minutes.includes(shown.getUTCMinutes()) &&
    cron.hours.includes(shown.getUTCHours()) &&
    cron.months.has(shown.getUTCMonth() + 1) &&
    cron.isDay(shown)
  );
}

test('the next time of a cron expression matches it, and none is skipped', () => {
  const mostMinutes = 3_000;
  fc.assert(
    fc.property(expressions, zones, instants, (text, zone, after) => {
      const cron = cronOf(text);
      const next = nextOfCron(cron, zone, after);
      const last = Math.min(next ?? Infinity, after + mostMinutes * minute);
      const found: number[] = [];
      for (let at = Math.floor(after / minute) * minute + minute; at <= last; at += minute) {
        if (isTime(cron, zone, at)) found.push(at);
      }
      expect(found).toEqual(next !== undefined && next <= last ? [next] : []);
    }),
    { numRuns: 300 },
  );
});

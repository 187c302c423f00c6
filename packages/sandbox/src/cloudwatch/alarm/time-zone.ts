/** A time zone: how far its clocks are ahead of UTC at an instant, in milliseconds. */
export interface TimeZone {
  readonly name: string;
  readonly offsetAt: (at: number) => number;
}

const minute = 60_000;
const fiveMinutes = 5 * minute;
const day = 24 * 60 * minute;

/** Largest offset, in hours; ISO 8601 has no limit, and 18 is that of Java, whose forms CloudWatch accepts (assumed). */
const mostHours = 18;

export const utc: TimeZone = { name: 'UTC', offsetAt: () => 0 };

/** Thrown for a time zone that CloudWatch refuses. */
export class TimeZoneError extends Error {
  override readonly name = 'TimeZoneError';
}

/**
 * The time zone of an alarm's wall clock window: an IANA name, an offset or a prefix with an offset ("Time zones and
 * daylight saving time" of "Alarm evaluation window"). Throws a `TimeZoneError` for any other text.
 */
export function timeZoneOf(name: string): TimeZone {
  if (name === 'Z' || name === utc.name) return { ...utc, name };
  const [, sign, hours = '', minutes = ''] = /^(?:UTC|GMT)?([+-])(\d{2}):(\d{2})$/.exec(name) ?? [];
  if (sign === undefined) return namedZone(name);
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
  if (Number(minutes) > 59 || Math.abs(offset) > mostHours * 60 * minute) throw unknown(name);
  if (offset % fiveMinutes !== 0) {
    throw new TimeZoneError(`expected an offset of a multiple of 5 minutes, got ${name}`);
  }
  return { name, offsetAt: () => offset };
}

/** A zone of the tz database, with its daylight saving time. */
function namedZone(name: string): TimeZone {
  if (!/^[A-Z][A-Za-z]/.test(name)) throw unknown(name);
  const format = formatOf(name);
  const { timeZone: canonical } = format.resolvedOptions();
  if (canonical !== name && canonical.toLowerCase() === name.toLowerCase())
    throw unknown(name, `; write "${canonical}"`);
  return {
    name,
    offsetAt: (at) => {
      const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
      const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
      const local = Date.UTC(
        part('year'),
        part('month') - 1,
        part('day'),
        part('hour'),
        part('minute'),
        part('second'),
      );
      return local - Math.floor(at / 1_000) * 1_000;
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const number = 'numeric';
  const fields = { year: number, month: number, day: number, hour: number, minute: number, second: number } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...fields, hourCycle: 'h23', timeZone });
  } catch (error) {
    if (error instanceof RangeError) throw unknown(timeZone);
    throw error;
  }
}

const unknown = (name: string, fix = ''): TimeZoneError =>
  new TimeZoneError(`expected an IANA time zone, +05:30, UTC+05:30 or Z, got "${name}"${fix}`);

/** The first instant at which the clocks of a zone show a local time or, where they skip it, a later one. */
export function instantOf(local: number, { offsetAt }: TimeZone): number {
  const before = offsetAt(local - day);
  const after = offsetAt(local + day);
  const early = local - before;
  if (before === after || offsetAt(early - 1) === before) return early;
  return local - after;
}

/** A time zone of the IANA database. Local times are milliseconds as if they were in UTC. */
export interface TimeZone {
  readonly localOf: (instant: number) => number;
  /** The first instant at which clocks show a local time; undefined if they never do, because a change skips it. */
  readonly instantOf: (local: number) => number | undefined;
}

const utc: TimeZone = { localOf: (instant) => instant, instantOf: (local) => local };

const dayMilliseconds = 86_400_000;

/** The time zone of a name such as `Europe/Berlin`; undefined if there is none. */
export function timeZoneNamed(name: string): TimeZone | undefined {
  if (name === 'UTC') return utc;
  const formatter = formatterOf(name);
  if (!formatter) return undefined;
  const offsetAt = offsetsBy((instant) => localIn(formatter, instant) - instant);
  return {
    localOf: (instant) => instant + offsetAt(instant),
    // No zone changes its clocks twice within two days.
    instantOf: (local) => {
      const instants = [local - dayMilliseconds, local + dayMilliseconds].map((near) => local - offsetAt(near));
      return instants.sort((one, other) => one - other).find((instant) => instant + offsetAt(instant) === local);
    },
  };
}

/** Days whose offset is remembered: a format costs some ten microseconds, and a schedule asks again and again. */
const mostDays = 1_000;

/** Remembers the offset of each day on which clocks do not change. */
function offsetsBy(offsetAt: (instant: number) => number): (instant: number) => number {
  const ofDay = new Map<number, number | undefined>();
  return (instant) => {
    const day = Math.floor(instant / dayMilliseconds);
    if (!ofDay.has(day)) {
      if (ofDay.size >= mostDays) ofDay.clear();
      const [begin, end] = [offsetAt(day * dayMilliseconds), offsetAt((day + 1) * dayMilliseconds)];
      ofDay.set(day, begin === end ? begin : undefined);
    }
    return ofDay.get(day) ?? offsetAt(instant);
  };
}

function formatterOf(timeZone: string): Intl.DateTimeFormat | undefined {
  // Intl also takes offsets such as +01:00, which the IANA database does not have.
  if (!/^[A-Z]/.test(timeZone)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    return undefined;
  }
}

/** Reads `11/29/2026, 17:30:13`. */
function localIn(formatter: Intl.DateTimeFormat, instant: number): number {
  const [month = 1, day = 1, year = 0, hour = 0, minute = 0, second = 0] = formatter
    .format(instant)
    .split(/\D+/)
    .map(Number);
  const milliseconds = ((instant % 1_000) + 1_000) % 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + milliseconds;
}

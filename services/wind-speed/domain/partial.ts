import { z } from 'zod';
import type { ObjectFailure } from './object-failure.ts';
import { isPartialLine } from './partial-line.ts';
import type { StationYear } from './station-year.ts';
import { byText } from './text-order.ts';
import type { WindSums } from './wind-sums.ts';

/**
 * A partial is the result of one batch as text: a header, then one line for each year, station and object,
 * `[year, station, place date, name, latitude, longitude, [[month, sumTenths, days, sumWeighted, reports], …], [key, [days, …]]]`:
 * the object that it comes from, and a bit for each day of each month, so that a day which is in two objects is noticed.
 * The year is first, so that a reader can skip other years without decoding them.
 */
const headerSchema = z.object({
  format: z.literal('wind-speed partial'),
  version: z.literal(1),
  execution: z.string(),
  batch: z.string(),
  objects: z.int().min(0),
  /** Year and number of lines, ascending: a partial that was cut short is noticed. */
  years: z.array(z.tuple([z.int(), z.int().min(1)])),
  failures: z.array(z.object({ key: z.string(), reason: z.string() })),
  /** Objects that are left out in part; absent where there is none. */
  leftOut: z.array(z.object({ key: z.string(), reason: z.string() })).optional(),
});

/** The first line of a partial. */
export type PartialHeader = Readonly<z.infer<typeof headerSchema>>;

/** Result of a batch. */
export interface BatchResult {
  readonly execution: string;
  readonly batch: string;
  readonly objects: number;
  readonly failures: readonly ObjectFailure[];
  /** @default - nothing */
  readonly leftOut?: readonly ObjectFailure[];
  readonly stationYears: Iterable<StationYear>;
}

/** The lines of a partial, without line ends; the same for the same content, whatever the order it came in. */
export function encodePartial({
  execution,
  batch,
  objects,
  failures,
  leftOut = [],
  stationYears,
}: BatchResult): string[] {
  const sorted = [...stationYears].sort(
    (a, b) => a.year - b.year || byText(a.station, b.station) || byText(a.key ?? '', b.key ?? ''),
  );
  const lineCounts = new Map<number, number>();
  for (const { year } of sorted) lineCounts.set(year, (lineCounts.get(year) ?? 0) + 1);
  const header: PartialHeader = {
    format: 'wind-speed partial',
    version: 1,
    execution,
    batch,
    objects,
    years: [...lineCounts],
    failures: failures.toSorted((a, b) => byText(a.key, b.key)),
    ...(leftOut.length > 0 && { leftOut: leftOut.toSorted((a, b) => byText(a.key, b.key)) }),
  };
  return [JSON.stringify(header), ...sorted.map(encodeStationYear)];
}

function encodeStationYear({ year, station, placeDate, place, months, dayBits, key }: StationYear): string {
  const sums = months.flatMap((month, index) => (month === undefined ? [] : [encodeMonth(index + 1, month)]));
  const line = [year, station, placeDate, place.name, place.latitude, place.longitude, sums];
  if (key === undefined || !dayBits) return JSON.stringify(line);
  const bits = months.flatMap((month, index) => (month === undefined ? [] : [dayBits[index] ?? 0]));
  return JSON.stringify([...line, [key, bits]]);
}

const encodeMonth = (month: number, { sumTenths, days, sumWeighted, reports }: WindSums) => [
  month,
  sumTenths,
  days,
  sumWeighted,
  reports,
];

/** Reads the first line of a partial; throws when it is not one of version 1. */
export function decodeHeader(line: string): PartialHeader {
  const { success, data } = headerSchema.safeParse(parseJson(line));
  if (success) return data;
  throw new Error(`expected the header of a wind-speed partial of version 1, got ${excerpt(line)}`);
}

/** The year a line is about, read without decoding the line. */
export function yearOf(line: string): number {
  const year = /^\[(\d{1,4}),/.exec(line)?.[1];
  if (year === undefined) throw new Error(`expected a partial's line to begin with its year, got ${excerpt(line)}`);
  return Number(year);
}

/** Reads any other line of a partial; throws when it does not hold what {@link encodePartial} writes. */
export function decodeStationYear(line: string): StationYear {
  const read = parseJson(line);
  if (!isPartialLine(read)) throw new Error(`expected a station's year in a partial, got ${excerpt(line)}`);
  const [year, station, placeDate, name, latitude, longitude, sums, source] = read;
  const months: StationYear['months'] = [];
  const dayBits: number[] = [];
  for (const [index, [month, sumTenths, days, sumWeighted, reports]] of sums.entries()) {
    months[month - 1] = { sumTenths, days, sumWeighted, reports };
    dayBits[month - 1] = source?.[1][index] ?? 0;
  }
  const stationYear = { year, station, placeDate, place: { name, latitude, longitude }, months };
  return source ? { ...stationYear, dayBits, key: source[0] } : stationYear;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const excerpt = (line: string) => JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);

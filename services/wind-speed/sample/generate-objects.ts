import type { GeneratedStation } from './generated-station.ts';
import { generatedStation } from './generated-station.ts';
import { GeneratedWeather } from './generated-weather.ts';
import { header, measurements } from './gsod-layout.ts';
import { seededRandom } from './seeded-random.ts';

export interface SampleOptions {
  /** Number of objects: every station has one in each year, the last year being cut off where it does not come out even. */
  readonly objects: number;
  /**
   * Calendar years, in the order of the objects.
   *
   * @default [2023]
   */
  readonly years?: readonly number[];
  /**
   * Rows of each object, spread over the whole year; at most the days of the year.
   *
   * @default the days of the year
   */
  readonly days?: number;
  /**
   * Another seed, another world.
   *
   * @default 1
   */
  readonly seed?: number;
}

/** A weather object in the published format. */
export interface SampleObject {
  /** `<year>/<station>.csv`, below a prefix in the source bucket. */
  readonly key: string;
  readonly body: Buffer;
}

/** Generated weather objects, year after year, in the published format. Nothing in them was ever measured. */
export function* generateObjects(options: SampleOptions): Generator<SampleObject> {
  for (let index = 0; index < options.objects; index += 1) yield generateObject(index, options);
}

/** Object number `index` of those that {@link generateObjects} yields. */
export function generateObject(index: number, options: SampleOptions): SampleObject {
  const { objects, years = [2023], days, seed = 1 } = options;
  const stations = Math.ceil(objects / years.length);
  const year = years[Math.floor(index / stations)];
  if (year === undefined) throw new Error(`index must be below ${stations * years.length}, got ${index}`);
  const station = generatedStation(index % stations, seed);
  const weather = new GeneratedWeather(station, seededRandom(seed, index % stations, year));
  return { key: `${year}/${station.id}.csv`, body: writeRows(station, year, days, weather) };
}

function writeRows(
  station: GeneratedStation,
  year: number,
  rows: number | undefined,
  weather: GeneratedWeather,
): Buffer {
  const calendar = calendarOf(year);
  const count = Math.min(rows ?? calendar.length, calendar.length);
  const front = `"${station.id}","${year}-01-01",${place(station)},`;
  const row = Buffer.from(front + withReports(measurements, station.reports));
  const body = Buffer.allocUnsafe(header.length + count * row.length);
  header.copy(body);
  if (count > 0) body.fill(row, header.length);
  for (let index = 0; index < count; index += 1) {
    const start = header.length + index * row.length;
    const day = calendar[Math.floor(((index + 0.5) * calendar.length) / count)];
    if (day === undefined) continue;
    body.set(day.monthAndDay, start + monthOffset);
    weather.writeDay(body, start + front.length, day.season);
  }
  return body;
}

/** Quoted position, elevation and name; nothing, not even quotes, where they are unknown. */
function place({ latitude, longitude, elevationMetres, name, unplaced }: GeneratedStation): string {
  if (unplaced) return ',,,';
  return [latitude.toFixed(5), longitude.toFixed(5), elevationMetres.toFixed(1), name]
    .map((text) => `"${text}"`)
    .join();
}

const withReports = (row: string, reports: number) => row.replaceAll('"24"', `"${String(reports).padStart(2)}"`);

/** The month follows `"<11 characters>","<year>-`. */
const monthOffset = 1 + 11 + 3 + 5;

interface CalendarDay {
  /** `MM-DD` */
  readonly monthAndDay: Uint8Array;
  /** 1 at the turn of the year, -1 in the middle of it, smooth between. */
  readonly season: number;
}

const calendars = new Map<number, readonly CalendarDay[]>();

/** The days of a year, made once. */
function calendarOf(year: number): readonly CalendarDay[] {
  const known = calendars.get(year);
  if (known !== undefined) return known;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const names = lengths.flatMap((length, month) =>
    Array.from({ length }, (_, day) => `${twoDigits(month + 1)}-${twoDigits(day + 1)}`),
  );
  const calendar = names.map((name, index) => ({
    monthAndDay: Buffer.from(name),
    season: seasonOf(index / names.length),
  }));
  calendars.set(year, calendar);
  return calendar;
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

function seasonOf(partOfYear: number): number {
  const fromMiddle = Math.abs(2 * partOfYear - 1);
  return 2 * fromMiddle * fromMiddle * (3 - 2 * fromMiddle) - 1;
}

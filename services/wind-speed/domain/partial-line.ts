/** One station's year as a partial writes it: `[year, station, place date, name, latitude, longitude, months, source]`. */
export type PartialLine = readonly [
  year: number,
  station: string,
  placeDate: number,
  name: string | null,
  latitude: number | null,
  longitude: number | null,
  months: readonly PartialMonth[],
  /** Where the line comes from; absent where that is more than one object. */
  source?: PartialSource,
];

/** Key of the object, and its days of the months in the line, a bit each. */
type PartialSource = readonly [key: string, dayBits: readonly number[]];

type PartialMonth = readonly [month: number, sumTenths: number, days: number, sumWeighted: number, reports: number];

/**
 * True if parsed JSON is such a line. The checks are written by hand: a consolidation reads 600,000 lines, and a schema
 * would take most of its time.
 */
export function isPartialLine(value: unknown): value is PartialLine {
  if (!Array.isArray(value) || (value.length !== 7 && value.length !== 8)) return false;
  const [year, station, placeDate, name, latitude, longitude, months, source] = value as unknown[];
  return (
    isCount(year) &&
    year <= 9999 &&
    typeof station === 'string' &&
    station !== '' &&
    isCount(placeDate) &&
    (name === null || typeof name === 'string') &&
    (latitude === null || Number.isFinite(latitude)) &&
    (longitude === null || Number.isFinite(longitude)) &&
    Array.isArray(months) &&
    months.every(isPartialMonth) &&
    (value.length === 7 || isSource(source, months.length))
  );
}

function isSource(value: unknown, months: number): value is PartialSource {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [key, dayBits] = value as unknown[];
  return typeof key === 'string' && Array.isArray(dayBits) && dayBits.length === months && dayBits.every(isDays);
}

const isDays = (value: unknown): boolean => isCount(value) && value < 2 ** 31;

function isPartialMonth(value: unknown): value is PartialMonth {
  if (!Array.isArray(value) || value.length !== 5 || !value.every(isCount)) return false;
  const [month = 0] = value;
  return month >= 1 && month <= 12;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

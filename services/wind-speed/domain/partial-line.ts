/** One station's year as a partial writes it: `[year, station, place date, name, latitude, longitude, months]`. */
export type PartialLine = readonly [
  year: number,
  station: string,
  placeDate: number,
  name: string | null,
  latitude: number | null,
  longitude: number | null,
  months: readonly PartialMonth[],
];

type PartialMonth = readonly [month: number, sumTenths: number, days: number, sumWeighted: number, reports: number];

/**
 * True if parsed JSON is such a line. The checks are written by hand: a consolidation reads 600,000 lines, and a schema
 * would take most of its time.
 */
export function isPartialLine(value: unknown): value is PartialLine {
  if (!Array.isArray(value) || value.length !== 7) return false;
  const [year, station, placeDate, name, latitude, longitude, months] = value as unknown[];
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
    months.every(isPartialMonth)
  );
}

function isPartialMonth(value: unknown): value is PartialMonth {
  if (!Array.isArray(value) || value.length !== 5 || !value.every(isCount)) return false;
  const [month = 0] = value;
  return month >= 1 && month <= 12;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

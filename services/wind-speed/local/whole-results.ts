import type { LocalResults, ResultTable } from '../../../blocks/local.ts';
import { csvRecords } from './csv-records.ts';

/** All stations as a table and as points, windiest first; what the extracts for a terminal leave out. */
export function wholeOf(
  stations: Buffer | undefined,
  notes: ResultTable['notes'],
  generatedData: boolean,
): LocalResults['whole'] {
  if (!stations) return undefined;
  const lines = csvRecords(stations);
  const table: ResultTable = {
    title: `Stations by mean wind speed${generatedData ? ' (generated data, nobody measured it)' : ''}`,
    columns: [
      { heading: '', align: 'right' },
      { heading: 'station', align: 'left' },
      { heading: 'name', align: 'left' },
      { heading: 'country', align: 'left' },
      { heading: 'mph', align: 'right' },
      { heading: 'knots', align: 'right' },
      { heading: 'days', align: 'right' },
      { heading: 'latitude °N', align: 'right' },
      { heading: 'longitude °E', align: 'right' },
    ],
    rows: lines.map(
      ({ station, name, country, mean_mph: mph, mean_knots: knots, days, latitude, longitude }, index) => [
        String(index + 1),
        ...[station, name, country].map((text = '') => text),
        ...[fixed(mph), fixed(knots), days ?? '', orDash(latitude), orDash(longitude)],
      ],
    ),
    notes,
  };
  const points = lines.map(({ station = '', name = '', latitude, longitude, mean_mph: mean }, row) => ({
    label: name === '' ? station : name,
    latitude: numberIn(latitude),
    longitude: numberIn(longitude),
    value: numberIn(mean),
    row,
  }));
  return { tables: [table], points: [{ title: 'Mean wind speed at weather stations', unit: 'mph', points }] };
}

/** Not a number where the table says nothing: the point is counted as one without a place or a value. */
const numberIn = (text = ''): number => (text === '' ? NaN : Number(text));

const orDash = (text = ''): string => (text === '' ? '-' : text);

const fixed = (text = ''): string => (text === '' ? '-' : Number(text).toFixed(2));

/**
 * Where the data comes from, and how it is counted; GSOD summarizes by days of GMT.
 * https://www.ncei.noaa.gov/data/global-summary-of-the-day/doc/readme.txt
 */
export const provenanceOf = (generatedData: boolean): readonly string[] => [
  generatedData
    ? 'Generated weather in the layout of the Global Surface Summary of the Day (GSOD) of NOAA: nobody measured it'
    : "Files in the layout of NOAA's Global Surface Summary of the Day (GSOD), from the directory of --data",
  'A mean counts each day with wind once. GSOD states knots, and 1 knot is 1.15078 mph',
  'Days and months are in UTC, as GSOD counts them',
];

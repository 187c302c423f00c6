import { expect, test } from 'vitest';
import { csvTable } from '../../domain/csv-table.ts';
import { monthsCsv, stationsCsv } from '../../domain/result-tables.ts';

const washington = {
  kind: 'station' as const,
  station: '72613014755',
  name: 'MOUNT WASHINGTON, NH US',
  latitude: 44.27018,
  longitude: -71.30336,
  sumTenths: 113_445,
  days: 348,
};

test('stations.csv quotes names with commas, prints full doubles, and leaves empty what is unknown', () => {
  const silent = {
    ...washington,
    station: '99999900180',
    name: null,
    latitude: null,
    longitude: null,
    sumTenths: 0,
    days: 0,
  };
  expect(stationsCsv([washington, silent])).toMatchInlineSnapshot(`
    "station,name,country,latitude,longitude,days,mean_knots,mean_mph
    72613014755,"MOUNT WASHINGTON, NH",US,44.27018,-71.30336,348,32.599137931034484,37.514417954319185
    99999900180,,,,,0,,
    "
  `);
});

test('months.csv names the windiest station of each month', () => {
  const windiest = { station: '72613014755', sumTenths: 400, days: 1 };
  expect(monthsCsv([{ kind: 'month', year: 1929, month: 8, sumTenths: 1000, days: 10, windiest }]))
    .toMatchInlineSnapshot(`
    "year,month,days,mean_mph,windiest_station,windiest_mean_mph
    1929,8,10,11.507794480235425,72613014755,46.0311779209417
    "
  `);
});

test('a field with a quote or a line feed is quoted, and its quotes doubled', () => {
  expect(csvTable(['a'], [['say "hi"'], ['two\nlines'], [0], [null]])).toBe('a\n"say ""hi"""\n"two\nlines"\n0\n\n');
});

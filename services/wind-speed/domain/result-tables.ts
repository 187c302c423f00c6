import type { MonthLine, StationLine } from './consolidated.ts';
import { csvTable } from './csv-table.ts';
import { meanKnots, milesPerHour } from './mean-wind.ts';
import { splitName } from './station-name.ts';

/** `stations.csv`: every station, windiest first, those without wind last and with empty means. */
export function stationsCsv(stations: readonly StationLine[]): string {
  return csvTable(
    ['station', 'name', 'country', 'latitude', 'longitude', 'days', 'mean_knots', 'mean_mph'],
    stations.map((line) => {
      const { name, country } = splitName(line.name);
      const knots = meanKnots(line);
      return [line.station, name, country, line.latitude, line.longitude, line.days, knots, milesPerHour(knots)];
    }),
  );
}

/** `months.csv`: every month with wind, in order. */
export function monthsCsv(months: readonly MonthLine[]): string {
  return csvTable(
    ['year', 'month', 'days', 'mean_mph', 'windiest_station', 'windiest_mean_mph'],
    months.map((line) => [
      line.year,
      line.month,
      line.days,
      milesPerHour(meanKnots(line)),
      line.windiest.station,
      milesPerHour(meanKnots(line.windiest)),
    ]),
  );
}

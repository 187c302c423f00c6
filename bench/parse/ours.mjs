import { parseCsvObject } from '../../services/wind-speed/domain/parse-csv-object.ts';
import { parseObject } from '../../services/wind-speed/domain/parse-object.ts';

/** Parses as the analyze function does: sums by station, year and month. */
export function addObject(totals, bytes) {
  return addParsed(totals, parseObject(bytes));
}

/** The same by the scanner for any CSV alone. */
export function addObjectByFallback(totals, bytes) {
  return addParsed(totals, parseCsvObject(bytes));
}

function addParsed(totals, parsed) {
  if (!parsed.ok) throw new Error(parsed.problem);
  totals.rows += parsed.rows;
  for (const { months } of parsed.stationYears) {
    for (let month = 0; month < months.length; month += 1) {
      const sums = months[month];
      if (sums === undefined) continue;
      totals.days += sums.days;
      totals.sumTenths += sums.sumTenths;
      totals.sumWeighted += sums.sumWeighted;
      totals.reports += sums.reports;
    }
  }
  return parsed.fastPath;
}

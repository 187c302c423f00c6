/** Totals that every contender must find: rows, days with wind, and the sums over those days in tenths of a knot. */
export const noTotals = () => ({ rows: 0, days: 0, sumTenths: 0, sumWeighted: 0, reports: 0 });

/** Adds a day as text, e.g. ` 16.6` and `24`; a missing one has 999.9. */
export function addDayText(totals, wdsp, reports) {
  totals.rows += 1;
  if (wdsp === '999.9') return;
  const tenths = Math.round(Number(wdsp) * 10);
  const count = Number(reports);
  totals.days += 1;
  totals.sumTenths += tenths;
  totals.sumWeighted += tenths * count;
  totals.reports += count;
}

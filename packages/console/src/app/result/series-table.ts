import { valueText } from '../../chart/point-classes.ts';
import type { SeriesModel, TableModel } from '../../models/results.ts';

/** The table that equals the chart of a series. */
export const seriesTable = ({ title, unit, labels, values }: SeriesModel): TableModel => ({
  title,
  columns: [
    { heading: 'label', align: 'left' },
    { heading: unit, align: 'right' },
  ],
  rows: labels.map((label, index) => {
    const value = values[index] ?? null;
    return [label, value === null ? 'no value' : valueText(value)];
  }),
  notes: [],
  total: labels.length,
});

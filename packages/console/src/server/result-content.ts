import type { PointsModel, ResultContent, SeriesModel, TableModel } from '../models/results.ts';
import { placeOnMap } from './world-map.ts';

/** Results as a workload reports them. */
export interface SourceResults {
  readonly finding?: string;
  readonly provenance?: readonly string[];
  readonly tables: readonly Omit<TableModel, 'total'>[];
  /** @default - none */
  readonly series?: readonly {
    readonly title: string;
    readonly unit: string;
    readonly values: readonly { readonly label: string; readonly value: number }[];
  }[];
  /** @default - none */
  readonly points?: readonly SourcePoints[];
}

interface SourcePoints {
  readonly title: string;
  readonly unit: string;
  readonly points: readonly {
    readonly label: string;
    /** In degrees, north and east positive. */
    readonly latitude: number;
    readonly longitude: number;
    readonly value: number;
    /** Row of the first table, from 0. */
    readonly row?: number;
  }[];
}

/** Results as a page shows them: points projected, each map with a table that equals it. */
export function resultContent(results: SourceResults): ResultContent {
  const { finding = null, provenance = [], tables, series = [], points = [] } = results;
  const shown = tables.map(tableModel);
  const maps = points.map((each) => {
    const rows = tables[0]?.rows.length ?? 0;
    const isInTable = each.points.every(({ row }) => row !== undefined && row >= 0 && row < rows);
    if (isInTable && tables.length > 0) return pointsModel(each, 0);
    const own = byValue(each);
    shown.push(tableModel(tableOf(own)));
    return pointsModel({ ...own, points: own.points.map((point, row) => ({ ...point, row })) }, shown.length - 1);
  });
  return { finding, provenance, tables: shown, series: series.map(seriesModel), maps };
}

const tableModel = (table: Omit<TableModel, 'total'>): TableModel => {
  const { title, columns, rows, notes } = table;
  return { title, columns, rows, notes, total: rows.length };
};

const seriesModel = ({ title, unit, values }: NonNullable<SourceResults['series']>[number]): SeriesModel => ({
  title,
  unit,
  labels: values.map(({ label }) => label),
  values: values.map(({ value }) => (Number.isFinite(value) ? value : null)),
});

/** The greatest value first; what is no number comes last. */
const byValue = (points: SourcePoints): SourcePoints => ({
  ...points,
  points: [...points.points].sort((one, other) => rank(other.value) - rank(one.value)),
});

const rank = (value: number): number => (Number.isFinite(value) ? value : -Number.MAX_VALUE);

const tableOf = ({ title, unit, points }: SourcePoints): Omit<TableModel, 'total'> => ({
  title,
  columns: [
    { heading: '', align: 'right' },
    { heading: 'place', align: 'left' },
    { heading: unit, align: 'right' },
    { heading: 'latitude °N', align: 'right' },
    { heading: 'longitude °E', align: 'right' },
  ],
  rows: points.map(({ label, latitude, longitude, value }, index) => [
    String(index + 1),
    label,
    ...[value, latitude, longitude].map(numberText),
  ]),
  notes: [],
});

const numberText = (value: number): string =>
  Number.isFinite(value) ? String(Math.round(value * 1_000) / 1_000) : '-';

function pointsModel({ title, unit, points }: SourcePoints, table: number): PointsModel {
  const placed = points.flatMap(({ latitude, longitude, value, row = 0 }) => {
    const place = Number.isFinite(value) ? placeOnMap(latitude, longitude) : undefined;
    return place ? [{ place, value, row }] : [];
  });
  return {
    title,
    unit,
    table,
    row: placed.map(({ row }) => row),
    x: placed.map(({ place }) => place[0]),
    y: placed.map(({ place }) => place[1]),
    value: placed.map(({ value }) => value),
    left: points.length - placed.length,
  };
}

import { z } from 'zod';
import type { Consolidation } from './consolidation.ts';
import type { ObjectFailure } from './object-failure.ts';
import { sampleFailures } from './object-failure.ts';

/** The merged result as text: a header, the months in order, the stations in rank order, one JSON object a line. */
const count = z.int().min(0);

const headerSchema = z.object({
  kind: z.literal('totals'),
  version: z.literal(1),
  years: z.array(z.int()).readonly(),
  objects: count,
  batches: count,
  failedObjects: count,
  failedBatches: count,
  fastPathObjects: count,
  failures: z.array(z.object({ key: z.string(), reason: z.string() })).readonly(),
  /** Objects that are left out in part, with some of them; absent where there is none. */
  leftOut: z
    .object({ objects: count, examples: z.array(z.object({ key: z.string(), reason: z.string() })).readonly() })
    .optional(),
  stations: count,
  stationsWithoutWind: count,
  months: count,
  sumTenths: count,
  days: count,
  sumWeighted: count,
  reports: count,
});

const monthSchema = z.object({
  kind: z.literal('month'),
  year: z.int(),
  month: z.int().min(1).max(12),
  sumTenths: count,
  days: count,
  windiest: z.object({ station: z.string(), sumTenths: count, days: count }),
});

const stationSchema = z.object({
  kind: z.literal('station'),
  station: z.string(),
  name: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  sumTenths: count,
  days: count,
});

const lineSchema = z.discriminatedUnion('kind', [headerSchema, monthSchema, stationSchema]);

/** The sums over everything, and how much of everything there was. `stations` counts those with wind only. */
export type Totals = Readonly<z.infer<typeof headerSchema>>;
/** One calendar month over all stations, with the windiest of them. */
export type MonthLine = Readonly<z.infer<typeof monthSchema>>;
/** One station over all years. */
export type StationLine = Readonly<z.infer<typeof stationSchema>>;

/** The merged result as convert reads it. */
export interface Consolidated {
  readonly totals: Totals;
  readonly months: readonly MonthLine[];
  /** Windiest first; stations without wind last. */
  readonly stations: readonly StationLine[];
}

/** How many objects and batches went in, and which did not. */
export interface Coverage {
  readonly years: readonly number[];
  readonly objects: number;
  readonly batches: number;
  readonly failedObjects: number;
  readonly failedBatches: number;
  readonly fastPathObjects: number;
  readonly failures: readonly ObjectFailure[];
  /** @default - nothing */
  readonly leftOut?: Totals['leftOut'];
}

/** Takes the finished fold apart into what is written down. */
export function summarize(consolidation: Consolidation, coverage: Coverage): Consolidated {
  const months = consolidation.months().map((month) => ({ kind: 'month' as const, ...month }));
  const stations = consolidation.ranking().map(({ station, place, sumTenths, days }) => ({
    kind: 'station' as const,
    station,
    ...place,
    sumTenths,
    days,
  }));
  const stationsWithoutWind = stations.filter(({ days }) => days === 0).length;
  const totals: Totals = {
    kind: 'totals',
    version: 1,
    ...coverage,
    failures: sampleFailures(coverage.failures),
    stations: stations.length - stationsWithoutWind,
    stationsWithoutWind,
    months: months.length,
    ...consolidation.total(),
  };
  return { totals, months, stations };
}

/** The lines of a merged result, without line ends. */
export function encodeConsolidated({ totals, months, stations }: Consolidated): string[] {
  return [totals, ...months, ...stations].map((line) => JSON.stringify(line));
}

/** Reads a merged result line by line; throws on a line it does not know, and when lines are missing. */
export async function decodeConsolidated(lines: AsyncIterable<string>): Promise<Consolidated> {
  let totals: Totals | undefined;
  const months: MonthLine[] = [];
  const stations: StationLine[] = [];
  for await (const text of lines) {
    const line = decodeLine(text);
    if (line.kind === 'totals') totals = line;
    else if (line.kind === 'month') months.push(line);
    else stations.push(line);
  }
  if (totals === undefined) throw new Error('expected totals in a consolidated result, got none');
  const expected = [totals.months, totals.stations + totals.stationsWithoutWind];
  if (months.length !== expected[0] || stations.length !== expected[1]) {
    throw new Error(
      `expected ${expected.join(' months and ')} stations, got ${months.length} months and ${stations.length} stations`,
    );
  }
  return { totals, months, stations };
}

function decodeLine(text: string): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`expected a line of a consolidated result of version 1, got ${JSON.stringify(text.slice(0, 80))}`);
  }
}

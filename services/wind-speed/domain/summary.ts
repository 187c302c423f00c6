import type { Consolidated, StationLine } from './consolidated.ts';
import { meanKnots, milesPerHour, reportWeightedMeanKnots } from './mean-wind.ts';
import type { ObjectFailure } from './object-failure.ts';
import { splitName } from './station-name.ts';

/** `summary.json`: the whole analysis on one page. */
export interface Summary {
  readonly years: readonly number[];
  readonly objects: number;
  readonly batches: number;
  readonly failedObjects: number;
  readonly failedBatches: number;
  /** Objects that had the published layout throughout, and were read the fast way. */
  readonly fastPathObjects: number;
  /** Some of the objects that are not in the result, and why. */
  readonly failures: readonly ObjectFailure[];
  /** Objects that are left out in part, or as copies, with some of them; absent where there is none. */
  readonly leftOut?: { readonly objects: number; readonly examples: readonly ObjectFailure[] };
  /** Stations with at least one day of wind. */
  readonly stations: number;
  readonly stationsWithoutWind: number;
  /** Days with a wind speed, over all stations. */
  readonly observations: number;
  readonly meanKnots: number | null;
  readonly meanMph: number | null;
  /** The mean in which a day counts as often as it was reported. */
  readonly reportWeightedMeanKnots: number | null;
  readonly windiest: readonly WindyStation[];
}

/** A station among the windiest. */
export interface WindyStation {
  readonly station: string;
  readonly name: string;
  readonly country: string;
  readonly meanKnots: number | null;
  readonly meanMph: number | null;
  readonly days: number;
}

/** The content of `summary.json`. */
export function summaryOf({ totals, stations }: Consolidated): Summary {
  const knots = meanKnots(totals);
  return {
    years: totals.years,
    objects: totals.objects,
    batches: totals.batches,
    failedObjects: totals.failedObjects,
    failedBatches: totals.failedBatches,
    fastPathObjects: totals.fastPathObjects,
    failures: totals.failures,
    ...(totals.leftOut && { leftOut: totals.leftOut }),
    stations: totals.stations,
    stationsWithoutWind: totals.stationsWithoutWind,
    observations: totals.days,
    meanKnots: knots,
    meanMph: milesPerHour(knots),
    reportWeightedMeanKnots: reportWeightedMeanKnots(totals),
    windiest: stations
      .filter(({ days }) => days > 0)
      .slice(0, 10)
      .map(windyStation),
  };
}

function windyStation(line: StationLine): WindyStation {
  const knots = meanKnots(line);
  return {
    station: line.station,
    ...splitName(line.name),
    meanKnots: knots,
    meanMph: milesPerHour(knots),
    days: line.days,
  };
}

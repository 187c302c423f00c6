import { Series } from './series.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';
import { type Metric, metricKey } from './metric.ts';

/** The metrics of every account and region. */
export class Metrics {
  readonly #places = new Map<string, Map<string, Series>>();

  /** Adds a value at a time, in milliseconds since the epoch; the unit is that of the first value. */
  put(place: Environment, metric: Metric, unit: string, value: number, at: number): void {
    const series = this.#of(place);
    const key = metricKey(metric);
    const known = series.get(key) ?? new Series(metric, unit);
    series.set(key, known);
    known.add(value, at);
  }

  series(place: Environment, metric: Metric): Series | undefined {
    return this.#places.get(nameOf(place))?.get(metricKey(metric));
  }

  /** Every metric of a place, in the order of their first values. */
  of(place: Environment): readonly Series[] {
    return [...(this.#places.get(nameOf(place))?.values() ?? [])];
  }

  #of(place: Environment): Map<string, Series> {
    const name = nameOf(place);
    const series = this.#places.get(name) ?? new Map<string, Series>();
    this.#places.set(name, series);
    return series;
  }
}

const nameOf = ({ account, region }: Environment): string => `${account}/${region}`;

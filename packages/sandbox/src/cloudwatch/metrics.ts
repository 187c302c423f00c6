import { Series } from './series.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';
import { type Metric, metricKey, minuteOf } from './metric.ts';

/** A metric of a place. */
export interface Measured extends Environment {
  /** The same text for the same metric of the same place. */
  readonly key: string;
  readonly series: Series;
}

/** Called with each value that is put. */
export type OnPut = (measured: Measured, value: number, at: number) => void;

/** The metrics of every account and region. */
export class Metrics {
  /** @default - nothing is called */
  onPut: OnPut | undefined;
  readonly #places = new Map<string, Map<string, Measured>>();
  /** Those of one name of a place, which a query goes through. */
  readonly #named = new Map<string, Series[]>();
  readonly #changed = new Map<Measured, number>();
  /** Keys of metrics that are asked for again and again, by alarms. */
  readonly #keys = new WeakMap<Metric, string>();

  /** Adds a value at a time, in milliseconds since the epoch; the unit is that of the first value. */
  put(place: Environment, metric: Metric, unit: string, value: number, at: number): void {
    const key = metricKey(metric);
    const measured = this.#of(place).get(key) ?? this.#add(place, metric, unit, key);
    measured.series.add(value, at);
    this.onPut?.(measured, value, at);
    this.#changed.set(measured, Math.min(this.#changed.get(measured) ?? Infinity, minuteOf(at)));
  }

  series(place: Environment, metric: Metric): Series | undefined {
    const key = this.#keys.get(metric) ?? metricKey(metric);
    this.#keys.set(metric, key);
    return this.#places.get(nameOf(place))?.get(key)?.series;
  }

  /** Every metric of a place, in the order of their first values. */
  of(place: Environment): readonly Series[] {
    return [...(this.#places.get(nameOf(place))?.values() ?? [])].map(({ series }) => series);
  }

  /** The metrics of a place that differ in their dimensions only, in the order of their first values. */
  named(place: Environment, { namespace, name }: Pick<Metric, 'namespace' | 'name'>): readonly Series[] {
    return this.#named.get(groupKey(place, namespace, name)) ?? [];
  }

  /** Metrics with new values since the last call, each with the earliest minute of those. */
  takeChanged(): ReadonlyMap<Measured, number> {
    const changed = new Map(this.#changed);
    this.#changed.clear();
    return changed;
  }

  #of(place: Environment): Map<string, Measured> {
    const name = nameOf(place);
    const metrics = this.#places.get(name) ?? new Map<string, Measured>();
    this.#places.set(name, metrics);
    return metrics;
  }

  #add({ account, region }: Environment, metric: Metric, unit: string, key: string): Measured {
    const place = { account, region };
    const measured = { ...place, key: `${nameOf(place)}/${key}`, series: new Series(metric, unit) };
    this.#of(place).set(key, measured);
    const group = groupKey(place, metric.namespace, metric.name);
    const named = this.#named.get(group) ?? [];
    this.#named.set(group, named);
    named.push(measured.series);
    return measured;
  }
}

/** Key of a metric of a place, as `Measured` has it. */
export const measuredKey = (place: Environment, metric: Metric): string => `${nameOf(place)}/${metricKey(metric)}`;

const nameOf = ({ account, region }: Environment): string => `${account}/${region}`;

const groupKey = (place: Environment, namespace: string, name: string): string =>
  JSON.stringify([nameOf(place), namespace, name]);

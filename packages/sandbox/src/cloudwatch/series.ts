import { Distribution } from './distribution.ts';
import { type Metric, minute, minuteOf } from './metric.ts';

/** Minutes that are kept of a metric: 15 days, as CloudWatch keeps them (API_GetMetricData). */
const keptMinutes = 15 * 24 * 60;

/** The values of one metric, by the minute. */
export class Series {
  readonly metric: Metric;
  readonly unit: string;
  readonly #minutes = new Map<number, Distribution>();
  #last = -Infinity;

  constructor(metric: Metric, unit: string) {
    this.metric = metric;
    this.unit = unit;
  }

  /** The latest minute with a value. */
  get last(): number {
    return this.#last;
  }

  add(value: number, at: number): void {
    const place = minuteOf(at);
    const values = this.#minutes.get(place) ?? new Distribution();
    this.#minutes.set(place, values);
    values.add(value);
    this.#last = Math.max(this.#last, place);
    const [oldest] = this.#minutes.keys();
    if (this.#minutes.size > keptMinutes && oldest !== undefined) this.#minutes.delete(oldest);
  }

  /** The values of each period from `start` until before `end`, both full minutes, where there are any. */
  periods(start: number, end: number, length: number): ReadonlyMap<number, Distribution> {
    const periods = new Map<number, Distribution>();
    for (const [place, values] of this.#between(start, end)) {
      const period = start + Math.floor((place - start) / length) * length;
      const all = length === minute ? values : (periods.get(period) ?? new Distribution());
      if (all !== values) all.merge(values);
      periods.set(period, all);
    }
    return periods;
  }

  /** The minutes with values from `start` on. */
  *minutesFrom(start: number): Iterable<number> {
    for (const [place] of this.#between(start, this.#last + minute)) yield place;
  }

  /** Looks up the minutes of a short time, and goes through what is kept for a long one. */
  *#between(start: number, end: number): Iterable<readonly [number, Distribution]> {
    if (this.#last < start) return;
    if ((end - start) / minute > this.#minutes.size) {
      for (const entry of this.#minutes) if (entry[0] >= start && entry[0] < end) yield entry;
      return;
    }
    for (let place = start; place < end; place += minute) {
      const values = this.#minutes.get(place);
      if (values) yield [place, values];
    }
  }
}

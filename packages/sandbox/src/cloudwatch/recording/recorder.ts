import type { Observability } from '../../oam/observability.ts';
import { minute, minuteOf } from '../metric.ts';
import type { RecordedMetric, RecordedMinute, RecordedValues, Recording } from './recording.ts';

/** Records metrics and links as alarms see them, from its creation on. */
export class Recorder {
  readonly #startedAt: number;
  readonly #observability: Observability;
  readonly #metrics: RecordedMetric[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #minutes: RecordedMinute[] = [];
  /** Values since the last evaluation, by metric, minute and value. */
  #values = new Map<string, [metric: number, minute: number, value: number, count: number]>();
  #sharing: readonly unknown[] = [];
  #lastMinute = 0;

  /** @param startedAt milliseconds since the epoch, in virtual time */
  constructor(startedAt: number, observability: Observability) {
    this.#startedAt = minuteOf(startedAt);
    this.#observability = observability;
  }

  /** A value was put, at a time in milliseconds since the epoch. `key` is the same for the same metric of a place. */
  put(key: string, recorded: RecordedMetric, value: number, at: number): void {
    const index = this.#indexes.get(key) ?? this.#metrics.push(recorded) - 1;
    this.#indexes.set(key, index);
    const place = this.#since(minuteOf(at));
    const values = this.#values.get(`${index}/${place}/${value}`) ?? [index, place, value, 0];
    values[3] += 1;
    this.#values.set(`${index}/${place}/${value}`, values);
  }

  /** Alarms are evaluated at a full minute: they see what came until now. */
  evaluated(at: number): void {
    this.#lastMinute = this.#since(at);
    const { sinks, links } = this.#observability;
    const isShared = [sinks, links].every((part, place) => part === this.#sharing[place]);
    if (this.#values.size === 0 && isShared) return;
    const values: readonly RecordedValues[] = [...this.#values.values()];
    this.#minutes.push({ minute: this.#lastMinute, values, ...(!isShared && { sharing: { sinks, links } }) });
    this.#values = new Map();
    this.#sharing = [sinks, links];
  }

  get recording(): Recording {
    return {
      startedAt: this.#startedAt,
      metrics: [...this.#metrics],
      minutes: [...this.#minutes],
      lastMinute: this.#lastMinute,
    };
  }

  #since(at: number): number {
    return (at - this.#startedAt) / minute;
  }
}

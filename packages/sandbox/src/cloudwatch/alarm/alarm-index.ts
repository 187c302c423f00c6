import type { Environment } from '@crosswind/assembly/read-assembly';
import { type Measured, measuredKey } from '../metrics.ts';
import type { Alarm } from './alarm.ts';

/** Alarms by their names and by what they watch. */
export class AlarmIndex {
  readonly #named = new Map<string, Alarm>();
  readonly #watching = new Map<string, Alarm[]>();
  readonly #asking = new Map<string, Alarm[]>();

  constructor(alarms: readonly Alarm[]) {
    for (const alarm of alarms) {
      for (const name of [alarm.name, alarm.arn]) this.#named.set(nameKey(alarm, name), alarm);
      this.#watch(alarm);
    }
  }

  /** The alarm of a place by its name or ARN. */
  get(place: Environment, alarm: string): Alarm | undefined {
    return this.#named.get(nameKey(place, alarm));
  }

  /** The alarms that may watch a metric: those on it, and those on a query for its name in its region. */
  watching({ key, region, series }: Measured): readonly Alarm[] {
    const named = this.#watching.get(key) ?? [];
    if (this.#asking.size === 0) return named;
    const { namespace, name } = series.metric;
    return [...named, ...(this.#asking.get(askedKey(region, namespace, name)) ?? [])];
  }

  #watch(alarm: Alarm): void {
    if (alarm.watched.kind !== 'metric') return;
    for (const { of, account = alarm.account } of alarm.watched.queries) {
      if (of.kind === 'metric') add(this.#watching, measuredKey({ account, region: alarm.region }, of.metric), alarm);
      if (of.kind !== 'insights') continue;
      add(this.#asking, askedKey(alarm.region, of.query.namespace, of.query.metric), alarm);
    }
  }
}

function add(index: Map<string, Alarm[]>, key: string, alarm: Alarm): void {
  const known = index.get(key) ?? [];
  index.set(key, known);
  known.push(alarm);
}

const nameKey = ({ account, region }: Environment, name: string): string => `${account}/${region}/${name}`;

const askedKey = (region: string, namespace: string, name: string): string => JSON.stringify([region, namespace, name]);

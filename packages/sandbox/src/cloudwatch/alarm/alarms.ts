import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Alarm } from './alarm.ts';
import type { StateUpdate } from './alarm-state.ts';
import { alarmsIn, holds } from './composite-rule.ts';
import { evaluateAlarm, hasValues, isDue, type SeriesOf } from './evaluate-alarm.ts';
import { timestamp } from './reason.ts';

export interface AlarmPorts {
  /** The metric of a query, as far as an alarm of this place may see it. */
  readonly seriesFor: (place: Environment) => SeriesOf;
  /** Notifies a topic of an alarm's new state. Returns the reason if it cannot. */
  readonly notify: (alarm: Alarm, topicArn: string, from: StateUpdate) => string | undefined;
}

/** An alarm that is deployed: it has not been evaluated yet. */
export type NewAlarm = Omit<Alarm, 'state' | 'history' | 'settled'>;

/** The alarms of every account and region, and their evaluation. */
export class Alarms {
  readonly #ports: AlarmPorts;
  #alarms: readonly Alarm[] = [];

  constructor(ports: AlarmPorts) {
    this.#ports = ports;
  }

  /** Every alarm of a place, in the order in which they were created. */
  of({ account, region }: Environment): readonly Alarm[] {
    return this.#alarms.filter((alarm) => alarm.account === account && alarm.region === region);
  }

  /** The alarm of a place by its name or ARN. */
  get(place: Environment, alarm: string): Alarm | undefined {
    return this.of(place).find(({ name, arn }) => name === alarm || arn === alarm);
  }

  add(alarm: NewAlarm): void {
    const at = alarm.createdAt;
    const state = { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', at } as const;
    this.#alarms = [...this.#alarms, { ...alarm, state, history: [{ kind: 'created', at }], settled: false }];
  }

  /** Gives an alarm another configuration, under which it is evaluated anew; its state stays (API_PutMetricAlarm). */
  change(alarm: NewAlarm): void {
    this.#alarms = this.#alarms.map((before) =>
      before.arn === alarm.arn
        ? {
            ...alarm,
            state: before.state,
            history: [...before.history, { kind: 'changed', at: alarm.createdAt }],
            settled: false,
          }
        : before,
    );
  }

  /** EnableAlarmActions and DisableAlarmActions. */
  switchActions({ account, region }: Environment, name: string, actionsEnabled: boolean): void {
    this.#alarms = this.#alarms.map((alarm) =>
      alarm.name === name && alarm.account === account && alarm.region === region
        ? { ...alarm, actionsEnabled }
        : alarm,
    );
  }

  remove({ account, region }: Environment, name: string): void {
    this.#alarms = this.#alarms.filter(
      (alarm) => alarm.name !== name || alarm.account !== account || alarm.region !== region,
    );
  }

  /** Evaluates every alarm at a full minute; composite ones, which come after those that they name, see the new states. */
  evaluate(at: number): void {
    for (const alarm of this.#alarms) {
      if (alarm.watched.kind === 'metric') this.#evaluateMetric(alarm, at);
      else this.#evaluateComposite(alarm, at);
    }
  }

  /** True if no alarm can change its state without new values. */
  get settled(): boolean {
    return this.#alarms.every(({ settled }) => settled);
  }

  #evaluateMetric(alarm: Alarm, at: number): void {
    if (alarm.watched.kind !== 'metric') return;
    const { watched } = alarm;
    const seriesOf = this.#ports.seriesFor(alarm);
    if (alarm.settled && !hasValues(watched, seriesOf, at)) return;
    alarm.settled = false;
    if (!isDue(watched, at)) return;
    const evaluation = evaluateAlarm(watched, seriesOf, at);
    alarm.settled = !evaluation.hasValues;
    if (evaluation.update) this.#update(alarm, evaluation.update);
  }

  #evaluateComposite(alarm: Alarm, at: number): void {
    if (alarm.watched.kind !== 'composite') return;
    const { rule } = alarm.watched;
    const first = !alarm.settled;
    alarm.settled = true;
    const value = holds(rule, (name) => this.get(alarm, name)?.state.value) ? 'ALARM' : 'OK';
    if (first) {
      this.#update(alarm, { value, reason: `${alarm.arn} was created and its alarm rule evaluates to ${value}`, at });
      return;
    }
    const trigger = alarmsIn(rule)
      .flatMap((name) => this.get(alarm, name) ?? [])
      .find(({ state }) => state.at === at);
    if (!trigger) return;
    const { arn, state } = trigger;
    const reason = `${arn} transitioned to ${state.value} at ${weekday(at)}`;
    const triggering = { arn, state: { value: state.value, timestamp: timestamp(at) } };
    this.#update(alarm, { value, reason, reasonData: JSON.stringify({ triggeringAlarms: [triggering] }), at });
  }

  /** Changes the state of an alarm and runs its actions. An unchanged state is no event and notifies no topic. */
  #update(alarm: Alarm, to: StateUpdate): void {
    const from = alarm.state;
    if (from.value === to.value) return;
    alarm.state = to;
    alarm.history.push({ kind: 'state', at: to.at, from, to });
    if (!alarm.actionsEnabled) return;
    for (const action of alarm.actions[to.value]) {
      const refused = this.#ports.notify(alarm, action, from);
      alarm.history.push({ kind: 'action', at: to.at, action, refused });
    }
  }
}

/** `Sunday 30 October, 2022 20:47:35 UTC` */
function weekday(at: number): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(at);
  const day = part({ day: '2-digit' });
  const month = part({ month: 'long' });
  return `${part({ weekday: 'long' })} ${day} ${month}, ${part({ year: 'numeric' })} ${new Date(at).toISOString().slice(11, 19)} UTC`;
}

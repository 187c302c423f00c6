import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Measured } from '../metrics.ts';
import type { MetricView } from '../visible-series.ts';
import type { Alarm } from './alarm.ts';
import { AlarmIndex } from './alarm-index.ts';
import { type ChangePorts, changeState, changeStates } from './change-state.ts';
import { alarmsIn, holds } from './composite-rule.ts';
import { dueAfter, dueWith, evaluationFrom } from './due.ts';
import { evaluateAlarm } from './evaluate-alarm.ts';
import { periodsAt } from './evaluation-window.ts';
import { timestamp } from './reason.ts';
import type { WarmUp } from './warm-up.ts';

export interface AlarmPorts extends ChangePorts {
  /** The metrics that an alarm of this place may see. */
  readonly viewFrom: (place: Environment) => MetricView;
  /** Metrics with new values since the last call, each with the earliest minute of those. */
  readonly takeChanged: () => ReadonlyMap<Measured, number>;
  /** Sinks and links, which decide whose metrics an account sees: other objects when they have changed. */
  readonly sharing: () => readonly unknown[];
}

/** An alarm that is deployed: it has not been evaluated yet. */
export type NewAlarm = Omit<
  Alarm,
  'state' | 'history' | 'contributors' | 'isPartial' | 'warmUntil' | 'dueAt' | 'evaluatedTo'
>;

const notEvaluated = { isPartial: false, dueAt: -Infinity, evaluatedTo: -Infinity };

/** The alarms of every account and region, and their evaluation. */
export class Alarms {
  readonly #ports: AlarmPorts;
  #alarms: readonly Alarm[] = [];
  #index = new AlarmIndex([]);
  #sharing: readonly unknown[] = [];
  /** When an alarm can change its state next without new values. */
  #dueAt = Infinity;

  constructor(ports: AlarmPorts) {
    this.#ports = ports;
  }

  /** Every alarm of all places, in the order in which they were created. */
  get all(): readonly Alarm[] {
    return this.#alarms;
  }

  /** Every alarm of a place, in the order in which they were created. */
  of({ account, region }: Environment): readonly Alarm[] {
    return this.#alarms.filter((alarm) => alarm.account === account && alarm.region === region);
  }

  /** The alarm of a place by its name or ARN. */
  get(place: Environment, alarm: string): Alarm | undefined {
    return this.#index.get(place, alarm);
  }

  add(alarm: NewAlarm): void {
    const at = alarm.createdAt;
    const state = { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', at } as const;
    const history = [{ kind: 'created', at } as const];
    const warmUntil = at + (warmUpOf(alarm)?.milliseconds ?? -Infinity);
    this.#set([...this.#alarms, { ...alarm, ...notEvaluated, warmUntil, state, history, contributors: new Map() }]);
  }

  /**
   * Gives an alarm another configuration, under which it is evaluated anew; its state stays (API_PutMetricAlarm). Its
   * contributors stay if it still groups a query, and are gone without an event otherwise (assumed).
   */
  change(alarm: NewAlarm): void {
    this.#set(
      this.#alarms.map((before): Alarm => {
        if (before.arn !== alarm.arn) return before;
        const history = [...before.history, { kind: 'changed', at: alarm.createdAt } as const];
        const contributors = hasContributors(alarm) ? before.contributors : new Map<string, never>();
        const warmUntil = warmAfterChange(before, alarm);
        return { ...alarm, ...notEvaluated, warmUntil, state: before.state, history, contributors };
      }),
    );
  }

  /** EnableAlarmActions and DisableAlarmActions. */
  switchActions({ account, region }: Environment, name: string, actionsEnabled: boolean): void {
    this.#set(
      this.#alarms.map((alarm) =>
        alarm.name === name && alarm.account === account && alarm.region === region
          ? { ...alarm, actionsEnabled }
          : alarm,
      ),
    );
  }

  remove({ account, region }: Environment, name: string): void {
    this.#set(
      this.#alarms.filter((alarm) => alarm.name !== name || alarm.account !== account || alarm.region !== region),
    );
  }

  /**
   * Evaluates the alarms at a full minute; composite ones, which come after those that they name, see the new states.
   * AWS evaluates each alarm every minute. Here an alarm is passed over that would come to the same again.
   */
  evaluate(at: number): void {
    this.#wake(at);
    if (at < this.#dueAt) return;
    let changed = false;
    for (const alarm of this.#alarms) {
      const { state } = alarm;
      if (alarm.watched.kind === 'metric') this.#evaluateMetric(alarm, at);
      else if (changed || alarm.dueAt <= at) this.#evaluateComposite(alarm, at);
      changed ||= alarm.state !== state;
    }
    this.#plan();
  }

  /** True if no alarm can change its state without new values. */
  get settled(): boolean {
    return this.#dueAt === Infinity;
  }

  #set(alarms: readonly Alarm[]): void {
    this.#alarms = alarms;
    this.#index = new AlarmIndex(alarms);
    this.#plan();
  }

  #plan(): void {
    this.#dueAt = this.#alarms.reduce((first, { dueAt }) => Math.min(first, dueAt), Infinity);
  }

  /** Makes the alarms due whose metrics have new values, or all if accounts see others than before. */
  #wake(at: number): void {
    const sharing = this.#ports.sharing();
    if (sharing.some((part, place) => part !== this.#sharing[place])) {
      this.#sharing = sharing;
      for (const alarm of this.#alarms) alarm.dueAt = -Infinity;
      this.#dueAt = -Infinity;
    }
    for (const [measured, from] of this.#ports.takeChanged()) {
      for (const alarm of this.#index.watching(measured)) {
        if (alarm.watched.kind !== 'metric') continue;
        alarm.dueAt = dueWith(alarm, alarm.watched, from, at);
        this.#dueAt = Math.min(this.#dueAt, alarm.dueAt);
      }
    }
  }

  #evaluateMetric(alarm: Alarm, at: number): void {
    if (alarm.dueAt > at || alarm.watched.kind !== 'metric') return;
    const { watched } = alarm;
    alarm.dueAt = evaluationFrom(watched, at);
    if (alarm.dueAt > at) return;
    const view = this.#ports.viewFrom(alarm);
    const periods = periodsAt(watched, at);
    const { state, contributors } = alarm;
    const evaluation = evaluateAlarm(watched, view, periods, { at, state, contributors });
    if (at < alarm.warmUntil && (watched.warmUp?.lastsToItsEnd !== false || !evaluation.isComplete)) {
      alarm.dueAt = Math.min(alarm.dueAt, alarm.warmUntil);
      return;
    }
    alarm.warmUntil = -Infinity;
    alarm.evaluatedTo = periods.end;
    alarm.dueAt = dueAfter(watched, view, periods, at);
    changeStates(this.#ports, alarm, evaluation);
  }

  #evaluateComposite(alarm: Alarm, at: number): void {
    if (alarm.watched.kind !== 'composite') return;
    const { rule } = alarm.watched;
    const first = alarm.evaluatedTo === -Infinity;
    alarm.evaluatedTo = at;
    alarm.dueAt = Infinity;
    const value = holds(rule, (name) => this.get(alarm, name)?.state.value) ? 'ALARM' : 'OK';
    if (first) {
      const reason = `${alarm.arn} was created and its alarm rule evaluates to ${value}`;
      changeState(this.#ports, alarm, { value, reason, at });
      return;
    }
    const trigger = alarmsIn(rule)
      .flatMap((name) => this.get(alarm, name) ?? [])
      .find(({ state }) => state.at === at);
    if (!trigger) return;
    const { arn, state } = trigger;
    const reason = `${arn} transitioned to ${state.value} at ${weekday(at)}`;
    const triggering = { arn, state: { value: state.value, timestamp: timestamp(at) } };
    const reasonData = JSON.stringify({ triggeringAlarms: [triggering] });
    changeState(this.#ports, alarm, { value, reason, reasonData, at });
  }
}

const warmUpOf = ({ watched }: NewAlarm): WarmUp | undefined =>
  watched.kind === 'metric' ? watched.warmUp : undefined;

/** A warm-up period that is over does not begin again; one that lasts has another length, from the creation on. */
function warmAfterChange({ warmUntil, history }: Alarm, alarm: NewAlarm): number {
  const [created] = history;
  if (warmUntil <= alarm.createdAt || !created) return -Infinity;
  return created.at + (warmUpOf(alarm)?.milliseconds ?? -Infinity);
}

/** True for an alarm on a query with GROUP BY. */
const hasContributors = ({ watched }: Pick<Alarm, 'watched'>): boolean =>
  watched.kind === 'metric' && watched.watched.of.kind === 'insights' && watched.watched.of.query.groupBy.length > 0;

/** `Sunday 30 October, 2022 20:47:35 UTC` */
function weekday(at: number): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(at);
  const day = part({ day: '2-digit' });
  const month = part({ month: 'long' });
  return `${part({ weekday: 'long' })} ${day} ${month}, ${part({ year: 'numeric' })} ${new Date(at).toISOString().slice(11, 19)} UTC`;
}

import type { Timer } from '@crosswind/workflow/clock/simulation';
import { accountOf } from '@crosswind/aws/arn';
import type { ChangeLog } from '../changes/change-log.ts';
import type { Firing, OpenFiring } from './firing.ts';
import { Invocation, type InvocationPorts } from './invocation.ts';
import type { Schedule } from './schedule.ts';

export interface SchedulesPorts extends InvocationPorts {
  readonly changes: ChangeLog;
}

/** A schedule that is deployed, and what it has done. */
interface Entry {
  schedule: Schedule;
  readonly createdAt: number;
  changedAt: number;
  /** Its next time. */
  next?: Timer;
  readonly firings: OpenFiring[];
  readonly invocations: Set<Invocation>;
  /** How many of the next firings are lost. */
  skipped: number;
}

/** A schedule with the times of its creation and last change, in milliseconds since the epoch. */
export interface DeployedSchedule extends Schedule {
  readonly createdAt: number;
  readonly changedAt: number;
}

/**
 * The schedules of every account, which invoke their targets in virtual time: they wait in the background of the simulation,
 * so that a run of one execution ends with it, and `settle` plays what falls into its minutes. A served sandbox plays them in
 * real time, and earlier where its virtual time jumps ahead.
 */
export class Schedules {
  readonly #ports: SchedulesPorts;
  readonly #entries = new Map<string, Entry>();
  #isHeld = false;

  constructor(ports: SchedulesPorts) {
    this.#ports = ports;
  }

  /** In the order of their creation. */
  get all(): readonly DeployedSchedule[] {
    return [...this.#entries.values()].map(({ schedule, createdAt, changedAt }) => ({
      ...schedule,
      createdAt,
      changedAt,
    }));
  }

  get(arn: string): Schedule | undefined {
    return this.#entries.get(arn)?.schedule;
  }

  /** Adds a schedule, or changes the one with its ARN, which forgets its next time. Retries that are due go on. */
  put(schedule: Schedule): void {
    const now = this.#ports.simulation.now();
    const known = this.#entries.get(schedule.arn);
    const entry = known ?? {
      schedule,
      createdAt: now,
      changedAt: now,
      firings: [],
      invocations: new Set(),
      skipped: 0,
    };
    if (entry.next) entry.next.cancelled = true;
    entry.schedule = schedule;
    entry.changedAt = now;
    this.#entries.set(schedule.arn, entry);
    const { first } = schedule.times;
    // A one-time schedule that has run is complete.
    const isDone =
      first !== undefined && first <= now && entry.firings.some(({ scheduledAt }) => scheduledAt === first);
    if (!isDone) this.#plan(entry, first);
  }

  /** Removes a schedule; nothing that it has begun is tried again. */
  remove(arn: string): void {
    const entry = this.#entries.get(arn);
    if (!entry) return;
    this.#entries.delete(arn);
    if (entry.next) entry.next.cancelled = true;
    for (const invocation of entry.invocations) invocation.cancel();
  }

  /** The firings of a schedule until now, in their order. */
  firings(arn: string): readonly Firing[] {
    return this.#known(arn).firings;
  }

  /**
   * Fires once more for the time of the last firing: EventBridge Scheduler delivers at least once. The target is invoked as
   * soon as time passes.
   * @throws Error if the schedule has not fired yet
   */
  fireAgain(arn: string): void {
    const entry = this.#known(arn);
    const last = entry.firings.at(-1);
    if (!last) throw new Error(`expected a firing of ${arn} to repeat, got none yet; let time pass first`);
    const { simulation } = this.#ports;
    this.#changed(entry.schedule, `schedule ${entry.schedule.name} fires a second time for its last time`);
    simulation.inBackground(simulation.now(), () => this.#fire(entry, last.scheduledAt));
  }

  /** Loses the next firing, as if EventBridge Scheduler had never tried: no attempt, no metric, no dead letter. */
  loseNext(arn: string): void {
    const entry = this.#known(arn);
    entry.skipped += 1;
    this.#changed(entry.schedule, `the next firing of schedule ${entry.schedule.name} is lost`);
  }

  /** Lets no schedule fire any more, deployed or not yet deployed. */
  hold(): void {
    this.#isHeld = true;
    const sentence = 'no schedule fires any more';
    this.#ports.changes.record({ account: '', kind: 'schedule', resource: 'every schedule', sentence });
    for (const { next } of this.#entries.values()) if (next) next.cancelled = true;
  }

  #changed({ arn }: Schedule, sentence: string): void {
    this.#ports.changes.record({ account: accountOf(arn), kind: 'schedule', resource: arn, sentence });
  }

  #known(arn: string): Entry {
    const entry = this.#entries.get(arn);
    if (entry) return entry;
    throw new Error(`expected the ARN of a schedule that is deployed, got ${arn}`);
  }

  #plan(entry: Entry, at: number | undefined): void {
    const { schedule } = entry;
    if (at === undefined || !schedule.isEnabled || this.#isHeld) return;
    entry.next = this.#ports.simulation.inBackground(at + schedule.delayMilliseconds, () => {
      this.#plan(entry, schedule.times.next(at));
      return this.#fire(entry, at);
    });
  }

  async #fire(entry: Entry, scheduledAt: number): Promise<void> {
    const { schedule, firings, invocations } = entry;
    const firing: OpenFiring = { scheduledAt, attempts: [], outcome: 'under way' };
    firings.push(firing);
    const { kind } = schedule.target;
    if (entry.skipped > 0) {
      entry.skipped -= 1;
      firing.outcome = 'skipped';
    } else if (kind.kind !== 'simulated') firing.outcome = 'not simulated';
    else {
      const place = { firing, place: firings.length };
      const invocation = new Invocation(this.#ports, schedule, kind.operation, place);
      invocations.add(invocation);
      await invocation.attempt();
      for (const each of invocations) if (each.isOver) invocations.delete(each);
    }
  }
}

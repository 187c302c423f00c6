import { InstantWork } from './instant-work.ts';
import { Pace } from './pace.ts';
import { RealWork } from './real-work.ts';
import type { Begin } from './real-work.ts';
import { Timers } from './timers.ts';
import type { Handler, Timer } from './timers.ts';

export { jumping } from './pace.ts';
export type { Begin } from './real-work.ts';
export type { Timer } from './timers.ts';

/** The clock is looked at again at least this often: `setTimeout` counts no more than 25 days. */
const longestPauseMilliseconds = 60_000;

/** Longest real time that handlers run in a row before outside events, such as HTTP requests, get a turn. */
const longestStretchMilliseconds = 10;

/** Callback for a stretch of time that is about to pass and in which nothing happens. It must not plan anything. */
export type Watcher = (from: number, to: number) => void;

const minuteMilliseconds = 60_000;

/** The clock is moved at least this often while time passes at a speed, in real milliseconds. */
const tickMilliseconds = 100;

/** Longest real time in which a request waits for what was missed to run at its own times. */
const longestCatchUpMilliseconds = 20;

/** Somebody outside who is waited for: since when in virtual time, and by the real clock. */
interface Outsider {
  startedAt: number;
  begunAt: number;
}

/** Somebody who waits until the clock has caught up with a time. */
interface Late {
  readonly to: number;
  readonly caughtUp: () => void;
}

/**
 * Virtual time. Where nothing real runs, the clock jumps to the next timer, so that an hour's timeout takes no hour;
 * work that runs for real takes as long as it took. Handlers run one after the other.
 *
 * Work waits for this machine's few cores without virtual time passing for it: a thousand functions that would run side
 * by side on AWS are run two at a time here, and all end within seconds of virtual time.
 */
export class Simulation {
  #now: number;
  readonly #realNow: () => number;
  readonly #queue: Handler[] = [];
  readonly #timers = new Timers();
  /** Timers that nobody waits for. */
  readonly #background = new Timers();
  readonly #work: RealWork;
  readonly #instantWork: InstantWork;
  readonly #sleepers: (() => void)[] = [];
  /** Who is waited for outside, each with when that began. */
  readonly #outsiders = new Set<Outsider>();
  readonly #watchers: Watcher[] = [];
  readonly #late = new Set<Late>();
  readonly #pace: Pace;
  /** The last full real minute, in virtual time and by the real clock. */
  #minuteBegan = { virtual: 0, real: 0 };
  #serving = false;
  /** Runs that go on: they know no speed. */
  #runs = 0;
  /** The handler that runs, if one does. */
  #handling: Promise<void> | undefined;
  #stretchBegan = 0;

  /** `realNow` measures real durations, in milliseconds. */
  constructor(startAt: number, realNow: () => number = () => performance.now()) {
    this.#now = startAt;
    this.#realNow = realNow;
    this.#pace = new Pace(realNow);
    this.#work = new RealWork(realNow, this.#wake);
    this.#instantWork = new InstantWork(this.#wake);
  }

  /** Milliseconds since the epoch, in virtual time. */
  now(): number {
    return this.#now;
  }

  /** Calls `watcher` for each stretch of time from now on. A watcher keeps no run from ending. */
  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Runs `handler` after everything that is already due. */
  soon(handler: Handler): void {
    this.#queue.push(handler);
    this.#wake();
  }

  /** Runs `handler` at `at`, or as soon as possible when that is past. */
  at(at: number, handler: Handler): Timer {
    const timer = this.#timers.set(at, handler);
    this.#wake();
    return timer;
  }

  /**
   * Runs `handler` at `at` if time passes that far for another reason. Like a daemon it keeps no run alive, and the clock
   * does not jump to it: a schedule recurs without end, and must neither be played for ever by a run that waits for one
   * execution nor race ahead of real time while the simulation serves. Then it runs once that much real time has passed.
   */
  inBackground(at: number, handler: Handler): Timer {
    const timer = this.#background.set(at, handler);
    this.#wake();
    return timer;
  }

  /** Runs `task` for real; `done` is handled at the virtual time at which it ended. */
  work<T>(task: (begin: Begin) => Promise<T>, done: (result: T) => Promise<void> | void): void {
    this.#work.start(this.#now, task, done);
  }

  /**
   * Runs `task` for real without virtual time passing; `done` is handled after all else that is due. In a run, ends are
   * handled in the order of these calls, so that the same run happens the same way again.
   */
  workAtOnce<T>(task: () => Promise<T>, done: (result: T) => Promise<void> | void): void {
    this.#instantWork.start(task, done);
  }

  /** True while it serves, and things happen in the order in which they come from outside. */
  get isServing(): boolean {
    return this.#serving;
  }

  /** Virtual milliseconds that pass in a real one while it serves: 0 in a pause; `jumping`, the default, is as fast as it can. */
  get speed(): number {
    return this.#pace.speed;
  }

  /**
   * From now on served time passes at this speed; a pause is 0. What is due at the time of a pause still happens, and work
   * that runs for real goes on: its end is handled when the clock has come to it. No effect on `run` and `elapse`.
   *
   * @throws RangeError unless the speed is 0 or more
   */
  setSpeed(speed: number): void {
    this.#changePace(() => {
      this.#pace.set(speed, this.#now);
    });
  }

  /**
   * Lets served time pass to the next thing that happens, also one in the background, and pauses there.
   *
   * @returns false if nothing is going to happen; then it only pauses
   */
  nextEvent(): boolean {
    const isAny = this.nextAt !== undefined || this.isWorking;
    this.#changePace(() => {
      if (isAny) this.#pace.step(this.#now);
      else this.#pace.set(0, this.#now);
    });
    return isAny;
  }

  /** True from `nextEvent` until the clock has come to it, for example while a function runs for real. */
  get isStepping(): boolean {
    return this.#pace.isStepping;
  }

  /** Time of the next thing that is known to happen, also in the background; undefined if there is none. */
  get nextAt(): number | undefined {
    const next = this.#nextPlanned();
    const at = Math.min(next, this.#work.firstEnd());
    return at === Infinity ? undefined : Math.max(at, this.#now);
  }

  /** True while something runs for real whose end, and so the next thing that happens, is not known yet. */
  get isWorking(): boolean {
    return !this.#work.isEmpty || !this.#instantWork.isEmpty;
  }

  /**
   * Somebody outside is waited for, such as a worker that has been given a task: until the returned function is called,
   * time that is served passes no faster than real time, so that the answer does not come too late. A run does not wait.
   */
  waitForOutside(): () => void {
    const outsider = { startedAt: this.#now, begunAt: this.#realNow() };
    this.#outsiders.add(outsider);
    return () => {
      this.#keepUp();
      this.#outsiders.delete(outsider);
      this.#wake();
    };
  }

  /**
   * While it serves, lets time pass up to `to`: timers until then run at their own times, as far as nothing outstanding
   * holds them up. Then, and after 20 ms of real time at the latest, the clock moves to `to`. Never moves it back, and
   * never faster than its speed: in a pause it stands.
   */
  async catchUp(to: number): Promise<void> {
    if (!this.#serving || to <= this.#now) return;
    if (this.#isPaced) {
      this.#keepUp();
      return;
    }
    let alarm: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      const late: Late = { to, caughtUp: resolve };
      this.#late.add(late);
      alarm = setTimeout(() => {
        this.#late.delete(late);
        resolve();
      }, longestCatchUpMilliseconds);
      this.#wake();
    });
    clearTimeout(alarm);
    this.passTo(to);
  }

  /** While it serves, moves the clock to `to` at once. Never moves it back, and never faster than its speed. */
  passTo(to: number): void {
    if (this.#isPaced) this.#keepUp();
    else if (this.#serving) this.#advance(to);
  }

  /** Lets time pass until `done` holds or nothing is left to happen; a handler's error ends it. */
  async run(done: () => boolean): Promise<void> {
    this.#runs += 1;
    this.#wake();
    try {
      await this.#pass(done, () => !this.isWorking, true);
    } finally {
      this.#runs -= 1;
      this.#pace.restart(this.#now);
      this.#wake();
    }
  }

  /** Lets this much time pass, and everything happen that falls into it; a handler's error ends it. */
  async elapse(milliseconds: number): Promise<void> {
    let over = false;
    this.at(this.#now + milliseconds, () => {
      over = true;
    });
    await this.run(() => over);
  }

  /**
   * Lets time pass and waits for outside events until `signal` aborts. A handler's error ends it.
   * When there is nothing to do, at least a minute passes each real minute.
   */
  async serve(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', this.#wake);
    const idleMinutes = setInterval(this.#passIdleMinute, minuteMilliseconds);
    this.#serving = true;
    this.#pace.restart(this.#now);
    this.#beginMinute();
    try {
      await this.#pass(
        () => signal.aborted,
        () => false,
        false,
      );
    } finally {
      this.#serving = false;
      clearInterval(idleMinutes);
      signal.removeEventListener('abort', this.#wake);
    }
  }

  /**
   * Runs one handler at a time until `done()`, or until `idle()` with nothing left to run. Concurrent calls take turns; at
   * a speed, what serves leaves its turn to a run.
   */
  async #pass(done: () => boolean, idle: () => boolean, isRun: boolean): Promise<void> {
    while (!done()) {
      if (this.#handling) {
        await this.#handling;
        continue;
      }
      if (!isRun && this.#runs > 0 && !this.#pace.isFree) {
        await this.#sleep();
        continue;
      }
      this.#keepUp();
      const handler = this.#queue.shift() ?? this.#dueTimer() ?? this.#endedWork();
      if (handler) await this.#handle(handler);
      else if (this.#late.size > 0) this.#advance(Math.max(...[...this.#late].map(({ to }) => to)));
      else if (idle()) return;
      else {
        // What was to happen next did so at this time, or was cancelled.
        if (this.isStepping && !this.isWorking && this.nextAt === undefined) this.#pace.endStep();
        await this.#pause();
      }
    }
  }

  async #handle(handler: Handler): Promise<void> {
    let ended: () => void = () => undefined;
    this.#handling = new Promise((resolve) => (ended = resolve));
    try {
      await handler();
      if (this.#realNow() - this.#stretchBegan > longestStretchMilliseconds) await this.#breathe();
    } finally {
      this.#handling = undefined;
      ended();
    }
  }

  /** Lets this machine's own events in. */
  async #breathe(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#stretchBegan = this.#realNow();
  }

  readonly #passIdleMinute = (): void => {
    const minuteBegan = this.#minuteBegan.virtual;
    this.#beginMinute();
    if (!this.#pace.isFree) return;
    if (this.#outsiders.size > 0) this.#wake();
    if (this.#handling ?? this.#queue[0] ?? this.#timers.next) return;
    if (!this.#work.isEmpty || !this.#instantWork.isEmpty || this.#outsiders.size > 0) return;
    this.soon(() => {
      this.#advance(minuteBegan + minuteMilliseconds);
      this.#beginMinute();
    });
  };

  #beginMinute(): void {
    this.#minuteBegan = { virtual: this.#now, real: this.#realNow() };
  }

  readonly #wake = (): void => {
    for (const awaken of this.#sleepers.splice(0)) awaken();
  };

  /**
   * The next timer that nothing outstanding can precede any more; the clock jumps to it. Of one time, one in the background
   * goes first, so that it is done when `elapse` ends.
   */
  #dueTimer(): Handler | undefined {
    const { next = Infinity } = this.#timers;
    const { next: background = Infinity } = this.#background;
    if (background < Infinity && background <= Math.min(next, this.#backgroundHorizon())) {
      this.#arrive(background);
      return this.#background.take();
    }
    if (next === Infinity || next > this.#horizon()) return undefined;
    this.#arrive(next);
    return this.#timers.take();
  }

  /** How far time passes without a timer in the background. */
  #backgroundHorizon(): number {
    if (this.#isPaced || this.#timers.next !== undefined || this.isWorking) return this.#horizon();
    const { virtual, real } = this.#minuteBegan;
    const served = this.#serving ? virtual + this.#realNow() - real : this.#now;
    return Math.min(this.#horizon(), Math.max(this.#now, served, ...[...this.#late].map(({ to }) => to)));
  }

  /** True while a speed, and not only what runs for real, says how far time passes. */
  get #isPaced(): boolean {
    return this.#serving && this.#runs === 0 && !this.#pace.isFree;
  }

  #changePace(change: () => void): void {
    this.#keepUp();
    change();
    this.#beginMinute();
    // Time in which the clock stood, or went at another speed, is nothing that somebody outside has used.
    for (const outsider of this.#outsiders) {
      outsider.startedAt = this.#now;
      outsider.begunAt = this.#realNow();
    }
    for (const { caughtUp } of this.#late) caughtUp();
    this.#late.clear();
    this.#wake();
  }

  /** While somebody outside is waited for, the clock goes as the real one does; at a speed, as that says. */
  #keepUp(): void {
    if (this.#isPaced) {
      const held = this.#held();
      if (!this.#pace.isStepping) this.#advance(Math.floor(Math.min(this.#horizon(), this.#nextPlanned())));
      if (held < this.#pace.limit(this.#now)) this.#pace.restart(this.#now);
    } else if (this.#serving && this.#outsiders.size > 0) {
      this.#advance(Math.floor(Math.min(this.#horizon(), this.#timers.next ?? Infinity)));
    }
  }

  #nextPlanned(): number {
    return Math.min(this.#timers.next ?? Infinity, this.#background.next ?? Infinity);
  }

  /** Moves the clock to the time of what happens next, which ends a step. */
  #arrive(at: number): void {
    if (at > this.#now) this.#pace.endStep();
    this.#advance(at);
  }

  /** Moves the clock, never back. */
  #advance(to: number): void {
    if (to <= this.#now) return;
    for (const watcher of this.#watchers) watcher(this.#now, to);
    this.#now = to;
    for (const late of this.#late) {
      if (late.to > to) continue;
      this.#late.delete(late);
      late.caughtUp();
    }
  }

  /** The end of work, as soon as all else is done; the clock moves on to it. */
  #endedWork(): Handler | undefined {
    const handler = this.#instantWork.takeEnded(!this.#serving);
    if (handler) return handler;
    if (!this.#serving && !this.#instantWork.isEmpty) return undefined;
    if (this.#isPaced && this.#work.firstEnd() > this.#limit()) return undefined;
    const end = this.#work.takeEnded();
    if (end) this.#arrive(end.at);
    return end?.handler;
  }

  /** How far the clock may go. */
  #horizon(): number {
    return Math.min(this.#held(), this.#limit());
  }

  /** How far its speed lets the clock go. */
  #limit(): number {
    return this.#isPaced ? this.#pace.limit(this.#now) : Infinity;
  }

  /** The earliest virtual time at which something outstanding ended or could end. */
  #held(): number {
    const horizon = Math.min(this.#work.horizon(), this.#instantWork.isEmpty ? Infinity : this.#now);
    if (!this.#serving) return horizon;
    const real = this.#realNow();
    return Math.min(horizon, ...[...this.#outsiders].map(({ startedAt, begunAt }) => startedAt + real - begunAt));
  }

  /** Waits until something comes from outside, something real ends or begins, or until the next timer may come due. */
  async #pause(): Promise<void> {
    const alarm = this.#nextLook();
    await this.#sleep();
    clearTimeout(alarm);
    this.#stretchBegan = this.#realNow();
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => this.#sleepers.push(resolve));
  }

  #nextLook(): NodeJS.Timeout | undefined {
    const { next = Infinity } = this.#timers;
    const { next: background = Infinity } = this.#background;
    const end = this.#isPaced ? this.#work.firstEnd() : Infinity;
    const isDueIn = Math.min(
      next === Infinity ? Infinity : next - this.#horizon(),
      background === Infinity ? Infinity : background - this.#backgroundHorizon(),
      end === Infinity ? Infinity : end - this.#limit(),
    );
    const paced = this.#isPaced && this.#pace.speed > 0 ? tickMilliseconds : Infinity;
    const mayComeDue = isDueIn < Infinity && this.#work.allBegun && this.#instantWork.isEmpty;
    const wait = Math.min(mayComeDue ? this.#realOf(isDueIn) : Infinity, paced);
    return wait === Infinity
      ? undefined
      : setTimeout(this.#wake, Math.min(Math.max(1, wait), longestPauseMilliseconds));
  }

  #realOf(milliseconds: number): number {
    return this.#isPaced ? this.#pace.realOf(milliseconds) : milliseconds;
  }
}

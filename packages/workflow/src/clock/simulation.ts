import { InstantWork } from './instant-work.ts';
import { RealWork } from './real-work.ts';
import type { Begin } from './real-work.ts';
import { Timers } from './timers.ts';
import type { Handler, Timer } from './timers.ts';

export type { Begin } from './real-work.ts';
export type { Timer } from './timers.ts';

/** The clock is looked at again at least this often: `setTimeout` counts no more than 25 days. */
const longestPauseMilliseconds = 60_000;

/** Longest real time that handlers run in a row before outside events, such as HTTP requests, get a turn. */
const longestStretchMilliseconds = 10;

/** Callback for a stretch of time that is about to pass and in which nothing happens. It must not plan anything. */
export type Watcher = (from: number, to: number) => void;

const minuteMilliseconds = 60_000;

/** Longest real time in which a request waits for what was missed to run at its own times. */
const longestCatchUpMilliseconds = 20;

/** Somebody outside who is waited for: since when in virtual time, and by the real clock. */
interface Outsider {
  readonly startedAt: number;
  readonly begunAt: number;
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
  /** The last full real minute, in virtual time and by the real clock. */
  #minuteBegan = { virtual: 0, real: 0 };
  #serving = false;
  /** The handler that runs, if one does. */
  #handling: Promise<void> | undefined;
  #stretchBegan = 0;

  /** `realNow` measures real durations, in milliseconds. */
  constructor(startAt: number, realNow: () => number = () => performance.now()) {
    this.#now = startAt;
    this.#realNow = realNow;
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
   * holds them up. Then, and after 20 ms of real time at the latest, the clock moves to `to`. Never moves it back.
   */
  async catchUp(to: number): Promise<void> {
    if (!this.#serving || to <= this.#now) return;
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

  /** While it serves, moves the clock to `to` at once. Never moves it back. */
  passTo(to: number): void {
    if (this.#serving) this.#advance(to);
  }

  /** Lets time pass until `done` holds or nothing is left to happen; a handler's error ends it. */
  async run(done: () => boolean): Promise<void> {
    await this.#pass(done, () => this.#work.isEmpty && this.#instantWork.isEmpty);
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
    this.#beginMinute();
    try {
      await this.#pass(
        () => signal.aborted,
        () => false,
      );
    } finally {
      this.#serving = false;
      clearInterval(idleMinutes);
      signal.removeEventListener('abort', this.#wake);
    }
  }

  /**
   * Runs one handler at a time until `done()`, or until `idle()` with nothing left to run. Concurrent calls take turns.
   */
  async #pass(done: () => boolean, idle: () => boolean): Promise<void> {
    while (!done()) {
      if (this.#handling) {
        await this.#handling;
        continue;
      }
      this.#keepUp();
      const handler = this.#queue.shift() ?? this.#dueTimer() ?? this.#endedWork();
      if (handler) await this.#handle(handler);
      else if (this.#late.size > 0) this.#advance(Math.max(...[...this.#late].map(({ to }) => to)));
      else if (idle()) return;
      else await this.#pause();
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
      this.#advance(background);
      return this.#background.take();
    }
    if (next === Infinity || next > this.#horizon()) return undefined;
    this.#advance(next);
    return this.#timers.take();
  }

  /** How far time passes without a timer in the background. */
  #backgroundHorizon(): number {
    const isBusy = this.#timers.next !== undefined || !this.#work.isEmpty || !this.#instantWork.isEmpty;
    if (isBusy) return this.#horizon();
    const { virtual, real } = this.#minuteBegan;
    const served = this.#serving ? virtual + this.#realNow() - real : this.#now;
    return Math.min(this.#horizon(), Math.max(this.#now, served, ...[...this.#late].map(({ to }) => to)));
  }

  /** While somebody outside is waited for, the clock goes as the real one does. */
  #keepUp(): void {
    if (!this.#serving || this.#outsiders.size === 0) return;
    this.#advance(Math.floor(Math.min(this.#horizon(), this.#timers.next ?? Infinity)));
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
    const end = this.#work.takeEnded();
    if (end) this.#advance(end.at);
    return end?.handler;
  }

  /** The earliest virtual time at which something outstanding ended or could end. */
  #horizon(): number {
    const horizon = Math.min(this.#work.horizon(), this.#instantWork.isEmpty ? Infinity : this.#now);
    if (!this.#serving) return horizon;
    const real = this.#realNow();
    return Math.min(horizon, ...[...this.#outsiders].map(({ startedAt, begunAt }) => startedAt + real - begunAt));
  }

  /** Waits until something comes from outside, something real ends or begins, or until the next timer may come due. */
  async #pause(): Promise<void> {
    const { next = Infinity } = this.#timers;
    const { next: background = Infinity } = this.#background;
    const isDueIn = Math.min(
      next === Infinity ? Infinity : next - this.#horizon(),
      background === Infinity ? Infinity : background - this.#backgroundHorizon(),
    );
    const wait = Math.min(Math.max(1, isDueIn), longestPauseMilliseconds);
    const mayComeDue = isDueIn < Infinity && this.#work.allBegun && this.#instantWork.isEmpty;
    const alarm = mayComeDue ? setTimeout(this.#wake, wait) : undefined;
    await new Promise<void>((resolve) => this.#sleepers.push(resolve));
    clearTimeout(alarm);
    this.#stretchBegan = this.#realNow();
  }
}

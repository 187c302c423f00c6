import { fork } from 'node:child_process';
import { RunFailed } from '../failure.ts';
import type { GameAnswer, GamesAsked } from './answer-games.ts';
import type { GameVerdict } from './judge-game-day.ts';

/** A process that plays one game at a time. */
export interface GameProcess {
  /**
   * @param onMinute called with the minutes of the game that are over; negative while new alarms warm up
   * @throws RunFailed if the game cannot be played, or if the process has ended
   */
  readonly play: (name: string, onMinute?: (minute: number) => void) => Promise<GameVerdict>;
  /** Ends the process, and the game that it plays; it removes what it has written first. */
  readonly end: () => Promise<void>;
}

/** Milliseconds in which a process that is ended may clean up. */
const endLimit = 10_000;

/** Starts a process for games of one platform. */
export function openGameProcess(asked: GamesAsked): GameProcess {
  const child = fork(new URL('./game-process.mjs', import.meta.url), [JSON.stringify(asked)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Not in the group of the terminal: Ctrl-C is for the command to handle.
    detached: true,
  });
  interface Settle {
    readonly done: (verdict: GameVerdict) => void;
    readonly failed: (error: Error) => void;
    readonly onMinute?: (minute: number) => void;
  }
  let settle: Settle | undefined;
  let failure: Error | undefined;
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  const fail = (error: Error): void => {
    failure ??= error;
    isReady();
    settle?.failed(error);
  };
  const ended = new Promise<void>((resolve) => {
    child.on('error', fail).on('exit', (code, signal) => {
      fail(new RunFailed(`a process that plays game days has ended: ${signal ?? `exit code ${code ?? 0}`}`));
      resolve();
    });
  });
  child.on('message', (answer: GameAnswer) => {
    if (answer.kind === 'ready') isReady();
    else if (answer.kind === 'minute') settle?.onMinute?.(answer.minute);
    else if (answer.kind === 'played') settle?.done(answer.verdict);
    else fail(new RunFailed(answer.message));
  });
  return {
    async play(name, onMinute) {
      await ready;
      return new Promise((done, failed) => {
        if (failure) {
          failed(failure);
          return;
        }
        settle = { done, failed, onMinute };
        child.send(name);
      });
    },
    async end() {
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill('SIGKILL'), endLimit);
      await ended;
      clearTimeout(late);
    },
  };
}

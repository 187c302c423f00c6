import { availableParallelism } from 'node:os';
import type { CleanUp } from '../interrupt.ts';
import type { GamesAsked } from './answer-games.ts';
import type { GamePlatform } from './game-platform.ts';
import { openGameProcess } from './game-processes.ts';
import type { GameVerdict } from './judge-game-day.ts';
import { playAndJudge } from './play-and-judge.ts';

export interface PlayGamesProps {
  readonly platform: GamePlatform;
  /** Platform for processes that play side by side. */
  readonly asked: GamesAsked;
  /** Names of games of the platform. */
  readonly wanted: readonly string[];
  /** Ends the games. */
  readonly cleanUp: CleanUp;
  /** Called with each verdict as soon as there is one. */
  readonly onPlayed: (verdict: GameVerdict) => void;
  readonly onProgress: (text: string) => void;
  /**
   * Processes that play at the same time.
   *
   * @default - as many as this machine has cores
   */
  readonly processes?: number;
}

/**
 * Plays games: one alone in this process, several in a process for each core. The verdicts have the order of the names.
 * @throws RunFailed where a game cannot be played
 */
export async function playGames(props: PlayGamesProps): Promise<readonly GameVerdict[]> {
  const { platform, asked, wanted, cleanUp, onPlayed, onProgress, processes = availableParallelism() } = props;
  const { signal } = cleanUp;
  const verdicts = new Map<string, GameVerdict>();
  const left = longestFirst(platform, wanted);
  const playAll = async (play: (name: string) => Promise<GameVerdict>): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      onProgress(`playing ${name}: ${verdicts.size} of ${wanted.length} are over`);
      const verdict = await play(name).finally(() => {
        signal.throwIfAborted();
      });
      verdicts.set(name, verdict);
      onPlayed(verdict);
    }
  };
  const count = Math.min(processes, wanted.length);
  if (count < 2) {
    const playing = playAll((name) => playAndJudge(platform, name, signal));
    await cleanUp.use(Promise.resolve({ remove: () => playing.catch(() => undefined) }));
    await playing;
  } else {
    const opened = Array.from({ length: count }, () => openGameProcess(asked));
    for (const { end } of opened) await cleanUp.use(Promise.resolve({ remove: end }));
    await Promise.all(opened.map(({ play }) => playAll(play)));
  }
  return wanted.flatMap((name) => verdicts.get(name) ?? []);
}

/** A long game that begins last would keep one core busy alone. */
function longestFirst({ games }: GamePlatform, wanted: readonly string[]): string[] {
  const minutes = new Map(games.map(({ game }) => [game.name, game.minutes + (game.warmMinutes ?? 0)]));
  return [...wanted].sort((one, other) => (minutes.get(other) ?? 0) - (minutes.get(one) ?? 0));
}

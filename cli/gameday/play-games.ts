import { namedAlarm } from './alarm-names.ts';
import type { GamePlatform } from './game-platform.ts';
import { expectedAlarms, type GameVerdict, judgeGameDay } from './judge-game-day.ts';
import { playGameDay } from './play-game-day.ts';

export interface PlayGamesProps {
  readonly platform: GamePlatform;
  /** Names of games of the platform. */
  readonly wanted: readonly string[];
  readonly signal: AbortSignal;
  /** Called with each verdict as soon as there is one. */
  readonly onPlayed: (verdict: GameVerdict) => void;
  readonly onProgress: (text: string) => void;
}

/** Plays games one after the other; the verdicts have the order of their names. */
export async function playGames({
  platform,
  wanted,
  signal,
  onPlayed,
  onProgress,
}: PlayGamesProps): Promise<readonly GameVerdict[]> {
  const verdicts: GameVerdict[] = [];
  for (const [index, name] of wanted.entries()) {
    onProgress(`playing ${name} (${index + 1} of ${wanted.length})`);
    const verdict = await playAndJudge(platform, name, signal);
    onPlayed(verdict);
    verdicts.push(verdict);
  }
  return verdicts;
}

/** Plays the game of that name and compares what fired with what was expected. */
export async function playAndJudge(platform: GamePlatform, name: string, signal?: AbortSignal): Promise<GameVerdict> {
  const placed = platform.games.find(({ game }) => game.name === name);
  if (!placed) throw new Error(`the platform has no game day ${name}`);
  // Before it is played: an alarm that does not exist is found at once.
  const expected = expectedAlarms(placed.game, (ref) => namedAlarm(platform, placed, ref));
  return judgeGameDay(name, expected, await playGameDay({ platform, placed, signal }));
}

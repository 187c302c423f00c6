import { namedAlarm } from './alarm-names.ts';
import type { GamePlatform } from './game-platform.ts';
import { expectedAlarms, type GameVerdict, judgeGameDay } from './judge-game-day.ts';
import { playGameDay } from './play-game-day.ts';

/** Plays the game of that name and compares what fired with what was expected. */
export async function playAndJudge(platform: GamePlatform, name: string, signal?: AbortSignal): Promise<GameVerdict> {
  const placed = platform.games.find(({ game }) => game.name === name);
  if (!placed) throw new Error(`the platform has no game day ${name}`);
  // Before it is played: an alarm that does not exist is found at once.
  const expected = expectedAlarms(placed.game, (ref) => namedAlarm(platform, placed, ref));
  return judgeGameDay(name, expected, await playGameDay({ platform, placed, signal }));
}

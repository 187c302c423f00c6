import { namedAlarm } from './alarm-names.ts';
import { claimsOf } from './claims-of.ts';
import type { GamePlatform } from './game-platform.ts';
import { expectedAlarms, type GameVerdict, judgeGameDay } from './judge-game-day.ts';
import { playGameDay } from './play-game-day.ts';

/** Plays the game of that name, and compares what fired and what `crosswind why` claims with what was expected. */
export async function playAndJudge(platform: GamePlatform, name: string, signal?: AbortSignal): Promise<GameVerdict> {
  const placed = platform.games.find(({ game }) => game.name === name);
  if (!placed) throw new Error(`the platform has no game day ${name}`);
  // Before it is played: an alarm that does not exist is found at once.
  const expected = expectedAlarms(placed.game, (ref) => namedAlarm(platform, placed, ref));
  const claims = new Set<string>();
  const played = await playGameDay({
    platform,
    placed,
    signal,
    look: (arena) => {
      for (const id of claimsOf(arena)) claims.add(id);
    },
  });
  const { because } = placed.game;
  return judgeGameDay(name, expected, { ...played, why: { because, claims: [...claims] } });
}

import { namedAlarm } from './alarm-names.ts';
import type { Explanation } from '../why/explanation.ts';
import { explanationOf } from './explanation-of.ts';
import type { GamePlatform } from './game-platform.ts';
import { expectedAlarms, type GameVerdict, judgeGameDay } from './judge-game-day.ts';
import { playGameDay } from './play-game-day.ts';

/**
 * Plays the game of that name, and compares with what was expected: what fired, and what `crosswind why` claims before the
 * fix, or at the end of a game without one.
 */
export async function playAndJudge(platform: GamePlatform, name: string, signal?: AbortSignal): Promise<GameVerdict> {
  const placed = platform.games.find(({ game }) => game.name === name);
  if (!placed) throw new Error(`the platform has no game day ${name}`);
  // Before it is played: an alarm that does not exist is found at once.
  const expected = expectedAlarms(placed.game, (ref) => namedAlarm(platform, placed, ref));
  let explanation: Explanation | undefined;
  let isFixed = false;
  const played = await playGameDay({
    platform,
    placed,
    signal,
    look: (arena, moment) => {
      if (isFixed || moment === 'alarm') return;
      explanation = explanationOf(arena);
      isFixed = moment === 'before-fix';
    },
  });
  const { because } = placed.game;
  return judgeGameDay(name, expected, { ...played, ...(explanation && { why: { because, explanation } }) });
}

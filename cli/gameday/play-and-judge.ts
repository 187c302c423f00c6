import { namedAlarm } from './alarm-names.ts';
import type { Explanation } from '../why/explanation.ts';
import { explanationOf } from './explanation-of.ts';
import type { GamePlatform } from './game-platform.ts';
import { expectedAlarms, type GameVerdict, judgeGameDay } from './judge-game-day.ts';
import { playGameDay, type PlayProps } from './play-game-day.ts';

/**
 * Plays the game of that name, and compares with what was expected: what fired, and what `crosswind why` claims before the
 * fix. Where the fault passes by itself, it is asked when the last alarm rings, and at the end.
 */
export async function playAndJudge(
  platform: GamePlatform,
  name: string,
  signal?: AbortSignal,
  onMinute?: PlayProps['onMinute'],
): Promise<GameVerdict> {
  const placed = platform.games.find(({ game }) => game.name === name);
  if (!placed) throw new Error(`the platform has no game day ${name}`);
  // Before it is played: an alarm that does not exist is found at once.
  const expected = expectedAlarms(placed.game, (ref) => namedAlarm(platform, placed, ref));
  const { because, fixedAt } = placed.game;
  const explanations: Explanation[] = [];
  const played = await playGameDay({
    platform,
    placed,
    signal,
    onMinute,
    look: (arena, moment) => {
      if (fixedAt !== undefined && moment !== 'before-fix') return;
      if (moment === 'alarm') explanations.length = 0;
      explanations.push(explanationOf(arena));
    },
  });
  const explanation = explanations.find(({ claims: [first] }) => first?.id === because) ?? explanations.at(-1);
  const verdict = judgeGameDay(name, expected, { ...played, ...(explanation && { why: { because, explanation } }) });
  return { ...verdict, calls: played.calls };
}

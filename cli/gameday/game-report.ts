import { type ComparedCalls, comparedTogether } from '../local/compared-calls.ts';
import type { GamePlatform } from './game-platform.ts';
import type { GameVerdict } from './judge-game-day.ts';

/** Game days that were played, for `--json`. All times are minutes of virtual time after the fault. */
export interface GameReport {
  /** Names of all alarms of all accounts and regions. */
  readonly alarms: readonly string[];
  readonly games: readonly Omit<GameVerdict, 'calls'>[];
  /** Alarms that no game raises, or only one that failed. */
  readonly unproven: readonly string[];
  /** Calls of functions in all games, compared with those that they declare. */
  readonly calls: ComparedCalls;
}

/**
 * @param declared alarms that games raise by their own word, by the name of the game
 */
export function gameReport(
  { alarms }: Pick<GamePlatform, 'alarms'>,
  declared: ReadonlyMap<string, readonly string[]>,
  games: readonly GameVerdict[],
): GameReport {
  const failed = new Set(games.filter(({ passed }) => !passed).map(({ name }) => name));
  const proven = new Set([...declared].flatMap(([game, raised]) => (failed.has(game) ? [] : raised)));
  const names = alarms.map(({ name }) => name);
  return {
    alarms: names,
    games: games.map(({ calls: _, ...game }) => game),
    unproven: names.filter((name) => !proven.has(name)),
    calls: comparedTogether(games.flatMap(({ calls }) => calls ?? [])),
  };
}

import type { GamePlatform } from './game-platform.ts';
import type { GameVerdict } from './judge-game-day.ts';

/** Game days that were played, for `--json`. All times are minutes of virtual time after the fault. */
export interface GameReport {
  /** Names of all alarms of all accounts and regions. */
  readonly alarms: readonly string[];
  readonly games: readonly GameVerdict[];
  /** Alarms that no game raises, or only one that failed. */
  readonly unproven: readonly string[];
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
  return { alarms: names, games, unproven: names.filter((name) => !proven.has(name)) };
}

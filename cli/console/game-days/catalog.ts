import type { Sections } from '@crosswind/console/server/snapshot';
import type { Clone } from '../../../blocks/discover-workloads.ts';
import { sentenceOf } from '../../gameday/actions/act.ts';
import { alarmCandidates, alarmLine } from '../../gameday/alarm-names.ts';
import { type PlacedGame, placedGames, type PlacedTenant, placedTenants } from '../../gameday/game-platform.ts';
import { expectedAlarms } from '../../gameday/judge-game-day.ts';
import { loadValidPlatform } from '../../read-platform.ts';
import { type AccountNames, expectedModel } from './outcome.ts';

type GameDayModel = Sections['gameDays']['games'][number];

/** Game days of a platform, without an assembly. */
export interface GameCatalog {
  readonly games: readonly GameDayModel[];
  readonly accounts: AccountNames;
}

/**
 * Reads the game days of all workloads of a platform.
 * @param file the platform that game days are played on
 * @throws WrongInput for a platform or a workload that cannot be read
 */
export async function gameCatalog(clone: Clone, file: string): Promise<GameCatalog> {
  const loaded = await loadValidPlatform(clone, file);
  const { accounts, tenants: listed } = loaded.parsed.platform;
  const names = new Map(accounts.map(({ id, name }): [string, string] => [id, name]));
  const placed = await placedTenants(clone, loaded);
  const inOrder = listed.flatMap(({ name }) => placed.filter((tenant) => tenant.name === name));
  return { games: placedGames(placed).map((each) => gameModel(inOrder, each, names)), accounts: names };
}

function gameModel(
  tenants: readonly PlacedTenant[],
  placed: PlacedGame<PlacedTenant>,
  accounts: AccountNames,
): GameDayModel {
  const { game, tenant } = placed;
  const expected = expectedAlarms(game, (ref) => {
    const [name = ''] = alarmCandidates(tenants, placed, ref);
    return { name, ...alarmLine(placed, ref) };
  });
  return {
    name: game.name,
    workload: tenant.workload.name,
    title: game.title,
    fix: game.fix,
    because: game.because,
    steps: game.steps.map(({ minute, does }) => ({ minute, sentence: sentenceOf({ tenant }, does) })),
    faultAt: game.faultAt,
    minutes: game.minutes,
    expected: expected.map((each) => expectedModel(each, accounts)),
    outcome: null,
  };
}

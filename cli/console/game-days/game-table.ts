import { resolve } from 'node:path';
import { messageOf } from '@crosswind/aws/problem';
import type { Sections } from '@crosswind/console/server/snapshot';
import { cloneAt } from '../../../blocks/discover-workloads.ts';
import type { ConsoleContext } from '../console-context.ts';
import { type GameCatalog, gameCatalog } from './catalog.ts';
import { playedGame, type ShownVerdict } from './outcome.ts';
import { recordedFile, recordedGames } from './recorded.ts';

type GameDaysModel = Sections['gameDays'];

/** Game days of a page: what can be played, what is played, and what came of it. */
export interface GameTable {
  /** The same object again as long as nothing has changed. */
  readonly read: () => Promise<GameDaysModel>;
  /** Shows the game that is played now; null for none. */
  readonly show: (playing: GameDaysModel['playing']) => void;
  /** Keeps the outcome of a game that was played for this page. */
  readonly keep: (verdict: ShownVerdict) => void;
  /** Says why a game that was begun has no outcome; undefined takes the sentence back. */
  readonly complain: (problem: string | undefined) => void;
}

const tables = new WeakMap<ConsoleContext, GameTable>();

/** The game days of a page: one table for the section and for the action. */
export function gameTableOf(context: ConsoleContext): GameTable {
  const table = tables.get(context) ?? openTable(context);
  tables.set(context, table);
  return table;
}

/** File of the platform that game days are played on. */
export const gamesFile = (root: string): string => resolve(root, 'gamedays.yaml');

function openTable({ root, platform }: ConsoleContext): GameTable {
  const recorded = recordedGames(root);
  const played = new Map<string, { readonly verdict: ShownVerdict; readonly at: number }>();
  let catalog: Promise<ReadCatalog> | undefined;
  let playing: GameDaysModel['playing'] = null;
  let problem: string | undefined;
  let changes = 0;
  let known: { readonly key: string; readonly model: GameDaysModel } | undefined;
  const changed = (): void => {
    changes += 1;
  };
  return {
    async read() {
      const { games, accounts, problem: unread } = await (catalog ??= readCatalog(platform && root));
      const record = recorded();
      const key = `${record.at ?? ''} ${changes}`;
      if (known?.key === key) return known.model;
      const model = {
        games: games.map((game) => {
          const own = played.get(game.name);
          if (own) return playedGame(game, own.verdict, { source: 'played here', at: own.at }, accounts);
          const verdict = record.verdicts.find(({ name }) => name === game.name);
          return verdict ? playedGame(game, verdict, { source: recordedFile, at: record.at ?? 0 }, accounts) : game;
        }),
        playing,
        problems: [unread, record.problem, problem].flatMap((each) => each ?? []),
      };
      known = { key, model };
      return model;
    },
    show(now) {
      playing = now;
      changed();
    },
    keep(verdict) {
      played.set(verdict.name, { verdict, at: Date.now() });
      changed();
    },
    complain(sentence) {
      problem = sentence;
      changed();
    },
  };
}

interface ReadCatalog extends GameCatalog {
  readonly problem?: string;
}

/** The game days of a clone; none without one, and none with the reason where they cannot be read. */
async function readCatalog(root: string | undefined): Promise<ReadCatalog> {
  const none = { games: [], accounts: new Map<string, string>() };
  if (root === undefined) return none;
  return gameCatalog(cloneAt(root), gamesFile(root)).catch((error: unknown) => ({
    ...none,
    problem: messageOf(error),
  }));
}

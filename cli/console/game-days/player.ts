import { messageOf } from '@crosswind/aws/problem';
import type { Sections } from '@crosswind/console/server/snapshot';
import { cloneAt } from '../../../blocks/discover-workloads.ts';
import { openGameProcess } from '../../gameday/game-processes.ts';
import type { CleanUp } from '../../interrupt.ts';
import { synthesize } from '../../local/synthesize.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { gamesFile, type GameTable } from './game-table.ts';

type Game = Pick<Sections['gameDays']['games'][number], 'name' | 'minutes'>;

/** Plays one game at a time, each in a process of its own with a sandbox of its own. */
export interface Player {
  readonly play: (game: Game) => void;
  /** Name of the game that is played now; undefined for none. */
  readonly playing: () => string | undefined;
  /** Ends the game that is played; nothing is kept of it. */
  readonly cancel: () => Promise<void>;
}

export interface PlayerProps {
  readonly root: string;
  /** Ends the game, and removes the assembly, when the server ends. */
  readonly cleanUp: CleanUp;
  readonly table: GameTable;
}

/** The first game synthesizes the platform of game days; later ones play on the same assembly. */
export function playerOf({ root, cleanUp, table }: PlayerProps): Player {
  let assembly: Promise<string> | undefined;
  let current:
    { readonly name: string; readonly controller: AbortController; readonly over: Promise<void> } | undefined;
  const cancel = async (): Promise<void> => {
    current?.controller.abort();
    await current?.over;
  };
  const synthesized = (signal: AbortSignal): Promise<string> => {
    assembly ??= synthesizedOnce(signal).catch((error: unknown) => {
      assembly = undefined;
      throw error;
    });
    return assembly;
  };
  const synthesizedOnce = async (signal: AbortSignal): Promise<string> => {
    const { path } = await cleanUp.use(temporaryDirectory());
    // After the directory: the newest is removed first.
    await cleanUp.use(Promise.resolve({ remove: cancel }));
    await synthesize({ clone: cloneAt(root), file: gamesFile(root), directory: path, signal });
    return path;
  };
  const played = async ({ name, minutes }: Game, signal: AbortSignal): Promise<void> => {
    const directory = await synthesized(signal);
    signal.throwIfAborted();
    const opened = openGameProcess({ clone: cloneAt(root), file: gamesFile(root), assembly: directory });
    const end = (): void => void opened.end();
    signal.addEventListener('abort', end);
    try {
      table.show({ name, doing: 'deploying the platform into a sandbox of its own', minute: null, minutes });
      table.keep(await opened.play(name, showing(table, { name, minutes })));
    } finally {
      signal.removeEventListener('abort', end);
      await opened.end();
    }
  };
  return {
    play(game) {
      const controller = new AbortController();
      table.complain(undefined);
      table.show({
        ...game,
        doing: assembly ? 'starting a process' : 'synthesizing the platform of game days',
        minute: null,
      });
      const over = played(game, AbortSignal.any([controller.signal, cleanUp.signal]))
        .catch((error: unknown) => {
          table.complain(
            controller.signal.aborted
              ? `${game.name} was ended before its last minute: it has no outcome.`
              : `${game.name} could not be played: ${messageOf(error)}`,
          );
        })
        .finally(() => {
          current = undefined;
          table.show(null);
        });
      current = { name: game.name, controller, over };
    },
    playing: () => current?.name,
    cancel,
  };
}

/** Shows minutes as they pass; a warm-up has none. */
const showing =
  (table: GameTable, { name, minutes }: Game) =>
  (minute: number): void => {
    const doing = minute < 0 ? 'waiting until new alarms have warmed up' : 'playing';
    table.show({ name, doing, minute: minute < 0 ? null : Math.min(minute, minutes), minutes });
  };

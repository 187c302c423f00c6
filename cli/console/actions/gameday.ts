import { type Handler, Refused } from '@crosswind/console/server/handlers';
import { z } from 'zod';
import type { ConsoleContext } from '../console-context.ts';
import { gameTableOf } from '../game-days/game-table.ts';
import { playerOf } from '../game-days/player.ts';

const action = z.union([z.strictObject({ name: z.string() }), z.strictObject({ cancel: z.literal(true) })]);

/** Starts a game day in a process of its own, `{ name }`, or ends it, `{ cancel: true }`. The section shows how it goes. */
export function gamedayAction(context: ConsoleContext): Handler {
  const { cleanUp, root } = context;
  const table = gameTableOf(context);
  const player = cleanUp && playerOf({ root, cleanUp, table });
  return async (what) => {
    const asked = action.safeParse(what);
    if (!asked.success)
      throw new Refused('expected { "name": "…" } to start a game day, or { "cancel": true } to end it');
    const { games, playing } = await table.read();
    if ('cancel' in asked.data) {
      if (!player || !playing) throw new Refused('no game day is played, so none can be ended');
      await player.cancel();
      return { canceled: playing.name };
    }
    const { name } = asked.data;
    const game = games.find((each) => each.name === name);
    if (!game) throw new Refused(`there is no game day "${name}": npx crosswind gameday --list prints them all`);
    if (!player) throw new Refused(`this page cannot start a process: npx crosswind gameday ${name}`);
    // What the table says is older than a start that waited for it, too.
    const current = player.playing();
    if (current !== undefined) throw new Refused(`${current} is played: wait for its end, or end it`);
    player.play(game);
    return { started: name };
  };
}

import type { GameAction } from '../../../blocks/game-day.ts';
import type { Arena } from '../arena.ts';
import type { PlacedTenant } from '../game-platform.ts';
import type { ActionsOf } from './action.ts';
import { changeActions } from './changes.ts';
import { executionActions } from './executions.ts';
import { functionActions } from './functions.ts';
import { linkActions } from './links.ts';
import { neighborActions } from './neighbors.ts';
import { serviceActions } from './services.ts';

const actions: ActionsOf<GameAction['kind']> = {
  ...executionActions,
  ...changeActions,
  ...linkActions,
  ...serviceActions,
  ...functionActions,
  ...neighborActions,
};

/** Does what a step says. */
export async function act(arena: Arena, action: GameAction): Promise<void> {
  await actions[action.kind].does(arena, action as never);
}

/** Sentence about an action, without a full stop. */
export const sentenceOf = (arena: { readonly tenant: PlacedTenant }, action: GameAction): string =>
  actions[action.kind].says(arena, action as never);

import type { GameAction } from '../../../blocks/game-day.ts';
import type { Arena } from '../arena.ts';
import type { PlacedTenant } from '../game-platform.ts';

type Of<Kind extends GameAction['kind']> = Extract<GameAction, { readonly kind: Kind }>;

/** How an action is done, and the sentence that people read about it. */
export interface ActionOf<Kind extends GameAction['kind']> {
  /** @throws WrongInput for an action that names what the tenant does not have, RunFailed if it cannot be done now */
  readonly does: (arena: Arena, action: Of<Kind>) => Promise<void> | void;
  /** Without a full stop. */
  readonly says: (arena: { readonly tenant: PlacedTenant }, action: Of<Kind>) => string;
}

export type ActionsOf<Kinds extends GameAction['kind']> = { readonly [Kind in Kinds]: ActionOf<Kind> };

import type { GameDay } from '../../../blocks/game-day.ts';
import { linkCut } from './link-cut.ts';
import { sourceEmpty } from './source-empty.ts';
import { stuckParent } from './stuck-parent.ts';

/** The game days of this workload. */
export const gameDays: readonly GameDay[] = [stuckParent, sourceEmpty, linkCut];

import type { ConsoleContext } from '../console-context.ts';
import { gameTableOf } from '../game-days/game-table.ts';
import type { SectionReader } from '../section-reader.ts';

/** Reads the game days of all workloads, with what came of those that were played. */
export const gameDaysReader = (context: ConsoleContext): SectionReader<'gameDays'> => gameTableOf(context).read;

import type { FunctionModel, FunctionModels } from '@crosswind/sandbox/lambda/modelled-functions';
import { probeName } from '../../../blocks/observability/probe/probe-names.ts';
import type { GamePlatform } from '../../../cli/gameday/game-platform.ts';
import type { PlayProps } from '../../../cli/gameday/play-game-day.ts';

const minutes = 7 * 24 * 60;

/** A round that finds nothing. 4,032 rounds that are run take 30 seconds of CPU time; the game day `quiet-day` runs them. */
const nothing: FunctionModel = {
  coldStartMilliseconds: 500,
  invoke: () => ({ milliseconds: 50, requests: { get: 0, put: 0, list: 0 }, result: { payload: null } }),
};

const models: FunctionModels = {
  modelOf: ({ name }) => (name === probeName ? nothing : undefined),
  onEnd: () => undefined,
};

/** The game day `quiet-day` over a week, with a run each day and modelled rounds of the probes. */
export function quietWeek(platform: GamePlatform): PlayProps {
  const quiet = platform.games.find(({ game }) => game.name === 'quiet-day');
  if (!quiet) throw new Error('there is no game day quiet-day');
  return { platform, placed: { ...quiet, game: { ...quiet.game, minutes } }, models };
}

import type { GameDayModel, GameDaysModel } from '../models/game-days.ts';
import type { ShownState } from '../models/states.ts';
import { type GameLine, gameLines } from './game-lines.ts';
import { countOf } from './time-text.ts';

/** A row of the list: a game, or one of its alarms. */
export type GameRow =
  | { readonly kind: 'game'; readonly game: GameDayModel; readonly state: GameState }
  | { readonly kind: 'alarm'; readonly game: GameDayModel; readonly line: GameLine };

export type GameState = 'failed' | 'playing' | 'passed' | 'not played';

/** Games by what needs a person first: failed, played now, not played, passed. Games of one state keep their order. */
const order: readonly GameState[] = ['failed', 'playing', 'not played', 'passed'];

/** Sign of each state. */
export const shownStates: Readonly<Record<GameState, ShownState>> = {
  failed: 'failed',
  playing: 'running',
  passed: 'succeeded',
  'not played': 'waiting',
};

export function stateOfGame({ name, outcome }: GameDayModel, playing: GameDaysModel['playing']): GameState {
  if (playing?.name === name) return 'playing';
  if (!outcome) return 'not played';
  return outcome.passed ? 'passed' : 'failed';
}

/** Rows of the games whose name, fault or alarms contain a text. */
export function gameRows({ games, playing }: GameDaysModel, text: string): readonly GameRow[] {
  const wanted = text.trim().toLowerCase();
  return games
    .map((game) => ({ game, state: stateOfGame(game, playing), lines: gameLines(game) }))
    .filter(({ game, lines }) =>
      [game.name, game.title, game.workload, ...lines.map(({ alarm }) => alarm)].some((each) =>
        each.toLowerCase().includes(wanted),
      ),
    )
    .sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
    .flatMap(({ game, state, lines }): readonly GameRow[] => [
      { kind: 'game', game, state },
      ...(lines.length > 0 ? lines : [quiet(game)]).map((line) => ({ kind: 'alarm' as const, game, line })),
    ]);
}

/** Line of a game that no alarm belongs to. */
const quiet = ({ outcome }: GameDayModel): GameLine => ({
  ...{ alarm: '', of: '', due: undefined, fired: undefined, isRight: true },
  words: outcome ? 'none fired' : 'none may fire',
});

/** The finding about all games. */
export function gamesFinding({ games, playing }: GameDaysModel): string {
  if (games.length === 0) return 'There is no game day';
  const count = (state: GameState): number => games.filter((game) => stateOfGame(game, playing) === state).length;
  const [failed, passed] = [count('failed'), count('passed')];
  const all = countOf(games.length, 'game day');
  if (failed > 0) return `${failed} of ${all} failed`;
  if (passed === games.length) return `${all} passed`;
  return passed === 0 ? `${all}, none has been played` : `${passed} of ${all} passed, none failed`;
}

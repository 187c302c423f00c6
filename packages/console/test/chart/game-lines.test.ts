import { describe, expect, test } from 'vitest';
import { gameLines, longestMinute, placeOfMinute } from '../../src/chart/game-lines.ts';
import { gameRows, gamesFinding } from '../../src/chart/game-rows.ts';
import type { GameDayModel, GameOutcomeModel } from '../../src/models/game-days.ts';
import { game, outcomeOf } from '../game-days-fixture.ts';

const words = (played: Pick<GameDayModel, 'expected' | 'outcome'>): readonly (string | boolean)[] =>
  gameLines(played).flatMap(({ words: said, isRight }) => [said, isRight]);

const fired = (...rings: readonly Partial<GameOutcomeModel['fired'][number]>[]): GameOutcomeModel =>
  outcomeOf({ fired: rings.map((ring) => ({ alarm: 'late', of: [], at: 6, clearedAt: 12, ...ring })) });

describe('a line of a game', () => {
  test.each([
    ['says when the alarm is due, before the game is played', null, ['due in minute 5 to 7', true]],
    ['says when it fired and was quiet again', fired({}), ['fired in minute 6, quiet in 12', true]],
    ['says that it never fired', fired(), ['never fired, due in minute 5 to 7', false]],
    ['says that it was late', fired({ at: 9 }), ['fired too late, in minute 9 and not in minute 5 to 7', false]],
    ['says that it was early', fired({ at: 1 }), ['fired too early, in minute 1 and not in minute 5 to 7', false]],
    ['says that it is not quiet', fired({ clearedAt: null }), ['not quiet at the end, due in minute 10 to 14', false]],
    [
      'says that it was quiet late',
      fired({ clearedAt: 20 }),
      ['quiet too late, in minute 20 and not in minute 10 to 14', false],
    ],
    [
      'says that another one was not expected',
      fired({}, { alarm: 'other', at: 3 }),
      ['fired in minute 6, quiet in 12', true, 'not expected, fired in minute 3', false],
    ],
    [
      'takes an alarm once',
      fired({}, { at: 40 }),
      ['fired in minute 6, quiet in 12', true, 'not expected, fired in minute 40', false],
    ],
  ])('%s', (_, outcome, expected) => {
    expect(words({ ...game('g'), outcome })).toEqual(expected);
  });

  test('is of the account that is due, and of no other', () => {
    const expected = game('g').expected.map((each) => ({ ...each, of: ['child'] }));
    const outcome = fired({ of: ['parent', 'orders'] }, { of: ['child', 'orders'] });
    expect(words({ expected, outcome })).toEqual([
      'fired in minute 6, quiet in 12',
      true,
      'not expected, fired in minute 6',
      false,
    ]);
  });
});

test('the axis reaches to the latest minute that is due or fired, and keeps the order', () => {
  const games = [game('a'), { ...game('b'), outcome: fired({ at: 400 }) }];
  expect(longestMinute(games)).toBe(400);
  expect([0, 400, 9_000].map((minute) => placeOfMinute(minute, 400))).toEqual([0, 1, 1]);
  expect(placeOfMinute(5, 400)).toBeLessThan(placeOfMinute(6, 400));
});

describe('the list', () => {
  const failed = { ...game('c'), outcome: { ...fired(), passed: false } };
  const passed = { ...game('b'), outcome: fired({}) };
  const model = { games: [passed, game('a'), failed], playing: null, problems: [] };

  test('has what failed first, a row for each alarm, and one that says that none may fire', () => {
    const quiet = { ...game('quiet'), expected: [] };
    const rows = gameRows({ ...model, games: [...model.games, quiet] }, '');
    expect(rows.map((row) => (row.kind === 'game' ? `${row.game.name} ${row.state}` : row.line.words))).toEqual([
      'c failed',
      'never fired, due in minute 5 to 7',
      'a not played',
      'due in minute 5 to 7',
      'quiet not played',
      'none may fire',
      'b passed',
      'fired in minute 6, quiet in 12',
    ]);
  });

  test('is searched by name, fault and alarm', () => {
    expect(gameRows(model, 'LATE').length).toBe(6);
    expect(gameRows(model, 'c').flatMap((row) => (row.kind === 'game' ? row.game.name : []))).toContain('c');
    expect(gameRows(model, 'nothing of it')).toEqual([]);
  });

  test.each([
    [{ ...model }, '1 of 3 game days failed'],
    [{ ...model, games: [passed, game('a')] }, '1 of 2 game days passed, none failed'],
    [{ ...model, games: [passed] }, '1 game day passed'],
    [{ ...model, games: [game('a')] }, '1 game day, none has been played'],
    [{ ...model, games: [] }, 'There is no game day'],
  ])('has a finding', (given, expected) => {
    expect(gamesFinding(given)).toBe(expected);
  });
});

import type { Sections } from '@crosswind/console/server/snapshot';
import type { ExpectedAlarm, GameVerdict } from '../../gameday/judge-game-day.ts';

type GameDayModel = Sections['gameDays']['games'][number];
type Outcome = NonNullable<GameDayModel['outcome']>;

/** Names of accounts by their ids. */
export type AccountNames = ReadonlyMap<string, string>;

/** The part of a verdict that the page shows. */
export type ShownVerdict = Pick<
  GameVerdict,
  'name' | 'expected' | 'fired' | 'cleared' | 'unexpected' | 'missing' | 'wrong' | 'passed'
>;

export const expectedModel = (
  { alarm, account, tenant, fires, clears }: ExpectedAlarm,
  accounts: AccountNames,
): GameDayModel['expected'][number] => ({
  alarm,
  of: [account, tenant].flatMap((word) => (word === undefined ? [] : [accounts.get(word) ?? word])),
  fires,
  clears,
});

/** A game with what came of it: what it expected when it was played counts. */
export const playedGame = (
  game: GameDayModel,
  verdict: ShownVerdict,
  { source, at }: Pick<Outcome, 'source' | 'at'>,
  accounts: AccountNames,
): GameDayModel => ({
  ...game,
  expected: verdict.expected.map((each) => expectedModel(each, accounts)),
  outcome: {
    source,
    at,
    passed: verdict.passed,
    fired: firedOf(verdict, accounts),
    unexpected: verdict.unexpected,
    missing: verdict.missing,
    wrong: verdict.wrong,
  },
});

/** An alarm that fires twice is quiet in between: each time has its own end. */
function firedOf({ fired, cleared }: ShownVerdict, accounts: AccountNames): Outcome['fired'] {
  return fired.map(({ alarm, line, at }) => {
    const ends = cleared.filter((each) => each.alarm === alarm && each.line === line && each.at >= at);
    const of = (line ?? '').split(' ').flatMap((word) => (word === '' ? [] : [accounts.get(word) ?? word]));
    return { alarm, of, at, clearedAt: ends.length === 0 ? null : Math.min(...ends.map((end) => end.at)) };
  });
}

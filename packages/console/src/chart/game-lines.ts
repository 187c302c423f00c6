import type { ExpectedAlarmModel, FiredAlarmModel, GameDayModel } from '../models/game-days.ts';

/** An alarm of a game: when it was due, when it fired, and the verdict in words. */
export interface GameLine {
  readonly alarm: string;
  /** Account and tenant of its line, if it has any. */
  readonly of: string;
  /** Minutes after the fault; undefined for an alarm that was not expected. */
  readonly due: readonly [earliest: number, latest: number] | undefined;
  /** Minute after the fault; undefined if it has not fired. */
  readonly fired: number | undefined;
  readonly isRight: boolean;
  readonly words: string;
}

/** The lines of a game: expected alarms in their order, then those that fired besides. */
export function gameLines({ expected, outcome }: Pick<GameDayModel, 'expected' | 'outcome'>): readonly GameLine[] {
  const left = [...(outcome?.fired ?? [])];
  const due = expected.map((each): GameLine => {
    const place = left.findIndex((ring) => isOf(ring, each));
    const [ring] = place < 0 ? [] : left.splice(place, 1);
    return dueLine(each, ring, outcome !== null);
  });
  const others = left.map(({ alarm, of, at }): GameLine => ({
    ...{ alarm, of: of.join(' '), due: undefined, fired: at, isRight: false },
    words: `not expected, fired in minute ${at}`,
  }));
  return [...due, ...others];
}

const isOf = (ring: FiredAlarmModel, { alarm, of }: ExpectedAlarmModel): boolean =>
  ring.alarm === alarm && of.every((word) => ring.of.includes(word));

function dueLine(
  { alarm, of, fires, clears }: ExpectedAlarmModel,
  ring: FiredAlarmModel | undefined,
  isPlayed: boolean,
): GameLine {
  const line = { alarm, of: of.join(' '), due: fires, fired: ring?.at };
  if (!isPlayed) return { ...line, isRight: true, words: `due in ${minutesText(fires)}` };
  if (!ring) return { ...line, isRight: false, words: `never fired, due in ${minutesText(fires)}` };
  const problems = [...outside('fired', ring.at, fires), ...quietProblems(ring, clears)];
  const words =
    problems.length > 0 ? problems.join('; ') : `fired in minute ${ring.at}, quiet in ${ring.clearedAt ?? 0}`;
  return { ...line, isRight: problems.length === 0, words };
}

const quietProblems = ({ clearedAt }: FiredAlarmModel, clears: readonly [number, number]): readonly string[] =>
  clearedAt === null ? [`not quiet at the end, due in ${minutesText(clears)}`] : outside('quiet', clearedAt, clears);

function outside(did: string, minute: number, [earliest, latest]: readonly [number, number]): readonly string[] {
  if (minute >= earliest && minute <= latest) return [];
  const how = minute < earliest ? 'early' : 'late';
  return [`${did} too ${how}, in minute ${minute} and not in ${minutesText([earliest, latest])}`];
}

/** Minutes as people say them. */
export const minutesText = ([earliest, latest]: readonly [number, number]): string =>
  earliest === latest ? `minute ${earliest}` : `minute ${earliest} to ${latest}`;

/** Place of a minute on the axis of all games, 0 to 1. It is logarithmic: games take from minutes to days. */
export const placeOfMinute = (minute: number, longest: number): number =>
  Math.log1p(Math.min(Math.max(0, minute), longest)) / Math.log1p(Math.max(1, longest));

/** Minutes that an axis may name, with their words. */
const marks: readonly (readonly [minute: number, word: string])[] = [
  [0, '0'],
  [5, '5 min'],
  [30, '30 min'],
  [180, '3 h'],
  [1_440, '1 d'],
  [10_080, '7 d'],
];

/** Marks of the axis up to the longest time. */
export const axisMarks = (longest: number): typeof marks => marks.filter(([minute]) => minute <= longest);

/** The latest minute that any game names. */
export const longestMinute = (games: readonly Pick<GameDayModel, 'expected' | 'outcome'>[]): number =>
  games.reduce(
    (longest, game) =>
      gameLines(game).reduce((most, { due, fired }) => Math.max(most, due?.[1] ?? 0, fired ?? 0), longest),
    1,
  );

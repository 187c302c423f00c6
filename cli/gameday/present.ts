import type { GameDay } from '../../blocks/game-day.ts';
import { columns } from '../columns.ts';
import { undeclaredLines, unmadeLines } from '../local/present-calls.ts';
import type { Terminal } from '../terminal.ts';
import type { GameReport } from './game-report.ts';
import type { AlarmAt, GameVerdict } from './judge-game-day.ts';

/** Names and titles of game days, a line each. */
export const listLines = (games: readonly Pick<GameDay, 'name' | 'title'>[]): readonly string[] =>
  columns(
    games.map(({ name, title }) => [name, title]),
    ['left', 'left'],
  );

/** Alarms of a game day with their times, and each that was not as expected. */
export function verdictLines(verdict: GameVerdict, colors: Terminal['colors']): readonly string[] {
  const { name, fired, cleared, passed } = verdict;
  const problems = [
    ...verdict.unexpected.map((alarm) => `${alarm} fired and should not have`),
    ...verdict.missing.map((alarm) => `${alarm} did not fire`),
    ...verdict.wrong,
  ];
  return [
    `${passed ? colors.green('passed') : colors.red('failed')}  ${name}`,
    ...fired.map((ring) => `        ${ringText(ring, cleared)}`),
    ...(fired.length === 0 && passed ? ['        all alarms stay quiet'] : []),
    ...problems.map((problem) => `        ${colors.red(problem)}`),
  ];
}

function ringText({ alarm, line, at }: AlarmAt, cleared: readonly AlarmAt[]): string {
  const end = cleared.find((other) => other.alarm === alarm && other.line === line && other.at > at);
  const where = line === undefined ? '' : ` (${line})`;
  return `${alarm}${where}: fires in minute ${at}${end ? `, quiet in minute ${end.at}` : ''}`;
}

/** The last lines of a report; about alarms that no game day raises if all were played. */
export const summaryLines = (
  { games, alarms, unproven, calls }: GameReport,
  all: boolean,
  colors: Terminal['colors'],
): readonly string[] => [
  ...calls.undeclared.flatMap((call) => undeclaredLines(call, colors)),
  ...(all ? unmadeLines(calls.unmade) : []),
  `${games.filter(({ passed }) => passed).length} of ${games.length} passed; minutes of virtual time after the fault, simulated`,
  ...(all && unproven.length === 0 ? [`each of the ${alarms.length} alarms is raised by a game day`] : []),
];

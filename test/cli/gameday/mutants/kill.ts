import { judge, type JudgedAlarm, type RecordedAlarm, type Recording } from '@crosswind/sandbox/sandbox';
import { type ExpectedAlarm, judgeGameDay } from '../../../../cli/gameday/judge-game-day.ts';
import type { Mutant } from './mutant.ts';

/** A game that was played, with what its alarms became over its recording. */
export interface RecordedGame {
  readonly name: string;
  readonly expected: readonly ExpectedAlarm[];
  readonly faultAt: number;
  readonly recording: Recording;
  readonly alarms: readonly JudgedAlarm[];
}

export interface Outcome {
  readonly mutant: Mutant;
  /**
   * The first game that fails with it, or `CloudWatch` where an alarm like this is refused.
   *
   * @default - it survives: all games pass
   */
  readonly killedBy?: string;
}

/** Judges each mutant in place of its alarm by the games, until one fails. A short game costs little, and kills most. */
export function outcomesOf(mutants: readonly Mutant[], games: readonly RecordedGame[]): readonly Outcome[] {
  const killedBy = new Map<Mutant, string>(
    mutants.filter((mutant) => isRefused(mutant)).map((mutant) => [mutant, 'CloudWatch']),
  );
  for (const game of shortestFirst(games)) {
    const left = mutants.filter((mutant) => !killedBy.has(mutant));
    const judged = judge(
      game.recording,
      left.flatMap((mutant, index) => inPlace(game, mutant, `${index}`)),
    );
    for (const [index, mutant] of left.entries()) {
      const other = judged.find(({ name }) => name === `${index}`);
      const alarms = game.alarms.map((alarm) =>
        other && alarm.name === mutant.alarm ? { ...alarm, history: other.history } : alarm,
      );
      if (!judgeGameDay(game.name, game.expected, { faultAt: game.faultAt, alarms }).passed) {
        killedBy.set(mutant, game.name);
      }
    }
  }
  return mutants.map((mutant) => ({ mutant, killedBy: killedBy.get(mutant) }));
}

const shortestFirst = (games: readonly RecordedGame[]): readonly RecordedGame[] =>
  [...games].sort((one, other) => one.recording.lastMinute - other.recording.lastMinute);

function inPlace({ alarms }: RecordedGame, { alarm: of, properties }: Mutant, name: string): readonly RecordedAlarm[] {
  const alarm = alarms.find(({ name: known }) => known === of);
  return alarm ? [{ ...alarm, name, properties }] : [];
}

function isRefused({ alarm: name, properties }: Mutant): boolean {
  const alarm = { name, properties, arn: '', account: '', region: '', createdAt: -1 };
  try {
    judge({ startedAt: 0, metrics: [], minutes: [], lastMinute: 1 }, [alarm]);
    return false;
  } catch {
    return true;
  }
}

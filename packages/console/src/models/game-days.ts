/** Game days of all workloads, and what came of those that were played. */
export interface GameDaysModel {
  /** In the order of the tenants. */
  readonly games: readonly GameDayModel[];
  /** The game that is played now; null if none is. */
  readonly playing: PlayingModel | null;
  /** Sentences about what could not be read, without a full stop. */
  readonly problems: readonly string[];
}

export interface GameDayModel {
  readonly name: string;
  readonly workload: string;
  /** Sentence about the fault, without a full stop. */
  readonly title: string;
  /** How a person fixes it, without a full stop. */
  readonly fix: string;
  /** Claim with which `crosswind why` must name the fault. */
  readonly because: string;
  readonly steps: readonly { readonly minute: number; readonly sentence: string }[];
  /** Minute of the fault, from which the times of alarms count. */
  readonly faultAt: number;
  /** Length in minutes of virtual time. */
  readonly minutes: number;
  /** Alarms that it must raise. */
  readonly expected: readonly ExpectedAlarmModel[];
  readonly outcome: GameOutcomeModel | null;
}

/** An alarm that must fire once; all times are minutes of virtual time after the fault. */
export interface ExpectedAlarmModel {
  readonly alarm: string;
  /** Words that its line must have, of an alarm with a line for each account or tenant; none where any line is meant. */
  readonly of: readonly string[];
  readonly fires: readonly [earliest: number, latest: number];
  readonly clears: readonly [earliest: number, latest: number];
}

/** Outcome of a game day that was played. */
export interface GameOutcomeModel {
  readonly passed: boolean;
  /** In words, where it comes from, for example `played here` or a file. */
  readonly source: string;
  /** Milliseconds since the epoch, in real time: a game has a virtual time of its own. */
  readonly at: number;
  readonly fired: readonly FiredAlarmModel[];
  /** Alarms that fired and should not have, or not again. */
  readonly unexpected: readonly string[];
  /** Alarms that should have fired. */
  readonly missing: readonly string[];
  /** Sentences about what else was wrong. */
  readonly wrong: readonly string[];
}

export interface FiredAlarmModel {
  readonly alarm: string;
  /** Words of its line; none for an alarm without lines. */
  readonly of: readonly string[];
  readonly at: number;
  /** Minute after the fault; null if it is not quiet at the end. */
  readonly clearedAt: number | null;
}

export interface PlayingModel {
  readonly name: string;
  /** The step that it is at, for example `synthesizing the platform`. */
  readonly doing: string;
  /** Minutes that are played, of all; null before the first. */
  readonly minute: number | null;
  readonly minutes: number;
}

export const noGameDays: GameDaysModel = { games: [], playing: null, problems: [] };

/** A game is played in a sandbox of its own, so the time of the strip is not its time: it is the same at every time. */
export const gameDaysAt = (model: GameDaysModel): GameDaysModel => model;

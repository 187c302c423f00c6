/** Speeds of the virtual clock that a page offers, in virtual milliseconds for each real one. */
export const clockSpeeds = { pause: 0, '1x': 1, '60x': 60, fast: Infinity } as const;

export type ClockSpeed = keyof typeof clockSpeeds;

/** Order to the clock: a speed, or a step to the next event. */
export type ClockCommand = ClockSpeed | 'next';

/** The virtual clock of a served sandbox. Times are milliseconds since the epoch. */
export interface ClockModel {
  /** Virtual milliseconds that pass in a real one; null for as fast as it can. */
  readonly speed: number | null;
  /** True from a step until the clock has come to the next event. */
  readonly isStepping: boolean;
  /** Time of the next thing that is known to happen; null if there is none. */
  readonly nextAt: number | null;
  /** True while something runs for real, such as a function: it takes as long as it takes. */
  readonly isWorking: boolean;
}

/** The speed that the clock has now, as the page offers it; undefined for another one. */
export const speedOf = ({ speed }: ClockModel): ClockSpeed | undefined =>
  (Object.keys(clockSpeeds) as readonly ClockSpeed[]).find((name) => clockSpeeds[name] === (speed ?? Infinity));

/** State of the clock in words. */
export function clockWords({ speed, isStepping, isWorking }: ClockModel): string {
  if (isStepping) return isWorking ? 'Goes to the next event: a function runs' : 'Goes to the next event';
  if (speed === 0) return 'Paused';
  if (speed === null) return 'As fast as it can';
  if (isWorking && speed > 1) return `${speed}x, at real time while a function runs`;
  return speed === 1 ? 'Real time' : `${speed}x`;
}

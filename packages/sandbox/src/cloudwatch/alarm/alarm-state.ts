/** The states of an alarm. */
export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;

export type AlarmState = (typeof alarmStates)[number];

/** A state, since when an alarm is in it, and why, in CloudWatch's words. */
export interface StateUpdate {
  readonly value: AlarmState;
  readonly reason: string;
  /** JSON */
  readonly reasonData?: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
}

/** Reserves a state transition and returns when it may be made, both in milliseconds since the epoch. */
export type Reserve = (at: number) => number;

/** For executions without a quota of state transitions: Express ones, and those without an account. */
export const unlimited: Reserve = (at) => at;

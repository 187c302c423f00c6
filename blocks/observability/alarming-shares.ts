/** Shares of what there is, from which on alarms fire and `crosswind why` says that it is nearly used. */
export const alarmingShares = {
  /** Of the state transitions that an account gets. */
  transitions: 0.8,
  /** Of the concurrency of an account: AWS recommends it (CloudWatch, "Recommended alarms", ClaimedAccountConcurrency). */
  concurrency: 0.9,
  /** Of the Map Runs that an account may have open: AWS recommends it (procedure-cw-metrics). */
  mapRuns: 0.9,
  /** Of the timeout of a function. */
  timeout: 0.8,
} as const;

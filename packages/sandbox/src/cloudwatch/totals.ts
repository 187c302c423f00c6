/** Totals over all accounts: what has happened so far, and what is open or running now. */
export interface Totals {
  /** Map Runs that are open. */
  openMapRuns: number;
  /** Map Runs that wait for others to end. */
  backloggedMapRuns: number;
  /** Executions that run, those of Map Runs included. */
  runningExecutions: number;
  /** Invocations of functions that run. */
  runningInvocations: number;
  executions: number;
  /** Executions that did not succeed. */
  failedExecutions: number;
  invocations: number;
  failedInvocations: number;
  throttledInvocations: number;
  /** States that Standard executions entered, and their retries. */
  transitions: number;
  /** States that are tried again. */
  retries: number;
  throttledTransitions: number;
}

export const noTotals = (): Totals => ({
  openMapRuns: 0,
  backloggedMapRuns: 0,
  runningExecutions: 0,
  runningInvocations: 0,
  executions: 0,
  failedExecutions: 0,
  invocations: 0,
  failedInvocations: 0,
  throttledInvocations: 0,
  transitions: 0,
  retries: 0,
  throttledTransitions: 0,
});

/** Ids of everything that an explanation can claim, the gravest first: a cause before its consequence. */
export const claimIds = [
  // A run that waits, and would wait on.
  'stuck-parent',
  'event-lost-without-permission',
  'stop-missing',
  // A run that could not begin.
  'never-started',
  'wrong-external-id',
  'wrong-trust',
  'start-denied',
  // A run that was stopped.
  'child-killed',
  'aborted',
  // A run that failed by a permission or a setting.
  'key-disabled',
  'key-denied',
  'results-denied',
  'out-of-memory',
  'function-timeout',
  'lambda-throttled',
  // Before what was denied: if one batch alone is denied, its object is the reason.
  'poisoned-object',
  'permission-denied',
  'too-many-failed-items',
  // A run that is slow.
  'map-run-backlog',
  'transition-throttling',
  'describe-throttled',
  'slow-function',
  'event-lost',
  // A run that succeeded, with something that somebody should know.
  'capacity-nearly-used',
  'started-twice',
  'source-empty',
  'failing-items',
  // What no other claim explains.
  'timed-out',
  'failed',
  // Those who watch.
  'probe-dead',
  'probe-incomplete',
  'link-cut',
  'slow',
  'healthy',
  'succeeded',
  'not-started',
] as const;

export type ClaimId = (typeof claimIds)[number];

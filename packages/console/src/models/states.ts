/** States that a page shows, each with a shape, a color and a word. */
export type ShownState =
  'running' | 'waiting' | 'succeeded' | 'failed' | 'timed out' | 'aborted' | 'stuck' | 'throttled' | 'denied';

const ofStatus: Readonly<Partial<Record<string, ShownState>>> = {
  RUNNING: 'running',
  PENDING_REDRIVE: 'waiting',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'aborted',
};

/** State of an execution, of a Map Run or of a batch by the status that AWS gives it. */
export const stateOfStatus = (status: string): ShownState =>
  (Object.hasOwn(ofStatus, status) ? ofStatus[status] : undefined) ?? 'waiting';

const hues = {
  running: 'run',
  waiting: 'rest',
  succeeded: 'done',
  failed: 'bad',
  'timed out': 'bad',
  aborted: 'rest',
  stuck: 'stuck',
  throttled: 'held',
  denied: 'bad',
} as const satisfies Readonly<Record<ShownState, string>>;

/** The hue of a state, as classes name it. */
export const hueOfState = (state: ShownState): (typeof hues)[ShownState] => hues[state];

import type { GameDay } from '../../../blocks/game-day.ts';

/** A Map Run waits behind others for so long that its execution ends without it. */
export const mapRunBacklog: GameDay = {
  name: 'map-run-backlog',
  title: 'the account may have one Map Run open, so the others wait longer than their execution may take',
  fix: 'stop the executions that nobody needs: the backlog drains by itself',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'set-quotas',
        account: 'child',
        quotas: { openMapRuns: 1 },
        title: 'the account may have one Map Run open',
      },
    },
    { minute: 1, does: { kind: 'start', input: { drill: 'open-map-runs', mapRuns: 3, seconds: 3600 } } },
  ],
  faultAt: 1,
  minutes: 190,
  raises: [
    { alarm: { fleet: 'map-run-backlog', of: 'child' }, fires: [5, 5], clears: [124, 124] },
    { alarm: { fleet: 'old-executions', of: 'child' }, fires: [83, 83], clears: [163, 163] },
    { alarm: { fleet: 'old-executions', of: 'parent' }, fires: [93, 93], clears: [163, 163] },
    { alarm: { stage: 'child', signal: 'timed-out' }, fires: [151, 151], clears: [166, 166] },
    { alarm: { stage: 'parent', signal: 'failed' }, fires: [151, 151], clears: [166, 166] },
  ],
  because: 'map-run-backlog',
};

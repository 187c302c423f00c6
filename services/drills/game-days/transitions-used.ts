import type { GameDay } from '../../../blocks/game-day.ts';

/** Nothing is slow yet. */
export const transitionsUsed: GameDay = {
  name: 'transitions-used',
  title: 'starts use more than 80 % of the state transitions of the account, and none is delayed',
  fix: 'ask for a larger quota before the next team comes',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'set-quotas',
        account: 'parent',
        quotas: { stateTransitions: { size: 100, refillPerSecond: 1 } },
        title: 'the account has one state transition a second',
      },
    },
    { minute: 1, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times: 11 } },
    { minute: 2, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times: 11 } },
    { minute: 3, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times: 11 } },
    { minute: 4, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times: 11 } },
    { minute: 5, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times: 11 } },
    { minute: 6, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times: 11 } },
    { minute: 7, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times: 11 } },
    { minute: 8, does: { kind: 'start', input: { drill: 'healthy-parent', seconds: 1 }, times: 11 } },
  ],
  faultAt: 1,
  minutes: 40,
  raises: [{ alarm: { account: 'parent', signal: 'transitions-used' }, fires: [5, 5], clears: [11, 11] }],
  because: 'capacity-nearly-used',
};

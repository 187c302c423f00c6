import type { GameDay } from '../../../blocks/game-day.ts';
import { withDenied } from '../../../blocks/game-day-changes.ts';

/** A run is due and no execution exists, neither failed nor running. */
export const scheduleDenied: GameDay = {
  name: 'schedule-denied',
  title: 'the schedule may not start the parent, so the run that is due does not exist',
  fix: 'allow states:StartExecution in the role of the schedule, start the run, and empty the queue',
  steps: [
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { stage: 'parent' },
        path: 'Schedule/Role/DefaultPolicy',
        properties: withDenied('states:StartExecution'),
        title: 'the schedule may not start the parent',
      },
    },
    { minute: 60, does: { kind: 'restore', in: { stage: 'parent' }, path: 'Schedule/Role/DefaultPolicy' } },
    { minute: 60, does: { kind: 'start' } },
    { minute: 60, does: { kind: 'empty-queue', in: { stage: 'parent' }, path: 'Schedule/Failures' } },
  ],
  faultAt: 28,
  fixedAt: 60,
  minutes: 90,
  opensAt: '11:00',
  raises: [{ alarm: { schedule: 'not-started' }, fires: [17, 17], clears: [16, 16] }],
  because: 'never-started',
};

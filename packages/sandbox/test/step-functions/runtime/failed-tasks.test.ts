import { expect, test } from 'vitest';
import { failedTasksIn } from '../../../src/step-functions/runtime/failed-tasks.ts';

const event = (id: number, previousEventId: number, type: string, details = {}) => ({
  ...{ id, previousEventId, type, timestamp: id * 1_000 },
  ...details,
});

test.each([
  ['LambdaFunctionScheduled', 'LambdaFunctionFailed', 'lambdaFunctionFailedEventDetails'],
  ['TaskScheduled', 'TaskTimedOut', 'taskTimedOutEventDetails'],
  ['TaskScheduled', 'TaskSubmitFailed', 'taskSubmitFailedEventDetails'],
  ['ActivityScheduled', 'ActivityScheduleFailed', 'activityScheduleFailedEventDetails'],
])('a task with %s and %s failed from one to the other', (scheduled, failed, details) => {
  const history = [
    event(1, 0, 'ExecutionStarted'),
    event(2, 0, 'TaskStateEntered', { stateEnteredEventDetails: { name: 'Count' } }),
    event(3, 2, scheduled),
    event(4, 3, failed, { [details]: { error: 'Storm', cause: 'c'.repeat(1_000) } }),
  ];
  expect(failedTasksIn(history)).toEqual([
    { state: 'Count', startedAt: 3_000, endedAt: 4_000, error: 'Storm', cause: 'c'.repeat(512) },
  ]);
});

test('a task that succeeded did not fail', () => {
  expect(failedTasksIn([event(1, 0, 'TaskScheduled'), event(2, 1, 'TaskSucceeded')])).toEqual([]);
});

test('of many failures the first and the last ten are kept', () => {
  const history = Array.from({ length: 30 }, (_, n) => event(n + 1, 0, 'TaskFailed'));
  const ends = failedTasksIn(history).map(({ endedAt }) => endedAt / 1_000);
  expect(ends).toHaveLength(20);
  expect([ends[0], ends[9], ends[10], ends[19]]).toEqual([1, 10, 21, 30]);
});

import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { QuotaSettings } from '../../src/quotas/granted-quotas.ts';
import { minute } from '../../src/cloudwatch/metric.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { execute, now, role, sandboxWith, stateMachine, states, typesOf } from '../../src/testing/literals.ts';

const account = '444444444444';
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:tried`;
/** 2026-01-02T03:05:00Z, a full minute, so that minutes are easy to read. */
const startAt = now + 55_000;

const triedIn = (machineStates: JsonObject, quotas: QuotaSettings, rest: JsonObject = {}): Promise<Sandbox> => {
  const resources = { MachineRole: role('machine-role', states), Tried: stateMachine('tried', machineStates, rest) };
  return sandboxWith([{ account, resources }], { startAt, quotas });
};

/** States that lead from one to the next. */
const chain = (length: number): JsonObject =>
  Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `State ${index}`,
      { Type: 'Pass', ...(index < length - 1 ? { Next: `State ${index + 1}` } : { End: true }) },
    ]),
  );

const parallel = (branches: number): JsonObject => ({
  Branches: {
    Type: 'Parallel',
    Branches: Array.from({ length: branches }, (_, index) => ({
      StartAt: `Only${index}`,
      States: { [`Only${index}`]: only },
    })),
    End: true,
  },
});
const only: JsonObject = { Type: 'Pass', End: true };

/** The sum of a metric in each minute of the run. */
function perMinute(cloud: Sandbox, name: string, dimensions: Readonly<Record<string, string>>): readonly number[] {
  const metric = { namespace: 'AWS/States', name, dimensions };
  const series = cloud.cloudWatch.metrics.series({ account, region: 'us-east-1' }, metric);
  const periods = series?.periods(startAt, startAt + 5 * minute, minute) ?? new Map<number, { sum: number }>();
  return [0, 1, 2, 3].map((index) => periods.get(startAt + index * minute)?.sum ?? 0);
}

const ofTransitions = { ServiceMetric: 'StateTransition' };

type Curve = readonly [
  string,
  JsonObject,
  size: number,
  refill: number,
  milliseconds: number,
  consumed: readonly number[],
  throttled: number,
];

describe('state transitions of a Standard execution', () => {
  test.each<Curve>([
    ['pass at once while there are tokens', chain(5), 5, 1, 0, [5, 0, 0, 0], 0],
    // The sixth waits 1 s; each further one asks when the last has passed, and waits 1 s again.
    ['wait for a token each', chain(8), 5, 1, 3_000, [8, 0, 0, 0], 3],
    // 90 states with 10 tokens: 80 wait for 1 s each. Those due before 60 s are in the first minute: 10 + 59.
    ['go on over minutes', chain(90), 10, 1, 80_000, [69, 21, 0, 0], 80],
    // 1 + 40 branches: 5 pass, 36 wait in line, two come due each second: the last after 18 s.
    ['wait in line where many ask at once', parallel(40), 5, 2, 18_000, [41, 0, 0, 0], 36],
    // 130 s for 260 tokens at 2 a second: 4 + 2 * 60 - 1 before the first minute is over.
    ['fill every minute up to the refill', parallel(263), 4, 2, 130_000, [123, 120, 21, 0], 260],
  ])('%s', async (_, machineStates, size, refillPerSecond, milliseconds, consumed, throttled) => {
    const sandbox = await triedIn(machineStates, { stateTransitions: { size, refillPerSecond } });
    const { outcome, stoppedAt } = await execute(sandbox, machineArn);
    expect(outcome?.status).toBe('SUCCEEDED');
    expect((stoppedAt ?? 0) - startAt).toBe(milliseconds);
    const all = consumed.reduce((sum, value) => sum + value, 0);
    const sum = (name: string, dimensions: Readonly<Record<string, string>>): number =>
      perMinute(sandbox, name, dimensions).reduce((total, value) => total + value, 0);
    expect(perMinute(sandbox, 'ConsumedCapacity', ofTransitions)).toEqual(consumed);
    expect(sum('ConsumedCapacity', { ...ofTransitions, StateMachineArn: machineArn })).toBe(all);
    expect(sum('ThrottledEvents', ofTransitions)).toBe(throttled);
    expect(sum('ThrottledEvents', { ...ofTransitions, StateMachineArn: machineArn })).toBe(throttled);
    expect(sum('ExecutionThrottled', { StateMachineArn: machineArn })).toBe(throttled);
    expect(sum('ExecutionThrottled', {})).toBe(throttled);
    expect(perMinute(sandbox, 'ProvisionedBucketSize', ofTransitions)[0]).toBe(size);
    expect(perMinute(sandbox, 'ProvisionedRefillRate', ofTransitions)[0]).toBe(refillPerSecond);
  });

  test('count retries, which wait, too', async () => {
    const failing: JsonObject = {
      Try: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Fail', States: { Fail: { Type: 'Fail', Error: 'Gust' } } }],
        Retry: [{ ErrorEquals: ['Gust'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
        End: true,
      },
      Done: { Type: 'Pass', End: true },
    };
    const sandbox = await triedIn(failing, { stateTransitions: { size: 2, refillPerSecond: 1 } });
    const { stoppedAt } = await execute(sandbox, machineArn);
    // 0 s: Try and Fail take both. 1 s: the retry takes the new one, Fail waits until 2 s. 3 s: the second retry, Fail
    // at 4 s. Done at 5 s. In all: Try, 3 times Fail, 2 retries, Done.
    expect((stoppedAt ?? 0) - startAt).toBe(5_000);
    expect(perMinute(sandbox, 'ConsumedCapacity', ofTransitions)).toEqual([7, 0, 0, 0]);
    expect(perMinute(sandbox, 'ThrottledEvents', ofTransitions)).toEqual([3, 0, 0, 0]);
  });

  test('of Express executions are unlimited', async () => {
    const quotas = { stateTransitions: { size: 1, refillPerSecond: 1 } };
    const sandbox = await triedIn(chain(50), quotas, { StateMachineType: 'EXPRESS' });
    expect((await execute(sandbox, machineArn)).stoppedAt).toBe(startAt);
    expect(perMinute(sandbox, 'ConsumedCapacity', ofTransitions)).toEqual([0, 0, 0, 0]);
  });

  test('are given up with the execution, and only states that were entered count as aborted', async () => {
    const waiting: JsonObject = {
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Wait',
            States: { Wait: { Type: 'Wait', Seconds: 1, Next: 'Late' }, Late: only },
          },
          {
            StartAt: 'Hold',
            States: { Hold: { Type: 'Wait', Seconds: 3, Output: "{% $error('gust') %}", End: true } },
          },
        ],
        End: true,
      },
    };
    const sandbox = await triedIn(waiting, { stateTransitions: { size: 3, refillPerSecond: 1 } });
    // Others take four tokens after half a second: Late, asked for after 1 s, is due after 5 s.
    const { throttling, simulation } = sandbox;
    simulation.at(startAt + 500, () => {
      for (let count = 0; count < 4; count += 1) throttling.transition({ account, region: 'us-east-1', arn: 'other' });
    });
    const execution = await execute(sandbox, machineArn);
    expect(execution.outcome?.status).toBe('FAILED');
    expect((execution.stoppedAt ?? 0) - startAt).toBe(3_000);
    const types = typesOf(execution);
    expect(types.filter((type) => type === 'WaitStateEntered')).toHaveLength(2);
    // Hold, in which the expression failed; the other branch has left Wait, and is in no state.
    expect(types.filter((type) => type === 'WaitStateAborted')).toHaveLength(1);
  });
});

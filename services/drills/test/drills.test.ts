import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { WorkloadRun } from '../../../cli/local/run-workload.ts';
import { mostTransitions } from '../drill-costs.ts';
import { amounts } from '../drill-input.ts';
import { local } from '../local.ts';
import { withDrills } from './in-sandbox.ts';

const outcomes = ({ stages }: WorkloadRun) => stages.map(({ stage, execution }) => [stage, execution?.outcome?.status]);

const minutesOf = (run: WorkloadRun): readonly number[] =>
  run.stages.map(({ execution }) => ((execution?.stoppedAt ?? NaN) - (execution?.startedAt ?? NaN)) / 60_000);

const childrenOf = ({ stages }: WorkloadRun): readonly Execution[] =>
  stages.flatMap(({ execution }) => execution?.mapRuns.flatMap(({ children }) => children) ?? []);

describe('healthy-parent', () => {
  test('is the sample: the parent ends with its child, as the sample expects', async () => {
    await withDrills(async ({ run, sandbox }) => {
      const finished = await run(local.sample?.input ?? {});
      const { outcome } = finished.entry;
      expect(local.sample?.problems(outcome?.status === 'SUCCEEDED' ? outcome.output : null)).toEqual([]);
      expect(local.sample?.problems(null)).toEqual(['result.drill must be "healthy-parent", got ""']);
      expect(outcomes(finished)).toEqual([
        ['parent', 'SUCCEEDED'],
        ['child', 'SUCCEEDED'],
      ]);
      expect(Math.max(...minutesOf(finished))).toBeLessThan(1);
      expect(sandbox.decisions.denials()).toEqual([]);
    });
  });
});

describe('stuck-parent', () => {
  test('waits until its own timeout for a child that ended in its first minute', async () => {
    await withDrills(async ({ run, sandbox }) => {
      const finished = await run({ drill: 'stuck-parent' });
      expect(outcomes(finished)).toEqual([
        ['parent', 'FAILED'],
        ['child', 'SUCCEEDED'],
      ]);
      expect(finished.entry.outcome).toMatchObject({ error: 'States.Timeout', cause: 'no cause was given' });
      expect(minutesOf(finished)).toEqual([75, 1]);
      const denied = sandbox.decisions.denials().map(({ request }) => request.action);
      expect(new Set(denied)).toEqual(new Set(['states:DescribeExecution']));
    });
  });

  test('may stop its child when it is aborted', async () => {
    await withDrills(async ({ run }) => {
      const finished = await run({ drill: 'stuck-parent', seconds: 3_600 }, { abortEntry: true });
      expect(outcomes(finished)).toEqual([
        ['parent', 'ABORTED'],
        ['child', 'ABORTED'],
      ]);
    });
  });
});

describe('open-map-runs', () => {
  const all = { drill: 'open-map-runs', mapRuns: amounts.mapRuns.most, seconds: 1_800 };

  test('holds as many Map Runs open as the input says, for as long, with two state transitions each', async () => {
    await withDrills(async ({ run, sandbox }) => {
      const { totals } = sandbox.cloudWatch.meters;
      const finished = await run({ ...all, mapRuns: 7 });
      expect(outcomes(finished).map(([, status]) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
      const held = finished.stages.flatMap(({ execution }) => execution?.mapRuns ?? []);
      expect(held.map(({ startedAt, stoppedAt = NaN }) => Math.round((stoppedAt - startedAt) / 60_000))).toEqual(
        Array.from({ length: 7 }, () => 30),
      );
      expect(childrenOf(finished).map(({ type }) => type)).toEqual(Array.from({ length: 7 }, () => 'STANDARD'));
      const seven = totals.transitions;
      await run({ ...all, mapRuns: 8 });
      expect(totals.transitions - 2 * seven).toBe(2);
    });
  });

  test('fills the 1,000 Map Runs of an account with 26 starts; the others wait in the backlog and end, too', async () => {
    await withDrills(async ({ start, sandbox }) => {
      const { totals } = sandbox.cloudWatch.meters;
      const parents = Array.from({ length: 26 }, () => start('parent', all));
      const isFull = () => totals.openMapRuns + totals.backloggedMapRuns === 1_040;
      await sandbox.simulation.run(isFull);
      expect([totals.openMapRuns, totals.backloggedMapRuns]).toEqual([1_000, 40]);
      await sandbox.simulation.run(() => parents.every(({ outcome }) => outcome !== undefined));
      expect(new Set(parents.map(({ outcome }) => outcome?.status))).toEqual(new Set(['SUCCEEDED']));
      expect([totals.openMapRuns, totals.backloggedMapRuns]).toEqual([0, 0]);
      expect(totals.transitions).toBeLessThanOrEqual(26 * mostTransitions('open-map-runs'));
    });
  });
});

describe('transition-throttling', () => {
  const oneWorker = { drill: 'transition-throttling', countdown: amounts.countdown.most };

  test('throttles the account with the loops of one worker, which fit into one history', async () => {
    await withDrills(async ({ run, sandbox }) => {
      const finished = await run(oneWorker);
      expect(outcomes(finished).map(([, status]) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
      expect(sandbox.cloudWatch.meters.totals.throttledTransitions).toBeGreaterThan(0);
      expect(childrenOf(finished)).toHaveLength(1);
      // AWS ends an execution at 25,000 events (service-quotas).
      const [events = 0] = childrenOf(finished).map(({ history }) => history.length);
      expect(events).toBeGreaterThan(20_000);
      expect(events).toBeLessThan(25_000);
    });
  });

  test('throttles nothing with few rounds', async () => {
    await withDrills(async ({ run, sandbox }) => {
      const finished = await run({ ...oneWorker, countdown: 10, workers: 2 });
      expect(childrenOf(finished)).toHaveLength(2);
      expect(sandbox.cloudWatch.meters.totals.throttledTransitions).toBe(0);
    });
  });

  test('holds up every other workflow of the account', async () => {
    const quotas = { stateTransitions: { size: 100, refillPerSecond: 1 } };
    await withDrills(async ({ start, sandbox }) => {
      const healthy = { drill: 'healthy-parent', seconds: 1, mapRuns: 1, countdown: 1, workers: 1 };
      const secondsOf = async (child: Execution): Promise<number> => {
        await sandbox.simulation.run(() => child.outcome !== undefined);
        expect(child.outcome).toMatchObject({ status: 'SUCCEEDED' });
        return ((child.stoppedAt ?? NaN) - child.startedAt) / 1_000;
      };
      expect(await secondsOf(start('child', healthy))).toBe(1);
      const loops = start('parent', oneWorker);
      await sandbox.simulation.run(() => sandbox.cloudWatch.meters.totals.throttledTransitions > 0);
      expect(await secondsOf(start('child', healthy))).toBeGreaterThan(5);
      expect(loops.outcome).toBeUndefined();
    }, quotas);
  });
});

describe('an input', () => {
  const drill = 'open-map-runs';
  const numbers = { seconds: 1, mapRuns: 1, countdown: 1, workers: 1 };

  test.each<[string, Json]>([
    ['nothing, so that nothing runs by accident', {}],
    ['an unknown drill', { drill: 'none' }],
    ['a list', [{ drill }]],
    ['a number that it does not know', { drill, maprun: 3 }],
    ...Object.entries(amounts).flatMap(([name, { most }]): [string, Json][] => [
      [`more than the most of ${name}`, { drill, ...numbers, [name]: most + 1 }],
      [`${name} of 0`, { drill, ...numbers, [name]: 0 }],
      [`a part of ${name}`, { drill, ...numbers, [name]: 1.5 }],
      [`${name} as text`, { drill, ...numbers, [name]: '1' }],
    ]),
  ])('of %s is refused by the parent and by the child', async (_, input) => {
    await withDrills(async ({ start, sandbox }) => {
      const [parent, child] = [start('parent', input), start('child', input)];
      await sandbox.simulation.run(() => parent.outcome !== undefined && child.outcome !== undefined);
      for (const { outcome, machine } of [parent, child]) {
        expect(outcome).toMatchObject({
          status: 'FAILED',
          error: 'InvalidInput',
          cause: expect.stringMatching(/expected \{"drill": "healthy-parent" or .*, got /) as string,
        });
        expect(sandbox.executions.of(machine.arn)).toHaveLength(1);
      }
    });
  });

  test.each([
    ['at their least', numbers],
    ['at their most', Object.fromEntries(Object.entries(amounts).map(([name, { most }]) => [name, most]))],
  ])('with all numbers %s is taken by both', async (_, given) => {
    await withDrills(async ({ start, sandbox }) => {
      const input = { drill: 'healthy-parent', ...given };
      const both = [start('parent', input), start('child', input)];
      await sandbox.simulation.run(() => both.every(({ outcome }) => outcome !== undefined));
      expect(both.map(({ outcome }) => outcome?.status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    });
  });

  test('that leaves out a number is filled in by the parent, and refused by the child', async () => {
    await withDrills(async ({ start, sandbox }) => {
      const both = [start('parent', { drill: 'healthy-parent' }), start('child', { drill: 'healthy-parent' })];
      await sandbox.simulation.run(() => both.every(({ outcome }) => outcome !== undefined));
      expect(both.map(({ outcome }) => outcome?.status)).toEqual(['SUCCEEDED', 'FAILED']);
    });
  });
});

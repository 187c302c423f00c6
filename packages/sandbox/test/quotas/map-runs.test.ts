import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { minute } from '../../src/cloudwatch/metric.ts';
import type { QuotaSettings } from '../../src/quotas/granted-quotas.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import type { Execution } from '../../src/step-functions/runtime/execution.ts';
import { allow, execute, now, role, sandboxWith, stateMachine, states, typesOf } from '../../src/testing/literals.ts';

const account = '444444444444';
const place = { account, region: 'us-east-1' };
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:tried`;
/** 2026-01-02T03:05:00Z */
const startAt = now + 55_000;

/** Machine that runs a child for each of its input's items. Each child waits. */
function mapping(
  quotas: QuotaSettings,
  map: JsonObject = {},
  type = 'EXPRESS',
  seconds = 10,
  may = allow('states:StartExecution'),
): Promise<Sandbox> {
  const each: JsonObject = {
    Type: 'Map',
    Items: '{% [1..$states.input.items] %}',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: seconds, End: true } },
    },
    End: true,
    ...map,
  };
  const resources = {
    MachineRole: role('machine-role', states, may),
    Tried: stateMachine('tried', { Each: each }),
  };
  return sandboxWith([{ account, resources }], { startAt, quotas });
}

/** How many children were started in which second. */
function perSecond({ mapRuns }: Execution): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { startedAt } of mapRuns[0]?.children ?? []) {
    const second = (startedAt - startAt) / 1_000;
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return counts;
}

describe('the children of a Map Run', () => {
  const slow: QuotaSettings = { expressDispatchPerSecond: 3, standardDispatchPerSecond: 2 };

  test.each<readonly [string, type: string, items: number, map: JsonObject, Readonly<Record<number, number>>]>([
    ['that are Express are started at the rate of Express', 'EXPRESS', 7, {}, { 0: 3, 1: 3, 2: 1 }],
    ['that are Standard are started at the rate of Standard', 'STANDARD', 5, {}, { 0: 2, 1: 2, 2: 1 }],
    // Each runs for 10 s, 4 at a time: 3, then 1 more; places come free after 10 s and 11 s.
    ['are never more than MaxConcurrency', 'EXPRESS', 10, { MaxConcurrency: 4 }, { 0: 3, 1: 1, 10: 3, 11: 1, 20: 2 }],
    // Five places become free at once after 10 s. Three of them are taken in that second.
    [
      'are started at that rate when places come free',
      'EXPRESS',
      9,
      { MaxConcurrency: 5 },
      { 0: 3, 1: 2, 10: 3, 11: 1 },
    ],
  ])('%s', async (_, type, items, map, started) => {
    const execution = await execute(await mapping(slow, map, type), machineArn, { items });
    expect(execution.outcome?.status).toBe('SUCCEEDED');
    expect(perSecond(execution)).toEqual(started);
  });

  test('wait as pending until they are started, and are not started any more when the run is stopped', async () => {
    const sandbox = await mapping(slow);
    const { executions, simulation } = sandbox;
    const started = executions.start({ stateMachineArn: machineArn, input: { items: 10 } });
    if (!started.ok) throw new Error(started.message);
    const { execution } = started;
    await simulation.elapse(1_500);
    expect(execution.mapRuns[0]?.counts().itemCounts).toMatchObject({ running: 6, pending: 4, total: 10 });
    executions.stop(execution.arn);
    await simulation.elapse(5_000);
    expect(execution.mapRuns[0]?.counts().itemCounts).toMatchObject({ aborted: 6, pending: 4, total: 10 });
  });

  test('are started by AWS’s defaults, 1,000 in a second', async () => {
    const execution = await execute(await mapping({}), machineArn, { items: 2_500 });
    expect(perSecond(execution)).toEqual({ 0: 1_000, 1: 1_000, 2: 500 });
  });
});

describe('Map Runs beyond the limit', () => {
  /** Starts so many executions at once, each with a Map Run of 85 s. */
  async function several(count: number, openMapRuns: number) {
    const sandbox = await mapping({ openMapRuns }, {}, 'EXPRESS', 85);
    const { executions } = sandbox;
    const all = Array.from({ length: count }, (_, index) => {
      const started = executions.start({ stateMachineArn: machineArn, name: `run-${index}`, input: { items: 2 } });
      if (!started.ok) throw new Error(started.message);
      return started.execution;
    });
    return { sandbox, all };
  }

  /** The highest value of a metric in each minute; undefined where it was not emitted. */
  const maxima = (cloud: Sandbox, name: string): readonly (number | undefined)[] => {
    const series = cloud.cloudWatch.metrics.series(place, { namespace: 'AWS/States', name, dimensions: {} });
    const periods = series?.periods(startAt, startAt + 10 * minute, minute);
    return [0, 1, 2, 3, 4].map((index) => periods?.get(startAt + index * minute)?.maximum);
  };

  test.each<
    readonly [
      string,
      runs: number,
      limit: number,
      ends: readonly number[],
      open: readonly number[],
      backlog: readonly (number | undefined)[],
    ]
  >([
    ['are none: nobody waits', 2, 2, [85, 85], [2, 2], [undefined, undefined, undefined]],
    // 0-85 s two run and three wait; 85-170 s two run and one waits; 170-255 s the last.
    [
      'wait in line until others have ended',
      5,
      2,
      [85, 85, 170, 170, 255],
      [2, 2, 2, 1, 1],
      [3, 3, 1, undefined, undefined],
    ],
    ['wait one by one', 3, 1, [85, 170, 255], [1, 1, 1, 1, 1], [2, 2, 1, undefined, undefined]],
  ])('%s', async (_, runs, limit, ends, open, backlog) => {
    const { sandbox, all } = await several(runs, limit);
    await sandbox.simulation.run(() => false);
    expect(all.map(({ stoppedAt = 0 }) => (stoppedAt - startAt) / 1_000)).toEqual(ends);
    expect(maxima(sandbox, 'ApproximateOpenMapRunCount').slice(0, open.length)).toEqual(open);
    expect(maxima(sandbox, 'ApproximateMapRunBacklogSize').slice(0, backlog.length)).toEqual(backlog);
    expect(maxima(sandbox, 'OpenMapRunLimit')[0]).toBe(limit);
  });

  test('go on at once when the quota is raised, and wait again when it is lowered', async () => {
    const { sandbox, all } = await several(5, 1);
    await sandbox.simulation.elapse(30_000);
    sandbox.changeQuotas(account, { openMapRuns: 3 });
    await sandbox.simulation.elapse(10_000);
    sandbox.changeQuotas(account, { openMapRuns: 1 });
    await sandbox.simulation.run(() => false);
    expect(all.map(({ stoppedAt = 0 }) => (stoppedAt - startAt) / 1_000)).toEqual([85, 115, 115, 200, 285]);
  });

  test('stay at MapRunStarted without items, and leave the line when they are stopped', async () => {
    const { sandbox, all } = await several(3, 1);
    const [, second, third] = all;
    await sandbox.simulation.elapse(30_000);
    expect(second && typesOf(second).at(-1)).toBe('MapRunStarted');
    expect(second?.mapRuns[0]?.counts().itemCounts).toMatchObject({ total: 0, pending: 0, running: 0 });
    sandbox.executions.stop(second?.arn ?? '');
    await sandbox.simulation.run(() => false);
    expect(second?.outcome?.status).toBe('ABORTED');
    expect(((third?.stoppedAt ?? 0) - startAt) / 1_000).toBe(170);
  });
});

describe('a Map Run that is redriven', () => {
  const may = allow(['states:StartExecution', 'states:RedriveExecution']);

  /** An execution whose Map Run is stopped after 5 s, with all children running. */
  async function stopped(quotas: QuotaSettings, items: number) {
    const sandbox = await mapping(quotas, {}, 'EXPRESS', 10, may);
    const { executions, simulation } = sandbox;
    const started = executions.start({ stateMachineArn: machineArn, name: 'stopped', input: { items } });
    if (!started.ok) throw new Error(started.message);
    await simulation.elapse(5_000);
    executions.stop(started.execution.arn);
    await simulation.elapse(1_000);
    return { sandbox, execution: started.execution };
  }

  test('starts its children again at the same rate', async () => {
    const { sandbox, execution } = await stopped({ expressDispatchPerSecond: 3 }, 5);
    sandbox.executions.redrive(execution.arn);
    await sandbox.simulation.run(() => execution.outcome !== undefined);
    expect(execution.outcome?.status).toBe('SUCCEEDED');
    expect(perSecond(execution)).toEqual({ 6: 3, 7: 2 });
  });

  test.each([
    ['waits for another one to end, and begins then', false, 'SUCCEEDED', 6 + 10 + 10],
    ['gives its place in the line up when it is stopped', true, 'ABORTED', 8],
  ])('%s', async (_, stops, status, end) => {
    const { sandbox, execution } = await stopped({ openMapRuns: 1 }, 2);
    const { executions, simulation, cloudWatch } = sandbox;
    const other = executions.start({ stateMachineArn: machineArn, name: 'other', input: { items: 2 } });
    await simulation.elapse(0);
    executions.redrive(execution.arn);
    await simulation.elapse(2_000);
    expect(cloudWatch.meters.totals).toMatchObject({ openMapRuns: 1, backloggedMapRuns: 1 });
    if (stops) executions.stop(execution.arn);
    await simulation.run(() => execution.outcome !== undefined);
    expect([execution.outcome?.status, ((execution.stoppedAt ?? 0) - startAt) / 1_000]).toEqual([status, end]);
    await simulation.run(() => false);
    expect(other.ok && other.execution.outcome?.status).toBe('SUCCEEDED');
    expect(cloudWatch.meters.totals).toMatchObject({ openMapRuns: 0, backloggedMapRuns: 0 });
  });
});

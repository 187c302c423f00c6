import { describe, expect, test } from 'vitest';
import { ExecutionDriver } from '../../src/clock/execution-driver.ts';
import { MapRunDriver } from '../../src/clock/map-run-driver.ts';
import { Simulation } from '../../src/clock/simulation.ts';
import { newExecution } from '../../src/execution/execution.ts';
import type { HistoryEvent } from '../../src/execution/history.ts';
import type { Outcome } from '../../src/execution/protocol.ts';
import type { MapRunEffect } from '../../src/map-run/protocol.ts';
import { newMapRun } from '../../src/map-run/state.ts';
import { identity, machineOf, T0 } from '../simulate.ts';

/** Takes all the time that an expression may have, in another process. */
const endless = '$count($filter([1..50000], function($x) { $x in [1..50000] }))';
/** Takes longer than an expression may in the sandbox's thread, by its time alone. */
const long = '$count([1..20000][$ in [1..20]])';
/** Is evaluated in another process, and quick there. */
const quick = '$map([1, 2], function($x) { $x * 2 })';

const evaluating = (expression: string, then: object = {}): object => ({
  StartAt: 'Evaluate',
  States: {
    Evaluate: { Type: 'Pass', Output: `{% ${expression} %}`, Next: 'Wait' },
    Wait: { Type: 'Wait', Seconds: 60, Next: 'Last' },
    Last: { Type: 'Pass', ...then, End: true },
  },
});

const plain = { StartAt: 'Last', States: { Last: { Type: 'Pass', Output: '{% 1 + 1 %}', End: true } } };

/** Executions in one simulation: the order in which they end, what of, and their histories. */
function world() {
  const simulation = new Simulation(T0);
  const ended: string[] = [];
  const outcomes: Record<string, Outcome['status']> = {};
  const histories: Record<string, HistoryEvent[]> = {};
  const start = (name: string, definition: object): ExecutionDriver => {
    const events: HistoryEvent[] = (histories[name] = []);
    const driver = new ExecutionDriver({
      simulation,
      first: newExecution(machineOf(definition), { ...identity, name }, 'STANDARD', {}),
      perform: (effect) => {
        if (effect.kind === 'history') events.push(effect.event);
        if (effect.kind !== 'ended') return;
        ended.push(name);
        outcomes[name] = effect.status;
      },
    });
    driver.tell({ kind: 'started' });
    return driver;
  };
  const seconds = (name: string): readonly string[] =>
    (histories[name] ?? []).map(({ type, timestamp }) => `${type} at ${(timestamp - T0) / 1_000}`);
  return { simulation, start, ended, outcomes, histories, seconds };
}

const idle = () => false;

/** Serves until so many executions have ended. */
async function serveUntil({ simulation, ended }: ReturnType<typeof world>, many: number): Promise<void> {
  const signal = new AbortController();
  const looking = setInterval(() => {
    if (ended.length >= many) signal.abort();
  }, 5);
  await simulation.serve(signal.signal);
  clearInterval(looking);
}

describe('while an expression of one execution is evaluated in another process', () => {
  test('another execution ends, and the histories have the times that they would have without', async () => {
    const { simulation, start, ended, outcomes, seconds } = world();
    start('slow', evaluating(endless));
    start('other', plain);
    await simulation.run(idle);
    expect(ended).toEqual(['other', 'slow']);
    expect(outcomes).toEqual({ slow: 'FAILED', other: 'SUCCEEDED' });
    expect(new Set(seconds('slow').map((each) => each.split(' ').at(-1)))).toEqual(new Set(['0']));
    expect(seconds('other').at(-1)).toBe('ExecutionSucceeded at 0');
  });

  test('no virtual time passes, so that timers go off at their times', async () => {
    const { simulation, start, ended, seconds } = world();
    start('evaluating', evaluating(quick));
    start('waiting', {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 59, Next: 'Last' }, ...plain.States },
    });
    await simulation.run(idle);
    expect(ended).toEqual(['waiting', 'evaluating']);
    expect(seconds('evaluating')).toEqual([
      'ExecutionStarted at 0',
      'PassStateEntered at 0',
      'PassStateExited at 0',
      'WaitStateEntered at 0',
      'WaitStateExited at 60',
      'PassStateEntered at 60',
      'PassStateExited at 60',
      'ExecutionSucceeded at 60',
    ]);
    expect(seconds('waiting').at(-1)).toBe('ExecutionSucceeded at 59');
  });

  test('what the execution is sent waits for the end of its step, in its order', async () => {
    const { simulation, start, ended, outcomes, seconds } = world();
    const execution = start('stopped', evaluating(quick));
    execution.tell({ kind: 'timer', timer: 'unknown' });
    execution.tell({ kind: 'stopped' });
    start('other', plain);
    await simulation.run(idle);
    expect(ended).toEqual(['other', 'stopped']);
    expect(outcomes).toEqual({ stopped: 'ABORTED', other: 'SUCCEEDED' });
    expect(seconds('stopped')).toContain('WaitStateEntered at 0');
  });

  test('a step that evaluates several goes on after each', async () => {
    const { simulation, start, histories } = world();
    start('twice', evaluating(quick, { Output: { a: `{% ${quick} %}`, b: [`{% ${quick} %}`, '{% 1 %}'] } }));
    start('other', evaluating(quick));
    await simulation.run(idle);
    const output = '{"a":[2,4],"b":[[2,4],1]}';
    expect(histories['twice']?.at(-1)?.['executionSucceededEventDetails']).toMatchObject({ output });
    expect(histories['other']?.at(-1)?.type).toBe('ExecutionSucceeded');
  });

  test('an execution goes on while the items of a Map Run are selected', async () => {
    const { simulation, start, ended } = world();
    const state = { QueryLanguage: 'JSONata', Type: 'Pass', End: true };
    const processor = { StartAt: 'Item', States: { Item: state } };
    const effects: MapRunEffect[] = [];
    const bindings = { language: 'JSONata', states: { input: {} }, variables: {}, at: T0, seed: 'run' } as const;
    const spec = {
      mapRunArn: 'arn:aws:states:eu-west-1:111111111111:mapRun:wind/Map:1',
      label: 'Map',
      state: 'Map',
      processor: machineOf(processor),
      executionType: 'STANDARD',
      items: { from: 'state', items: [1, 2] },
      selector: { template: `{% ${quick} %}`, bindings },
      maxConcurrency: 10,
      tolerated: {},
      transformation: 'COMPACT',
    } as const;
    const run = new MapRunDriver(simulation, { state: newMapRun(spec) }, (effect) => {
      effects.push(effect);
      if (effect.kind === 'start-child') ended.push(`child ${effect.index} with ${JSON.stringify(effect.input)}`);
    });
    run.tell({ kind: 'started' });
    start('other', plain);
    await simulation.run(idle);
    expect(ended).toEqual(['other', 'child 0 with [2,4]', 'child 1 with [2,4]']);
  });
});

describe('an expression that is long only by the time it takes on this machine', () => {
  const two = (): ReturnType<typeof world> => {
    const all = world();
    all.start('long', { StartAt: 'Last', States: { Last: { Type: 'Pass', Output: `{% ${long} %}`, End: true } } });
    all.start('other', plain);
    return all;
  };

  test('keeps its place in a run, which is the same on any machine', async () => {
    const all = two();
    await all.simulation.run(idle);
    expect(all.ended).toEqual(['long', 'other']);
    expect(all.outcomes).toEqual({ long: 'SUCCEEDED', other: 'SUCCEEDED' });
  });

  test('lets others go on in a served sandbox', async () => {
    const all = two();
    await serveUntil(all, 2);
    expect(all.ended).toEqual(['other', 'long']);
  });
});

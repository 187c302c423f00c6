import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newExecution, step } from '../../src/execution/execution.ts';
import type { HistoryEvent } from '../../src/execution/history.ts';
import type { Json } from '@crosswind/aws/json';
import type { Effect, ExecutionEvent } from '../../src/execution/protocol.ts';
import { identity, machineOf, T0 } from '../simulate.ts';

type News = ExecutionEvent extends infer Each ? (Each extends { at: number } ? Omit<Each, 'at'> : never) : never;

/** True if the n-th call of a task fails, `'silent'` if it is never answered. */
type Fails = (call: string, attempt: number) => boolean | 'silent';

/** An execution whose tasks answer at once: with their own arguments, or as `fails` says of their n-th call. */
class Driven {
  readonly events: HistoryEvent[] = [];
  readonly calls: string[] = [];
  readonly effects: Effect[] = [];
  readonly #fails: Fails;
  readonly #queue: News[] = [];
  #at = T0;
  #state;

  constructor(definition: object, fails: Fails, input: Json = {}) {
    this.#state = newExecution(machineOf({ QueryLanguage: 'JSONata', ...definition }), identity, 'STANDARD', input);
    this.#fails = fails;
  }

  get outcome() {
    return this.#state.outcome;
  }

  get types(): readonly string[] {
    return this.events.map(({ type }) => type);
  }

  /** Sends an event, then each event that follows from it at once. Time advances by a second per event. */
  async tell(news: News): Promise<this> {
    this.#queue.push(news);
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const [state, effects] = await step(this.#state, { ...next, at: (this.#at += 1_000) });
      this.#state = state;
      for (const effect of effects) this.#perform(effect);
    }
    return this;
  }

  #perform(effect: Effect): void {
    this.effects.push(effect);
    if (effect.kind === 'history') this.events.push(effect.event);
    if (effect.kind === 'timer' && effect.timer.startsWith('retry'))
      this.#queue.push({ kind: 'timer', timer: effect.timer });
    if (effect.kind !== 'task') return;
    const { task, arguments: args } = effect;
    const call = `${effect.state} ${JSON.stringify(args)}`;
    this.calls.push(call);
    const attempt = this.calls.filter((each) => each === call).length;
    const fails = this.#fails(call, attempt);
    if (fails === 'silent') return;
    if (fails) this.#queue.push({ kind: 'task-failed', task, error: 'Storm', cause: 'too windy' });
    else this.#queue.push({ kind: 'task-succeeded', task, output: args });
  }
}

const task = (more: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  End: true,
  ...more,
});
const started = (definition: object, fails: Fails, input?: Json) =>
  new Driven(definition, fails, input).tell({ kind: 'started' });
const once = (call: string) => (asked: string, attempt: number) => asked.startsWith(call) && attempt === 1;

describe('a redrive', () => {
  const steps = {
    StartAt: 'A',
    TimeoutSeconds: 60,
    States: { A: task({ End: undefined, Next: 'B', Assign: { x: 7 } }), B: task({ Arguments: '{% $x %}' }) },
  };

  test('goes on in the state that failed, with its input and the variables', async () => {
    const run = await started(steps, once('B'));
    expect(run.outcome?.status).toBe('FAILED');
    await run.tell({ kind: 'redriven' });
    expect(run.outcome).toEqual({ status: 'SUCCEEDED', output: 7 });
    expect(run.calls).toEqual(['A {}', 'B 7', 'B 7']);
    expect(run.events.slice(-6).map(({ previousEventId, type }) => `${type} after ${previousEventId}`)).toEqual([
      'ExecutionFailed after 8',
      'ExecutionRedriven after 9',
      'TaskScheduled after 10',
      'TaskSucceeded after 11',
      'TaskStateExited after 12',
      'ExecutionSucceeded after 13',
    ]);
  });

  test('gives the whole execution its time again', async () => {
    const run = await started(steps, once('B'));
    await run.tell({ kind: 'redriven' });
    const timers = run.effects.flatMap((each) => (each.kind === 'timer' ? [each.at - T0] : []));
    expect(timers).toEqual([61_000, 64_000]);
  });

  test('is told in the context', async () => {
    const Arguments = '{% $states.context.Execution.{"count": RedriveCount, "at": RedriveTime} %}';
    const run = await started({ StartAt: 'A', States: { A: task({ Arguments }) } }, (call) =>
      call.includes('"count":0'),
    );
    await run.tell({ kind: 'redriven' });
    expect(run.outcome).toMatchObject({ output: { count: 1, at: new Date(T0 + 3_000).toISOString() } });
    expect(run.calls[0]).toBe('A {"count":0}');
  });

  test('gives a state all its retries again', async () => {
    const retried = { StartAt: 'A', States: { A: task({ Retry: [{ ErrorEquals: ['Storm'], MaxAttempts: 2 }] }) } };
    const run = await started(retried, (_, attempt) => attempt <= 5);
    expect(run.calls).toHaveLength(3);
    await run.tell({ kind: 'redriven' });
    expect(run.calls).toHaveLength(6);
    expect(run.outcome?.status).toBe('SUCCEEDED');
  });

  test('enters a Fail state again', async () => {
    const run = await started({ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } }, () => false);
    await run.tell({ kind: 'redriven' });
    expect(run.types.slice(-3)).toEqual(['ExecutionRedriven', 'FailStateEntered', 'ExecutionFailed']);
  });

  test('is heard only by what ended without success', async () => {
    const run = await started(steps, () => false);
    const before = run.types;
    await run.tell({ kind: 'redriven' });
    expect(run.types).toEqual(before);
  });

  test('of an execution that was stopped waits anew', async () => {
    const run = await started({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 5, End: true } } }, () => false);
    await run.tell({ kind: 'stopped' });
    await run.tell({ kind: 'redriven' });
    await run.tell({ kind: 'timer', timer: 'wait-2' });
    expect(run.types.slice(-3)).toEqual(['ExecutionRedriven', 'WaitStateExited', 'ExecutionSucceeded']);
  });
});

describe('of branches and iterations a redrive runs', () => {
  const branch = (name: string): object => ({ StartAt: name, States: { [name]: task({ Arguments: name }) } });
  const parallel = {
    StartAt: 'P',
    States: { P: { Type: 'Parallel', Branches: ['A', 'B', 'C'].map(branch), End: true } },
  };

  test('those that did not end well', async () => {
    const run = await started(parallel, once('B'));
    await run.tell({ kind: 'redriven' });
    expect(run.calls).toEqual(['A "A"', 'B "B"', 'C "C"', 'B "B"', 'C "C"']);
    expect(run.outcome).toEqual({ status: 'SUCCEEDED', output: ['A', 'B', 'C'] });
  });

  test('all, when the state failed because its data were too large', async () => {
    const large = (attempt: string): object => ({
      ...parallel.States.P,
      Output: `{% $states.context.Execution.RedriveCount = 0 ? $pad("", 300000, "x") : ${attempt} %}`,
    });
    const run = await started({ StartAt: 'P', States: { P: large('"small"') } }, () => false);
    expect(run.outcome).toMatchObject({ error: 'States.DataLimitExceeded' });
    await run.tell({ kind: 'redriven' });
    expect(run.calls).toHaveLength(6);
    expect(run.outcome).toEqual({ status: 'SUCCEEDED', output: 'small' });
  });

  test('all, when the data of a branch were too large', async () => {
    const Output = '{% $states.context.Execution.RedriveCount = 0 ? $pad("", 300000, "x") : "small" %}';
    const large = { StartAt: 'L', States: { L: { Type: 'Pass', Output, End: true } } };
    const slow = { StartAt: 'W', States: { W: task({ Next: 'L2', End: undefined }), L2: large.States.L } };
    const run = await started(
      { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [branch('A'), slow], End: true } } },
      () => false,
    );
    expect(run.outcome).toMatchObject({ error: 'States.DataLimitExceeded' });
    await run.tell({ kind: 'redriven' });
    expect(run.calls.filter((call) => call.startsWith('A'))).toHaveLength(2);
    expect(run.outcome).toEqual({ status: 'SUCCEEDED', output: ['A', 'small'] });
  });

  test('nothing of a branch that was done, or done with a state, when another one failed', async () => {
    const fail = { StartAt: 'F', States: { F: { Type: 'Fail' } } };
    const one = { StartAt: 'X', States: { X: { Type: 'Pass', End: true } } };
    const two = { StartAt: 'Y', States: { Y: { Type: 'Pass', Next: 'Z' }, Z: { Type: 'Pass', End: true } } };
    const run = await started(
      { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [fail, one, two], End: true } } },
      () => false,
    );
    await run.tell({ kind: 'redriven' });
    const entered = run.events.map(({ stateEnteredEventDetails: details }) => details?.['name']);
    const times = (name: string): number => entered.filter((each) => each === name).length;
    expect([times('F'), times('X'), times('Y'), times('Z')]).toEqual([2, 1, 1, 1]);
    expect(run.events.filter(({ stateExitedEventDetails: details }) => details?.['name'] === 'X')).toHaveLength(1);
    expect(run.events.filter(({ stateExitedEventDetails: details }) => details?.['name'] === 'Y')).toHaveLength(1);
  });

  test('only the last attempt, when the state was retried', async () => {
    const P = { ...parallel.States.P, Retry: [{ ErrorEquals: ['Storm'], MaxAttempts: 1 }] };
    const run = await started({ StartAt: 'P', States: { P } }, (call, attempt) =>
      attempt === 2 ? 'silent' : call.startsWith('A') && attempt === 1,
    );
    await run.tell({ kind: 'stopped' });
    const before = run.calls.length;
    await run.tell({ kind: 'redriven' });
    expect(run.calls.slice(before)).toEqual(['A "A"', 'B "B"', 'C "C"']);
    expect(run.outcome).toEqual({ status: 'SUCCEEDED', output: ['A', 'B', 'C'] });
  });

  test('an iteration that was called for while another one failed', async () => {
    const Output =
      '{% $states.input = "bad" and $states.context.Execution.RedriveCount = 0 ? $error("storm") : $states.input %}';
    const ItemProcessor = { StartAt: 'T', States: { T: { Type: 'Pass', Output, End: true } } };
    const M = { Type: 'Map', MaxConcurrency: 2, ItemProcessor, End: true };
    const run = await started({ StartAt: 'M', States: { M } }, () => false, ['bad', 'good', 'late']);
    expect(run.outcome?.status).toBe('FAILED');
    await run.tell({ kind: 'redriven' });
    expect(run.outcome).toEqual({ status: 'SUCCEEDED', output: ['bad', 'good', 'late'] });
  });

  test('those that had not begun', async () => {
    const map = {
      StartAt: 'M',
      States: {
        M: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: { StartAt: 'T', States: { T: task() } }, End: true },
      },
    };
    const run = await started(map, once('T 2'), [1, 2, 3]);
    expect(run.calls).toEqual(['T 1', 'T 2']);
    await run.tell({ kind: 'redriven' });
    expect(run.calls).toEqual(['T 1', 'T 2', 'T 2', 'T 3']);
    expect(run.outcome).toEqual({ status: 'SUCCEEDED', output: [1, 2, 3] });
  });
});

/** Part of a machine. Its state names begin with `name`. */
type Called = (name: string) => object;

/** Machines of tasks one after the other, side by side and for each of some items, in one another. */
const blocks = fc.letrec<{ block: Called; state: Called }>((tie) => ({
  block: fc.array(tie('state'), { minLength: 1, maxLength: 3 }).map((states) => (name: string) => ({
    StartAt: `${name}0`,
    States: Object.fromEntries(
      states.map((state, i) => [
        `${name}${i}`,
        { ...state(`${name}${i}`), ...(i < states.length - 1 ? { Next: `${name}${i + 1}` } : { End: true }) },
      ]),
    ),
  })),
  state: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc
      .nat(20)
      .map((id) => () => ({ ...task({ End: undefined }), Arguments: `{% {"was": $states.input, "id": ${id}} %}` })),
    fc.constant(() => ({ Type: 'Pass', Output: '{% [$states.input] %}' })),
    fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((branches) => (name: string) => ({
      Type: 'Parallel',
      Branches: branches.map((branch, i) => branch(`${name}.${i}.`)),
    })),
    fc.tuple(tie('block'), fc.nat(2)).map(([processor, MaxConcurrency]) => (name: string) => ({
      Type: 'Map',
      Items: '{% [{"n": 1, "of": $states.input}, {"n": 2}, {"n": 3}] %}',
      MaxConcurrency,
      ItemProcessor: processor(`${name}.`),
    })),
  ),
}));
const machines = blocks.block.map((block) => block(''));

test('whatever fails, and however often, redriven until it succeeds it comes to what it would have come to', async () => {
  await fc.assert(
    fc.asyncProperty(machines, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), async (definition, failures) => {
      const undisturbed = await started(definition, () => false);
      const times = new Map<string, number>();
      const fails = (call: string, attempt: number): boolean => {
        if (!times.has(call)) times.set(call, failures.next().value % 4 === 3 ? 1 : 0);
        return attempt <= (times.get(call) ?? 0);
      };
      const run = await started(definition, fails);
      for (let redrives = 0; run.outcome?.status === 'FAILED' && redrives < 200; redrives++) {
        await run.tell({ kind: 'redriven' });
      }
      expect(run.outcome).toEqual(undisturbed.outcome);
      const ids = run.events.map(({ id }) => id);
      expect(ids).toEqual(ids.map((_, i) => i + 1));
      const done = (all: Driven): number => all.types.filter((type) => type === 'TaskStateExited').length;
      expect(done(run)).toBe(done(undisturbed));
    }),
    { numRuns: 150 },
  );
});

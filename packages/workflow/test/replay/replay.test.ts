import { readdirSync, readFileSync } from 'node:fs';
import { isObject, type Json, type JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { runCase } from '../../src/cases/run-case.ts';
import type { HistoryEvent } from '../../src/execution/history.ts';
import { type RecordedEvent, type Recording, replay } from '../../src/replay/replay.ts';
import { identity, simulate, type World } from '../simulate.ts';

const place = 'arn:aws:states:us-east-1:111111111111';

const detailsOf = (event: HistoryEvent): JsonObject =>
  Object.values(event).find((value: Json) => isObject(value)) ?? {};

const recordedOf = (events: readonly HistoryEvent[]): readonly RecordedEvent[] =>
  events.map((event) => ({
    ...{ id: event.id, previous: event.previousEventId, at: event.timestamp * 1_000, type: event.type },
    details: detailsOf(event),
  }));

type Mocks = Parameters<typeof runCase>[0]['mocks'];

/** A history that the engine has recorded. */
async function recordingOf(definition: JsonObject, input: Json, mocks: Mocks = {}): Promise<Recording> {
  const report = await runCase({ name: 'case', type: 'STANDARD', definition, input, mocks });
  if (report.status === 'REFUSED') throw new Error(report.cause);
  const events = recordedOf(report.events);
  const identity = {
    ...{
      executionArn: `${place}:execution:case:1`,
      name: '1',
      roleArn: '',
      stateMachineArn: `${place}:stateMachine:case`,
    },
    ...{ stateMachineName: 'case', startedAt: events[0]?.at ?? 0 },
  };
  return { definition, input, identity, events };
}

const task = (more: JsonObject): JsonObject => ({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', ...more });

const machine: JsonObject = {
  QueryLanguage: 'JSONata',
  StartAt: 'Call',
  States: {
    Call: task({
      Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
      Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
      Output: '{% $states.result.Payload %}',
      Next: 'Wait',
    }),
    Wait: { Type: 'Wait', Seconds: 60, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: { Type: 'Pass', Output: 1, End: true } } },
        {
          StartAt: 'Right',
          States: {
            Right: task({ TimeoutSeconds: 10, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }], End: true }),
            Late: { Type: 'Pass', Output: 2, End: true },
          },
        },
      ],
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true } },
      },
      End: true,
    },
  },
};
const mocks: Mocks = {
  Call: [{ error: 'Lambda.TooManyRequestsException' }, { output: { Payload: 'done' } }],
  Right: [{ error: 'States.Timeout' }],
};
const recording = await recordingOf(machine, { place: 'Bern' }, mocks);
const { events } = recording;

const endOf = (all: readonly RecordedEvent[]): RecordedEvent => {
  const last = all.at(-1);
  if (!last) throw new Error('expected events');
  return last;
};

const changed = (type: string, details: JsonObject): readonly RecordedEvent[] => {
  const at = events.findIndex((event) => event.type === type);
  return events.map((event, index) => (index === at ? { ...event, details: { ...event.details, ...details } } : event));
};

/** The definition with other texts. */
const edited = (from: string, to: string): JsonObject =>
  JSON.parse(JSON.stringify(machine).replace(from, to)) as JsonObject;

describe('a recorded history, replayed', () => {
  test('is the same, whatever its tasks answered and however long it waited', async () => {
    expect(events.length).toBeGreaterThan(30);
    expect(await replay(recording)).toEqual({ same: events.length });
  });

  test('is the same where branches were recorded in another order, with other roles and with other spaces in JSON', async () => {
    const isLeft = ({ details }: RecordedEvent): boolean => details['name'] === 'Left';
    const begun = events.findIndex(({ type }) => type === 'ParallelStateStarted') + 1;
    const ended = events.findIndex(({ type }) => type === 'TaskTimedOut');
    const both = events.slice(begun, ended);
    // The first branch runs after the other one has begun its task.
    const order = [
      ...events.slice(0, begun),
      ...both.filter((event) => !isLeft(event)),
      ...both.filter(isLeft),
      ...events.slice(ended),
    ];
    const ids = new Map([[0, 0], ...order.map(({ id }, index) => [id, index + 1] as const)]);
    const other = order.map((event) => ({
      ...event,
      id: ids.get(event.id) ?? 0,
      previous: ids.get(event.previous) ?? 0,
      ...(event.type === 'ExecutionStarted' && { details: { roleArn: 'another', input: '{ "place" :"Bern"}' } }),
    }));
    expect(other.map(({ type }) => type)).not.toEqual(events.map(({ type }) => type));
    expect(await replay({ ...recording, events: other })).toEqual({ same: events.length });
  });

  test('that is not over is the same so far', async () => {
    for (let count = 2; count < events.length; count += 1) {
      const { difference } = await replay({ ...recording, events: events.slice(0, count) });
      expect(difference).toBeUndefined();
    }
  });

  test.each([
    [
      'another input of a state',
      { events: changed('WaitStateEntered', { input: '"other"' }) },
      { field: 'input', recorded: '"other"', replayed: '"done"' },
    ],
    [
      'other arguments',
      { definition: edited('"FunctionName":"f"', '"FunctionName":"g"') },
      { event: 3, field: 'parameters' },
    ],
    [
      'another state',
      { definition: edited('"Type":"Wait","Seconds":60', '"Type":"Pass"') },
      { field: 'type', recorded: 'WaitStateEntered Wait', replayed: 'PassStateEntered Wait' },
    ],
    [
      'no retry',
      { definition: edited('"MaxAttempts":1', '"MaxAttempts":0') },
      { field: 'type', recorded: 'TaskScheduled', replayed: 'ExecutionFailed' },
    ],
    ['another catcher', { definition: edited('"States.Timeout"', '"States.TaskFailed"') }, { field: 'type' }],
    [
      'another output in the end',
      { definition: edited('* 2', '* 3') },
      { field: 'output', recorded: '2', replayed: '3' },
    ],
    ['another input', { input: { place: 'Basel' } }, { event: 1, field: 'input' }],
    ['an end too early', { events: [...events.slice(0, 9), { ...endOf(events), id: 10, previous: 9 }] }, { event: 10 }],
  ] as const)('differs first where there is %s', async (_name, change, difference) => {
    const found = await replay({ ...recording, ...change });
    expect(found.difference).toMatchObject(difference);
    expect(found.same).toBeLessThan(events.length);
  });

  test('ends where a task has no output, because the history was exported without data', async () => {
    const without = events.map((event) => (event.type === 'TaskSucceeded' ? { ...event, details: {} } : event));
    expect((await replay({ ...recording, events: without })).unknown).toContain('without execution data');
  });

  test('takes the result of a Distributed Map from the output of its state, unless the state makes something else of it', async () => {
    const map = (more: JsonObject): JsonObject => ({
      StartAt: 'Fan out',
      States: {
        'Fan out': {
          Type: 'Map',
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
            StartAt: 'Item',
            States: { Item: { Type: 'Pass', End: true } },
          },
          ...more,
          End: true,
        },
      },
    });
    const plain = await recordingOf(map({}), [1, 2]);
    expect(await replay(plain)).toEqual({ same: plain.events.length });
    // AWS sometimes names the start of the Map Run as the cause of the exit.
    const started = plain.events.find(({ type }) => type === 'MapRunStarted')?.id ?? 0;
    const other = plain.events.map((event) =>
      event.type === 'MapStateExited' ? { ...event, previous: started } : event,
    );
    expect(await replay({ ...plain, events: other })).toEqual({ same: plain.events.length });
    const shaped = await recordingOf(map({ ResultSelector: { 'all.$': '$' } }), [1, 2]);
    const { unknown, same } = await replay(shaped);
    expect(unknown).toContain('the state "Fan out" is a Distributed Map with ResultSelector');
    expect(same).toBeLessThan(shaped.events.length);
  });

  test('needs a definition', async () => {
    await expect(replay({ ...recording, definition: {} })).rejects.toThrow(RangeError);
  });
});

interface Case extends World {
  readonly definition: JsonObject;
  readonly input?: Json;
}

const folder = new URL('../cases/', import.meta.url);

/** Values that another run has otherwise, and the name of an execution, which these recordings do not have. */
const byChance = /\$random|\$uuid|\$now|\$millis|States.UUID|MathRandom|Task.Token|context.Execution|\$\$/;

describe.each(readdirSync(folder))('the cases of %s', (file) => {
  const cases = Object.values(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, Case>);
  const QueryLanguage = file.startsWith('jsonpath-') ? 'JSONPath' : 'JSONata';
  const steady = cases.filter((each) => !byChance.test(JSON.stringify(each.definition)));

  test('are the same once more, or say why they cannot be', async () => {
    expect(steady.length).toBeGreaterThan(0);
    for (const each of steady) {
      const definition: JsonObject = { QueryLanguage, ...each.definition };
      const { events: history } = await simulate(definition, each.input ?? {}, each);
      if (history.length > 2_000) continue;
      const own = history.map((event) => ({ ...event, timestamp: event.timestamp / 1_000 }));
      const found = await replay({ identity, definition, input: each.input ?? {}, events: recordedOf(own) });
      expect({ definition, found: found.difference }).toEqual({ definition, found: undefined });
      if (found.unknown === undefined) expect(found.same).toBe(history.length);
    }
  });
});

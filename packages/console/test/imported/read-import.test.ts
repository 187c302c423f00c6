import { describe, expect, test } from 'vitest';
import { type ImportedText, readImport, type ImportResult } from '../../src/imported/read-import.ts';
import { eventRows } from '../../src/models/events.ts';
import { describedExecution, describedMachine, printed, recorded as events } from './recorded.ts';

/** The result without a pause. */
function importOf(...texts: readonly (string | ImportedText)[]): ImportResult {
  const named = texts.map((text, index) =>
    typeof text === 'string' ? { name: `file-${index + 1}.json`, text } : text,
  );
  const steps = readImport(named);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function shown(...texts: readonly (string | ImportedText)[]) {
  const result = importOf(...texts);
  if (!result.ok) throw new Error(result.problem);
  return result.imported.snapshot;
}

function problem(...texts: readonly (string | ImportedText)[]): string {
  const result = importOf(...texts);
  return result.ok ? 'no problem' : result.problem;
}

const whole = printed(events);
const half = events.length >> 1;
const ids = (text: ReturnType<typeof shown>, at = 0): readonly number[] =>
  eventRows(text.events[at] ?? never()).map(({ id }) => id);
const never = (): never => {
  throw new Error('expected events');
};
const all = events.map(({ id }) => id);

describe('a recorded history', () => {
  test('is an execution whose name nobody knows, with a chain of its states', () => {
    const { executions, graphs, simulated, title, cut } = shown({ name: 'my run.json', text: whole });
    expect(executions).toMatchObject([
      { status: 'SUCCEEDED', name: 'my-run', account: 'unknown', title: 'my-run', output: '[2,4,6]', error: null },
    ]);
    expect(JSON.parse(executions[0]?.input ?? '')).toEqual({ place: 'Bern' });
    expect(simulated).toBe(false);
    expect(title).toBe('Recorded, imported: my-run');
    expect(cut).toEqual([]);
    const states = graphs[0]?.nodes.filter(({ kind }) => kind === 'state').map(({ name }) => name);
    expect(states).toEqual(['Set up', 'Call', 'Again?', 'Pause', 'Both', 'Left', 'Right', 'Each', 'Item']);
    expect(graphs[0]?.edges).toHaveLength(9);
  });

  test.each([
    [
      'its pages follow each other in a text',
      () => [printed(events.slice(0, half), { NextToken: 'abc' }) + printed(events.slice(half))],
    ],
    [
      'its pages are files in the wrong order',
      () => [printed(events.slice(half)), printed(events.slice(0, half), { nextToken: 'abc' })],
    ],
    ['the newest event comes first', () => [printed([...events].reverse())]],
    ['its events are in no order', () => [printed([...events.slice(half), ...events.slice(0, half)])]],
    ['its timestamps are seconds', () => [JSON.stringify({ events })]],
    [
      'its timestamps are milliseconds',
      () => [JSON.stringify({ events: events.map((each) => ({ ...each, timestamp: each.timestamp * 1_000 })) })],
    ],
    ['only the list of events was printed', () => [JSON.stringify(events)]],
    ['it begins with a byte order mark', () => [`\ufeff\r\n${whole}\n`]],
    ['a page comes twice', () => [whole, printed(events.slice(half))]],
  ])('is the same where %s', (_name, texts) => {
    const { events: columns, executions } = shown(...texts());
    const { executions: plain, events: expected } = shown(whole);
    expect(columns).toEqual([{ ...expected[0], execution: columns[0]?.execution }]);
    expect(executions[0]?.startedAt).toBe(plain[0]?.startedAt);
    expect(executions[0]?.stoppedAt).toBe(plain[0]?.stoppedAt);
  });

  test('has name, account and definition where they are described', () => {
    const result = importOf(describedMachine(), whole, describedExecution(events));
    if (!result.ok) throw new Error(result.problem);
    expect(result.imported.snapshot.executions).toMatchObject([
      { arn: 'arn:aws:states:eu-central-1:111111111111:execution:wind:run-7', account: '111111111111', title: 'wind' },
    ]);
    expect(result.imported.executions[0]?.definition).toHaveProperty('StartAt', 'Set up');
  });

  test('has the definition that is alone with it', () => {
    const result = importOf(whole + describedMachine());
    expect(result.ok && result.imported.executions[0]?.definition).toHaveProperty('StartAt', 'Set up');
  });

  test('is one of several, each with its own description', () => {
    const later = events.map((event) => ({ ...event, timestamp: event.timestamp + 60 }));
    const snapshot = shown(printed(later), describedExecution(events), whole);
    expect(snapshot.executions.map(({ name }) => name)).toEqual(['run-7', 'file-1']);
    expect([ids(snapshot), ids(snapshot, 1)]).toEqual([all, all]);
  });

  test('that has not ended runs', () => {
    const { executions, at } = shown(printed(events.slice(0, 8)));
    expect(executions).toMatchObject([{ status: 'RUNNING', stoppedAt: null }]);
    expect(at).toBe((events[7]?.timestamp ?? 0) * 1_000);
  });
});

describe('a note says', () => {
  test.each([
    [
      'which events are missing',
      () => [printed([...events.slice(0, 3), ...events.slice(5)])],
      /events 4 to 5 are missing/,
    ],
    ['that the page with the first event is missing', () => [printed(events.slice(4))], /events 1 to 4 are missing/],
    [
      'that a page follows',
      () => [printed(events.slice(0, half), { NextToken: 'abc' })],
      /events after \d+ are missing, because the output has a NextToken/,
    ],
    ['that the order was turned', () => [printed([...events].reverse())], /newest event came first/],
    ['that there was no order', () => [printed([...events.slice(half), ...events.slice(0, half)])], /not in order/],
    ['what came twice', () => [whole, whole], new RegExp(`${events.length} events came twice`)],
  ])('%s', (_name, texts, sentence) => {
    expect(shown(...texts()).cut).toEqual([expect.stringMatching(sentence)]);
  });

  test('nothing about a token where the execution has ended', () => {
    expect(shown(printed(events, { NextToken: 'abc' })).cut).toEqual([]);
  });
});

describe('a problem names what came and what was expected', () => {
  const changed = (change: object, at = 3): string =>
    JSON.stringify({ events: events.map((each, index) => (index === at ? { ...each, ...change } : each)) });
  test.each([
    ['nothing', [' \n '], 'file-1.json: it is empty; expected the JSON'],
    [
      'text',
      ['\nAn error occurred (ExecutionDoesNotExist)'],
      'file-1.json, line 2, column 1: got "An error occurred (ExecutionDoesNotExist',
    ],
    ['YAML', ['events:\n- id: 1'], 'file-1.json, line 1, column 1: got "events:"'],
    ['JSON that is cut off', [whole.slice(0, 900)], 'it was cut off, so copy all of it'],
    [
      'JSON that is cut off between two events',
      [`{"events": [${JSON.stringify(events[0])}`],
      'expected "," or "]", got the end of the text: it was cut off',
    ],
    [
      'JSON that is cut off before its first event',
      ['{"events": ['],
      'file-1.json, line 1, column 13: it is not JSON: got the end of the text: it was cut off, so copy all of it',
    ],
    ['a comma too many', ['{"events": [\n],\n}'], 'file-1.json, line 3, column 1: it is not JSON: got } after a comma'],
    [
      'a wrong value inside of an event',
      ['{"events": [{"id": 1, "type": bad}]}'],
      'file-1.json, line 1, column 13: it is not JSON',
    ],
    [
      'a name without quotes',
      ['{events: []}'],
      'file-1.json, line 1, column 2: it is not JSON: expected a name in double quotes',
    ],
    ['no events', ['{"events": []}'], 'file-1.json: expected events, got an empty list'],
    ['an object of somebody else', ['{"a": 1, "b": {}}'], 'got an object with the keys "a", "b"'],
    ['an empty object', ['{}'], 'got an object with no key'],
    ['list-executions', ['{"executions": []}'], 'got the output of list-executions'],
    ['start-execution', ['{"executionArn": "a", "startDate": 1}'], 'got the output of start-execution'],
    ['logs', ['{"events": [{"timestamp": 1, "message": "{}"}]}'], 'the logs of Express executions are not supported'],
    [
      'a description alone',
      [describedMachine()],
      'file-1.json: no history is there: add the output of `aws stepfunctions get-execution-history`',
    ],
    ['an id twice', [changed({ id: 3 })], 'file-1.json: expected each id once, got 3 in events[2] and in events[3]'],
    [
      'an id that is text',
      [changed({ id: '4' })],
      'file-1.json, events[3].id: expected a whole number from 1 on, got "4"',
    ],
    ['an event that is text', ['{"events": ["a"]}'], 'file-1.json, events[0]: expected an event, got "\\"a\\""'],
    [
      'no type',
      [changed({ type: undefined })],
      'events[3].type: expected a type of event such as "TaskScheduled", got "nothing"',
    ],
    [
      'a wrong previous id',
      [changed({ previousEventId: -1 })],
      'events[3].previousEventId: expected the id of an event, got "-1"',
    ],
    [
      'a time without a zone',
      [changed({ timestamp: '2026-11-27 05:30:20' })],
      'events[3].timestamp: expected seconds since the epoch or a time such as',
    ],
    [
      'a redriven execution',
      [changed({ type: 'ExecutionRedriven' })],
      'the history of a redriven execution is not supported',
    ],
    [
      'an Express state machine',
      [describedMachine().replace('STANDARD', 'EXPRESS'), whole],
      'file-1.json: an EXPRESS state machine has no histories',
    ],
    [
      'a definition that is none',
      [describedMachine().replace('\\"States\\"', '\\"x\\"'), whole],
      'file-1.json, definition: expected the JSON text of a state machine',
    ],
    [
      'the description of another execution',
      [describedExecution(events).replaceAll('2026', '2025'), whole],
      'file-1.json: no history begins at 2025-01-01T00:00:00.000Z, as run-7 does',
    ],
  ])('%s', (_name, texts, message) => {
    expect(problem(...texts)).toContain(message);
  });

  test('which of two histories a page goes on with, where both do', () => {
    const other = events.slice(0, half).map((event) => ({ ...event, timestamp: event.timestamp + 60 }));
    expect(problem(printed(events.slice(0, half)), printed(other), printed(events.slice(half)))).toContain(
      'as two histories do: import them one after the other',
    );
  });
});

test('a long history is read in short slices', () => {
  const many = Array.from({ length: 25_000 }, (_, index) => ({
    ...{ id: index + 1, previousEventId: index, timestamp: 1_796_000_000 + index, type: 'PassStateEntered' },
    stateEnteredEventDetails: { name: `State ${index % 50}`, input: JSON.stringify({ text: 'x"'.repeat(200) }) },
  }));
  const steps = readImport([{ name: 'long.json', text: JSON.stringify({ events: many }) }]);
  let slices = 0;
  while (!steps.next().done) slices += 1;
  expect(slices).toBeGreaterThan(25_000);
});

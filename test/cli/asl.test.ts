import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCases } from '@crosswind/workflow/cases/read-cases';
import { parseCaseFile } from '../../cli/case-file.ts';
import type { CaseReport } from '@crosswind/workflow/cases/run-case';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind } from './crosswind.ts';
import type { Finished } from './crosswind.ts';

interface AslRun extends Finished {
  readonly file: string;
  readonly text: string | undefined;
  readonly reports: readonly CaseReport[];
}

/** Runs a file with these cases, or with some other text. */
async function aslRun(cases: readonly object[] | string): Promise<AslRun> {
  const directory = temporaryDirectory();
  const [file, report] = [join(directory, 'cases.json'), join(directory, 'report.json')];
  writeFileSync(file, typeof cases === 'string' ? cases : JSON.stringify(cases, null, 2));
  const finished = await crosswind('asl', '--cases', file, '--report', report);
  const text = existsSync(report) ? readFileSync(report, 'utf8') : undefined;
  return { ...finished, file, text, reports: JSON.parse(text ?? '[]') as CaseReport[] };
}

const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
/** Parallels inside of each other. */
const nested = (depth: number): object => {
  let inner: object = machine({ Type: 'Pass', End: true });
  for (let n = 0; n < depth; n++)
    inner = { StartAt: `P${n}`, States: { [`P${n}`]: { Type: 'Parallel', Branches: [inner], End: true } } };
  return inner;
};
const machine = (state: object, rest: object = {}): object => ({ StartAt: 'S', States: { S: state }, ...rest });
const wait = machine({ Type: 'Wait', Seconds: 86_400, End: true });
const silence = { ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Silent' };
const listening = {
  StartAt: 'S',
  States: {
    S: { ...invoke, TimeoutSeconds: 60, HeartbeatSeconds: 10, Catch: [silence] },
    Silent: { Type: 'Pass', End: true },
  },
};
const waiting = { ...invoke, Resource: `${invoke.Resource}.waitForTaskToken` };
const dig = { ...invoke, Resource: 'arn:aws:states:us-east-1:111111111111:activity:dig' };
const retrying = { ...invoke, Retry: [{ ErrorEquals: ['Gust'], IntervalSeconds: 60 }] };
const listing = { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'b' } };
const each = {
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: 'C',
    States: { C: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
  },
  End: true,
};

/** Case file entry and expected report of each case, by its name. */
const cases: Readonly<Record<string, readonly [given: object, expected: object]>> = {
  'a machine whose mocks are null': [
    { definition: wait, mocks: null },
    { status: 'SUCCEEDED', output: {} },
  ],
  'a machine without mocks': [
    { definition: wait, input: { a: 1 } },
    { status: 'SUCCEEDED', output: { a: 1 } },
  ],
  'an Express machine, which has five minutes': [
    { type: 'EXPRESS', definition: wait },
    { status: 'TIMED_OUT', error: 'States.Timeout' },
  ],
  'an Express machine that waits for a token': [
    { type: 'EXPRESS', definition: machine(waiting) },
    { status: 'REFUSED', cause: expect.stringContaining('cannot be used in an Express workflow') as string },
  ],
  'a machine nested without end': [
    { definition: nested(400) },
    { status: 'REFUSED', cause: expect.stringContaining('nested deeper than 1000 levels') as string },
  ],
  'the children of a Map whose items are mocked': [
    {
      definition: machine({ ...each, ItemReader: listing }),
      mocks: { S: [{ items: [{ Key: 'a' }, { Key: 'b' }] }], C: [{ output: 1 }, { output: 2 }] },
    },
    { status: 'SUCCEEDED', output: [1, 2] },
  ],
  'a child that fails in a Map whose items are mocked': [
    {
      definition: machine({ ...each, ItemReader: listing }),
      mocks: { S: [{ items: [{ Key: 'a' }] }], C: [{ error: 'Gust' }] },
    },
    {
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    },
  ],
  'items for a Task': [
    { definition: machine(invoke), mocks: { S: [{ items: [] }] } },
    { status: 'REFUSED', cause: 'mocks.S: only a Distributed Map takes items' },
  ],
  'a definition as text, and no input': [{ definition: JSON.stringify(wait) }, { status: 'SUCCEEDED', output: {} }],
  'an input as text': [
    { definition: wait, input: '[1, 2]' },
    { status: 'SUCCEEDED', output: [1, 2] },
  ],
  'an input that is a word': [
    { definition: wait, input: 'wind' },
    { status: 'SUCCEEDED', output: 'wind' },
  ],
  'a machine that fails': [
    { definition: machine({ Type: 'Fail', Error: 'Calm', Cause: 'no wind' }) },
    { status: 'FAILED', error: 'Calm', cause: 'no wind' },
  ],
  'a machine that takes too long': [
    { definition: { ...wait, TimeoutSeconds: 60 } },
    { status: 'TIMED_OUT', error: 'States.Timeout' },
  ],
  'one answer for each attempt': [
    { definition: machine(retrying), mocks: { S: [{ error: 'Gust', cause: '80 kn' }, { output: 7 }] } },
    { status: 'SUCCEEDED', output: 7 },
  ],
  'the last answer again and again': [
    { definition: machine(retrying), mocks: { S: [{ error: 'Gust', cause: '80 kn' }] } },
    { status: 'FAILED', error: 'Gust', cause: '80 kn' },
  ],
  'a timeout of a Task that has one': [
    { definition: machine({ ...invoke, TimeoutSeconds: 60 }), mocks: { S: [{ error: 'States.Timeout' }] } },
    { status: 'FAILED', error: 'States.Timeout' },
  ],
  'a timeout of a Task whose worker sends heartbeats': [
    {
      definition: listening,
      mocks: { S: [{ error: 'States.Timeout' }] },
    },
    { status: 'FAILED', error: 'States.Timeout' },
  ],
  'a heartbeat that stays out': [
    {
      definition: listening,
      mocks: { S: [{ error: 'States.HeartbeatTimeout' }] },
    },
    { status: 'SUCCEEDED', output: { Error: 'States.Timeout', Cause: '' } },
  ],
  'a heartbeat timeout of a Task that has no heartbeat': [
    { definition: machine(invoke), mocks: { S: [{ error: 'States.HeartbeatTimeout' }] } },
    { status: 'FAILED', error: 'States.HeartbeatTimeout' },
  ],
  'a token that somebody sends back': [
    { definition: machine(waiting), mocks: { S: [{ output: 'yes' }] } },
    { status: 'SUCCEEDED', output: 'yes' },
  ],
  'a token that is sent back with an error': [
    { definition: machine(waiting), mocks: { S: [{ error: 'No', cause: 'by hand' }] } },
    { status: 'FAILED', error: 'No', cause: 'by hand' },
  ],
  'an activity whose worker answers': [
    { definition: machine(dig), mocks: { S: [{ output: 'gold' }] } },
    { status: 'SUCCEEDED', output: 'gold' },
  ],
  'an activity whose worker falls silent': [
    { definition: machine({ ...dig, HeartbeatSeconds: 5 }), mocks: { S: [{ error: 'States.HeartbeatTimeout' }] } },
    { status: 'FAILED', error: 'States.Timeout' },
  ],
  'a Distributed Map over its input': [
    { definition: machine(each), input: [1, 2], mocks: { C: [{ output: 'a' }, { output: 'b' }] } },
    { status: 'SUCCEEDED', output: ['a', 'b'] },
  ],
  'a Distributed Map over a bucket, mocked as a whole': [
    { definition: machine({ ...each, ItemReader: listing }), mocks: { S: [{ output: ['x'] }] } },
    { status: 'SUCCEEDED', output: ['x'] },
  ],
  'a Distributed Map that fails as a whole': [
    {
      definition: machine({ ...each, ItemReader: listing }),
      mocks: { S: [{ error: 'States.ItemReaderFailed', cause: 'no bucket' }] },
    },
    { status: 'FAILED', error: 'States.ItemReaderFailed', cause: 'no bucket' },
  ],
  'a Task without a mock': [
    { definition: machine(invoke) },
    { status: 'REFUSED', cause: 'state "S" needs a mock: it calls arn:aws:states:::lambda:invoke' },
  ],
  'a Distributed Map over a bucket without a mock': [
    { definition: machine({ ...each, ItemReader: listing }) },
    { status: 'REFUSED', cause: 'state "S" needs a mock: it reads its items from S3' },
  ],
  'a mock for no state': [
    { definition: wait, mocks: { T: [{ output: 1 }] } },
    { status: 'REFUSED', cause: 'mocks.T: there is no such state', events: [] },
  ],
  'a mock for a state that does not call anything': [
    { definition: wait, mocks: { S: [{ output: 1 }] } },
    { status: 'REFUSED', cause: 'mocks.S: only a Task and a Distributed Map take a mock', events: [] },
  ],
  'a definition that cannot run': [
    { definition: machine({ Type: 'Jump', End: true }) },
    { status: 'REFUSED', cause: 'States.S.Type: must be a type of state, got "Jump"', events: [] },
  ],
};

describe('crosswind asl', () => {
  const file = Object.entries(cases).map(([name, [given]]) => ({ name, ...given }));
  const ran = aslRun(file);

  test.each(Object.entries(cases))('%s', async (name, [, expected]) => {
    const { reports } = await ran;
    const { events, ...report } = reports.find((one) => one.name === name) ?? { events: undefined };
    expect({ ...report, ...('events' in expected && { events }) }).toEqual({ name, ...expected });
  });

  test('counts what it ran, in the order of the file', async () => {
    const { code, stdout, reports } = await ran;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^31 cases run, 8 of them refused: .*report\.json\n$/);
    expect(reports.map(({ name }) => name)).toEqual(Object.keys(cases));
  });

  test('writes the history as GetExecutionHistory does, the input as it was written, time in seconds', async () => {
    const { reports } = await ran;
    const { events = [] } = reports.find(({ name }) => name === 'an input as text') ?? {};
    const [input, output] = ['[1, 2]', '[1,2]'];
    const details = { inputDetails: { truncated: false } };
    const exited = { output, outputDetails: { truncated: false } };
    const started = { input, ...details, roleArn: 'arn:aws:iam::111111111111:role/case' };
    expect(events).toMatchObject([
      { id: 1, previousEventId: 0, timestamp: 1_767_225_600, executionStartedEventDetails: started },
      { id: 2, previousEventId: 0, type: 'WaitStateEntered', stateEnteredEventDetails: { name: 'S', input } },
      { id: 3, previousEventId: 2, timestamp: 1_767_312_000, stateExitedEventDetails: { name: 'S', ...exited } },
      { id: 4, previousEventId: 3, type: 'ExecutionSucceeded', executionSucceededEventDetails: exited },
    ]);
  });

  test('tells of a task that is refused as far as it came', async () => {
    const { reports } = await ran;
    const { events = [] } = reports.find(({ name }) => name === 'a Task without a mock') ?? {};
    expect(events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled']);
  });

  test('writes the same report each time, byte by byte', async () => {
    expect((await aslRun(file)).text).toBe((await ran).text);
  });

  test('leaves other keys of a case alone, such as what somebody expects', async () => {
    const definition = machine({ Type: 'Succeed' });
    const { code, reports } = await aslRun([{ name: 'a', definition, expected: 'SUCCEEDED' }]);
    expect([code, reports[0]?.status]).toEqual([0, 'SUCCEEDED']);
  });

  test.each<[what: string, text: string, problem: string]>([
    ['what is no JSON', '[\n  {,', ':2:4 is not JSON: '],
    ['half a file', '[', ':1:2 is not JSON: '],
    ['a comma too many', '[\n  1,\n]', ':3:1 is not JSON: '],
    ['a second document', '[] []', ':1:4 is not JSON: '],
    ['a word that is none', '[\n tru, 1]', ':2:5 is not JSON: '],
    ['what is no list', '{}', ':1:1 the file: '],
    ['a case without a name', '[\n  { "definition": {} }\n]', ':2:3 [0].name: '],
    [
      'a definition that is none',
      '[{ "name": "a", "definition": 7 }]',
      ':1:31 [0].definition: expected an object, or its text',
    ],
    ['a mock without an answer', '[{ "name": "a", "definition": {}, "mocks": { "S": [] } }]', ':1:51 [0].mocks.S: '],
    [
      'an answer that is two',
      '[{ "name": "a", "definition": {}, "mocks": { "S": [{ "output": 1, "error": "E" }] } }]',
      ':1:52 [0].mocks.S[0]: expected either output, or error and cause, or items of a Distributed Map',
    ],
  ])('says of %s where it stands', (_, text, problem) => {
    expect(() => parseCaseFile('cases.json', text, readCases)).toThrow(`cases.json${problem}`);
  });

  test('writes no report when the file is wrong', async () => {
    const { code, stderr, file: path, text } = await aslRun('[{ "name": 1, "definition": {} }]');
    expect(stderr).toContain(`${path}:1:12 [0].name: `);
    expect(code).toBe(1);
    expect(text).toBeUndefined();
  });

  test('needs a file that is there, and a place for the report', async () => {
    const missing = await crosswind('asl', '--cases', 'nowhere.json', '--report', 'report.json');
    expect(missing.stderr).toContain('cannot read nowhere.json: expected a JSON file of cases (ENOENT');
    expect(missing.code).toBe(1);
    const there = join(temporaryDirectory(), 'cases.json');
    writeFileSync(there, '[]');
    const nowhere = await crosswind('asl', '--cases', there, '--report', 'nowhere/report.json');
    expect(nowhere.stderr).toContain('--report cannot be written: ENOENT');
    expect(nowhere.code).toBe(1);
  });
});

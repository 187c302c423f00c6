import { describe, expect, test } from 'vitest';
import { statesOf } from '@crosswind/assembly/cross-account-starts';
import { functionsOf } from '@crosswind/assembly/functions';
import { type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';
import { aslErrors } from './asl.ts';
import { stackAt } from '../../../test/synthesized.ts';
import { synthesized } from './platform.ts';
import { childPath, machine, state } from './built.ts';

const machines = ['parent', 'child', 'import'] as const;
const tasks = machines.flatMap((which) =>
  statesOf(machine(which).definition)
    .filter(([, { Type }]) => Type === 'Task')
    .map(([name, task]) => [which, name, task] as const),
);

describe.each(machines)('the definition of the %s workflow', (which) => {
  test('is valid in the Amazon States Language', () => {
    expect(aslErrors(machine(which).definition)).toBe('');
  });

  test('is in JSONata throughout', () => {
    const { definition } = machine(which);
    expect(definition['QueryLanguage']).toBe('JSONata');
    const languages = statesOf(definition).map(([, { QueryLanguage = 'JSONata' }]) => QueryLanguage);
    expect(new Set(languages)).toEqual(new Set(['JSONata']));
    expect(JSON.stringify(definition)).not.toMatch(/"(InputPath|OutputPath|ResultPath|Parameters|\w+\.\$)":/);
  });
});

test.each([
  ['parent', 90 * 60],
  ['child', 60 * 60],
  ['import', 24 * 60 * 60],
] as const)('the %s workflow ends after %i seconds at the latest', (which, seconds) => {
  expect(machine(which).definition['TimeoutSeconds']).toBe(seconds);
});

test.each([
  ['goes to a state that is not there', { Next: 'Nowhere' }],
  ['has a field of JSONPath', { InputPath: '$.x', End: true }],
  ['has an expression that cannot be parsed', { Output: '{% $states. %}', End: true }],
])('a definition that %s is not valid', (_, fields) => {
  const definition = { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', ...fields } } };
  expect(aslErrors(definition)).not.toBe('');
});

test('the workflows have the tasks that are checked below', () => {
  expect(tasks.map(([which, name]) => `${which}: ${name}`)).toEqual([
    'parent: Start child',
    'child: Analyze a batch',
    'child: Consolidate batches',
    'child: Convert to miles per hour',
    'import: Copy a page',
  ]);
});

const retriers = (task: JsonObject): readonly JsonObject[] => listOf(task['Retry']).map(objectOf);
const errors = (retrier: JsonObject): readonly Json[] => listOf(retrier['ErrorEquals']);

/** Longest wait of a retrier: full jitter waits that long or less. */
function longestWait({ IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds = Infinity }: JsonObject): number {
  const waits = Array.from(
    { length: Number(MaxAttempts) },
    (_, attempt) => Number(IntervalSeconds) * Number(BackoffRate) ** attempt,
  );
  return waits.reduce((sum, wait) => sum + Math.min(wait, Number(MaxDelaySeconds)), 0);
}

describe('every task', () => {
  const functions = functionsOf(stackAt(synthesized().stacks, childPath));

  test.each(tasks)('of %s, %s, has a timeout', (_which, _name, task) => {
    expect(task['TimeoutSeconds']).toBeGreaterThan(0);
  });

  const invokes = tasks.filter(([, , { Resource }]) => Resource === 'arn:aws:states:::lambda:invoke');
  test.each(invokes)(
    'of %s, %s, tries again when the function is throttled, and separately when it crashes',
    (_which, name, task) => {
      const [throttled = {}, crashed = {}, ...others] = retriers(task);
      expect(throttled).toEqual({
        ErrorEquals: ['Lambda.TooManyRequestsException'],
        IntervalSeconds: 2,
        MaxAttempts: name === 'Analyze a batch' ? 11 : 31,
        MaxDelaySeconds: 10,
        BackoffRate: 2,
        JitterStrategy: 'FULL',
      });
      expect(crashed).toEqual({
        ErrorEquals: [
          'Lambda.ClientExecutionTimeoutException',
          'Lambda.ServiceException',
          'Lambda.AWSLambdaException',
          'Lambda.SdkClientException',
          'Lambda.Unknown',
          'Runtime.ExitError',
          'Sandbox.Timedout',
          'StoreUnavailable',
          'States.Timeout',
        ],
        IntervalSeconds: 1,
        MaxAttempts: 2,
        BackoffRate: 2,
        JitterStrategy: 'FULL',
      });
      expect(others).toEqual([]);
    },
  );

  test.each(invokes)('of %s, %s, does not try again what the function itself calls wrong', (_which, _name, task) => {
    const retried = retriers(task).flatMap(errors);
    expect(retried).toContain('Lambda.TooManyRequestsException');
    for (const error of ['States.ALL', 'States.TaskFailed', 'AccessDenied']) expect(retried).not.toContain(error);
  });

  test.each(invokes)('of %s, %s, waits a little longer than the function may run', (_which, _name, task) => {
    const { FunctionName: arn } = objectOf(task['Arguments']);
    const invoked = functions.find((candidate) => candidate.arn === arn);
    expect(invoked?.timeoutSeconds).toBeGreaterThan(0);
    expect(Number(task['TimeoutSeconds']) - Number(invoked?.timeoutSeconds)).toBeGreaterThanOrEqual(5);
  });
});

describe('a batch', () => {
  test('is done, or given up, before its Express execution ends after five minutes', () => {
    const analyze = state('child', 'Analyze a batch');
    const [throttled = {}, crashed = {}] = retriers(analyze);
    // A throttled call is answered at once; every other attempt may take the whole timeout.
    const attempts = 1 + Number(crashed['MaxAttempts']);
    const seconds = attempts * Number(analyze['TimeoutSeconds']) + longestWait(throttled) + longestWait(crashed);
    expect(seconds).toBeLessThan(300);
    // Another wait would not fit.
    expect(seconds + Number(throttled['MaxDelaySeconds'])).toBeGreaterThanOrEqual(295);
  });

  test('is an Express execution of up to 500 objects, which knows the execution that it belongs to', () => {
    const map = state('child', 'Analyze objects');
    expect(objectOf(map['ItemProcessor'])['ProcessorConfig']).toEqual({
      Mode: 'DISTRIBUTED',
      ExecutionType: 'EXPRESS',
    });
    expect(map['ItemBatcher']).toEqual({
      MaxItemsPerBatch: '{% $exists($states.input.batchSize) ? $states.input.batchSize : 500 %}',
      BatchInput: { execution: '{% $states.context.Execution.Name %}' },
    });
    expect(map['Label']).toBe('analyze');
  });
});

describe('the map over the objects', () => {
  test('lists the source bucket under the prefix that the parent names', () => {
    expect(state('child', 'Analyze objects')['ItemReader']).toMatchObject({
      Resource: 'arn:aws:states:::s3:listObjectsV2',
      Arguments: { Prefix: '{% $states.input.prefix %}' },
    });
  });

  test('writes its results to the other bucket, one line each', () => {
    const map = state('child', 'Analyze objects');
    const { ItemReader: reader, ResultWriter: writer } = map;
    expect(writer).toMatchObject({
      Resource: 'arn:aws:states:::s3:putObject',
      WriterConfig: { OutputType: 'JSONL', Transformation: 'COMPACT' },
      Arguments: { Prefix: "{% 'map-runs/' & $states.context.Execution.Name %}" },
    });
    const buckets = [reader, writer].map((part) => objectOf(objectOf(part)['Arguments'])['Bucket']);
    expect(new Set(buckets).size).toBe(2);
    expect(buckets[1]).toContain('weatherresults');
  });

  test('is followed by what merges and what converts', () => {
    expect(state('child', 'Analyze objects')['Next']).toBe('Consolidate batches');
    expect(state('child', 'Consolidate batches')['Next']).toBe('Convert to miles per hour');
    expect(state('child', 'Convert to miles per hour')['End']).toBe(true);
  });
});

test('the parent waits longer than the child may run, and outlives its own wait', () => {
  const child = Number(machine('child').definition['TimeoutSeconds']);
  const wait = Number(state('parent', 'Start child')['TimeoutSeconds']);
  const parent = Number(machine('parent').definition['TimeoutSeconds']);
  expect([child, wait, parent]).toEqual([3600, 4500, 5400]);
  expect(child < wait && wait < parent).toBe(true);
});

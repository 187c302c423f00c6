import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { state } from './built.ts';

/** Evaluates a `{% … %}` expression of a definition. */
async function evaluate(expression: string, states: object, variables: object = {}): Promise<unknown> {
  const [, body] = /^\{%(.*)%\}$/s.exec(expression) ?? [];
  if (body === undefined) throw new Error(`not an expression: ${expression}`);
  return jsonata(body).evaluate(undefined, { states, ...variables });
}

const argumentsOf = () => objectOf(state('parent', 'Start child')['Arguments']);

describe('the input', () => {
  const [choice] = listOf(state('parent', 'Is the input valid?')['Choices']).map(objectOf);

  test.each<[Json, boolean]>([
    [{}, true],
    [{ prefix: 'gsod/2022/' }, true],
    [{ prefix: '' }, true],
    [{ prefix: 'gsod/2022/', comment: 'hello' }, true],
    [{ prefix: 2022 }, false],
    [{ prefix: null }, false],
    [{ prefix: ['gsod/2022/'] }, false],
    [[], false],
    [[{}], false],
    ['gsod/2022/', false],
    [2022, false],
    [null, false],
  ])('%j is valid: %s', async (input, valid) => {
    expect(await evaluate(textOf(choice?.['Condition']), { input })).toBe(valid);
  });

  test('leads to the child if it is valid, else to a failure that shows it', async () => {
    expect(choice?.['Next']).toBe('Start child');
    expect(state('parent', 'Is the input valid?')['Default']).toBe('Input is not valid');
    const rejected = state('parent', 'Input is not valid');
    expect(rejected['Error']).toBe('InvalidInput');
    expect(await evaluate(textOf(rejected['Cause']), { input: { prefix: 1 } })).toBe(
      'expected {} or {"prefix":"gsod/2022/"}, got {"prefix":1}',
    );
  });
});

describe('the child execution', () => {
  const nameFor = (Execution: object) => evaluate(textOf(argumentsOf()['Name']), { context: { Execution } });
  const long = 'x'.repeat(80);

  test.each([
    ['is called as the parent is', { Name: 'monday' }, 'monday'],
    ['is called as the parent is, if that was not redriven', { Name: 'monday', RedriveCount: 0 }, 'monday'],
    ['has a name of its own for each redrive', { Name: 'monday', RedriveCount: 2 }, 'monday-redrive-2'],
    ['has a name of at most 80 characters', { Name: long, RedriveCount: 999 }, `${long.slice(0, 64)}-redrive-999`],
    ['keeps a long name', { Name: long }, long],
  ])('%s', async (_, execution, name) => {
    expect(await nameFor(execution)).toBe(name);
    expect(name.length).toBeLessThanOrEqual(80);
  });

  test.each([
    [{}, 'gsod/'],
    [{ prefix: '' }, ''],
    [{ prefix: 'gsod/2022/' }, 'gsod/2022/'],
  ])('gets the prefix of %j, and is linked to its parent', async (input, prefix) => {
    const { prefix: given, AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: starter } = objectOf(argumentsOf()['Input']);
    const states = { input, context: { Execution: { Id: 'arn:parent' } } };
    expect(await evaluate(textOf(given), states)).toBe(prefix);
    expect(await evaluate(textOf(starter), states)).toBe('arn:parent');
  });

  test('is started again when Step Functions is busy, and only then', () => {
    const [retry, ...others] = listOf(state('parent', 'Start child')['Retry']).map(objectOf);
    expect(retry).toEqual({
      ErrorEquals: [
        'StepFunctions.ExecutionLimitExceeded',
        'StepFunctions.SdkClientException',
        'StepFunctions.AWSStepFunctionsException',
      ],
      IntervalSeconds: 2,
      MaxAttempts: 4,
      BackoffRate: 2,
      JitterStrategy: 'FULL',
    });
    expect(others).toEqual([]);
  });
});

describe('the outcome', () => {
  test('of a child that succeeded is its ARN and its output', async () => {
    const { child, result } = objectOf(state('parent', 'Outcome')['Output']);
    const input = { ExecutionArn: 'arn:child', Output: { stations: 1 } };
    expect(await evaluate(textOf(child), { input })).toBe('arn:child');
    expect(await evaluate(textOf(result), { input })).toEqual({ stations: 1 });
  });

  test('of a child that failed, whatever the error, is its error and cause', async () => {
    const [caught] = listOf(state('parent', 'Start child')['Catch']).map(objectOf);
    expect(caught).toMatchObject({ ErrorEquals: ['States.ALL'], Next: 'Child failed' });
    const errorOutput = { Error: 'States.TaskFailed', Cause: 'the child failed' };
    const failure = await evaluate(textOf(objectOf(caught?.['Assign'])['failure']), { errorOutput });
    const failed = state('parent', 'Child failed');
    expect(await evaluate(textOf(failed['Error']), {}, { failure })).toBe('States.TaskFailed');
    expect(await evaluate(textOf(failed['Cause']), {}, { failure })).toBe('the child failed');
  });
});

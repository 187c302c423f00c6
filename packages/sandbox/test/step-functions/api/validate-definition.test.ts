import {
  ValidateStateMachineDefinitionCommand,
  type ValidateStateMachineDefinitionCommandInput,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { sandboxWith } from '../../../src/testing/literals.ts';
import { clientIn, operatorIn } from './operator.ts';
import { account } from './waiting-machine.ts';

const pass = { Type: 'Pass', End: true };

async function validated(definition: object | string, more: Partial<ValidateStateMachineDefinitionCommandInput> = {}) {
  const sandbox = await sandboxWith([operatorIn(account)]);
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  const command = new ValidateStateMachineDefinitionCommand({ definition: text, ...more });
  const { result, diagnostics, truncated } = await clientIn(sandbox, account).send(command);
  return { result, diagnostics, truncated };
}

describe('a definition', () => {
  test('without a mistake is OK', async () => {
    const answer = await validated({ StartAt: 'A', States: { A: pass } });
    expect(answer).toEqual({ result: 'OK', diagnostics: [], truncated: false });
  });

  test('with mistakes fails, each with its place', async () => {
    const wait = { Type: 'Wait', Seconds: -1, End: true };
    expect(
      await validated({
        StartAt: 'A b',
        States: { 'A b': { ...pass, Colour: 1, End: undefined, Next: 'W' }, W: wait },
      }),
    ).toEqual({
      result: 'FAIL',
      diagnostics: [
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          message: 'unknown field (got 1)',
          location: '/States/A b/Colour',
        },
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          message: expect.stringMatching(/^must be an integer/) as string,
          location: '/States/W/Seconds',
        },
      ],
      truncated: false,
    });
  });

  test.each([
    [
      'has no end',
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } },
      { code: 'MISSING_END_STATE', message: expect.stringMatching(/^Workflow has no terminal state\./) as string },
    ],
    [
      'has a state that nothing leads to',
      { StartAt: 'A', States: { A: pass, B: pass } },
      {
        code: 'MISSING_TRANSITION_TARGET',
        message: expect.stringMatching(/^State "B" is not reachable\./) as string,
        location: '/States/B',
      },
    ],
    [
      'refers to the top level',
      { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { ...pass, Output: { v: '{% phone %}' } } } },
      {
        code: 'UNSUPPORTED_JSONATA_EXPRESSION',
        message: expect.stringMatching(/^Reference to 'phone' at the top level is not supported\./) as string,
        location: '/States/A/Output/v',
      },
    ],
  ])('that %s fails with the code of AWS', async (_, definition, diagnostic) => {
    expect(await validated(definition)).toMatchObject({ result: 'FAIL', diagnostics: [diagnostic] });
  });

  test('that is no JSON fails as such', async () => {
    expect(await validated('{')).toMatchObject({ result: 'FAIL', diagnostics: [{ code: 'INVALID_JSON_DESCRIPTION' }] });
  });

  test('with a resource that the sandbox does not have fails as such', async () => {
    const task = { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun', End: true };
    expect(await validated({ StartAt: 'T', States: { T: task } })).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ code: 'INVALID_RESOURCE', message: expect.stringMatching(/glue:startJobRun/) as string }],
    });
  });

  test('is judged for its type', async () => {
    const ItemProcessor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'A',
      States: { A: pass },
    };
    const definition = { StartAt: 'M', States: { M: { Type: 'Map', ItemProcessor, End: true } } };
    expect((await validated(definition)).result).toBe('OK');
    expect((await validated(definition, { type: 'EXPRESS' })).result).toBe('FAIL');
  });

  test('gives as many diagnostics as are asked for', async () => {
    const definition = { StartAt: 'A', States: { A: { ...pass, X: 1, Y: 2, Z: 3 } } };
    const two = await validated(definition, { maxResults: 2 });
    expect(two).toMatchObject({ truncated: true, result: 'FAIL' });
    expect(two.diagnostics).toHaveLength(2);
    expect((await validated(definition, { maxResults: 0 })).diagnostics).toHaveLength(3);
    await expect(validated(definition, { maxResults: 101 })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

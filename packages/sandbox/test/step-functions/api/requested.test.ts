import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '@crosswind/aws/json';
import { requested } from '../../../src/step-functions/api/requested.ts';

const shape = z.object({
  name: z.string().min(2).max(4).optional(),
  size: z.number().int().min(0).max(9).default(0),
  kind: z.enum(['A', 'B']).optional(),
  flag: z.boolean().optional(),
  input: z.string().max(1).optional(),
  arn: z.string(),
});

const refusal = (body: JsonObject): unknown => {
  try {
    return requested(shape, body);
  } catch (error) {
    return error;
  }
};

describe('a request', () => {
  test('is understood, with defaults and without fields that nobody knows', () => {
    expect(requested(shape, { arn: 'a', name: 'abcd', unknown: 1 })).toEqual({ arn: 'a', name: 'abcd', size: 0 });
  });

  test.each<[JsonObject, string]>([
    [{}, "Value null at 'arn' failed to satisfy constraint: Member must not be null"],
    [
      { arn: 'a', name: 'abcde' },
      "Value 'abcde' at 'name' failed to satisfy constraint: Member must have length less than or equal to 4",
    ],
    [
      { arn: 'a', name: 'a' },
      "Value 'a' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      { arn: 'a', size: 10 },
      "Value '10' at 'size' failed to satisfy constraint: Member must have value less than or equal to 9",
    ],
    [
      { arn: 'a', size: -1 },
      "Value '-1' at 'size' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      { arn: 'a', kind: 'C' },
      "Value 'C' at 'kind' failed to satisfy constraint: Member must satisfy enum value set: [A, B]",
    ],
    [
      { arn: 'a', input: 'ab' },
      "Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
  ])('%j breaks a constraint', (body, problem) => {
    expect(refusal(body)).toMatchObject({
      code: 'ValidationException',
      message: `1 validation error detected: ${problem}`,
    });
  });

  test('is told all that is wrong with it', () => {
    expect(refusal({ size: 10 })).toMatchObject({
      message:
        "2 validation errors detected: Value '10' at 'size' failed to satisfy constraint: Member must have value less than or equal to 9; Value null at 'arn' failed to satisfy constraint: Member must not be null",
    });
  });

  test.each<[JsonObject, string]>([
    [{ arn: 1 }, 'arn must be of type string, got number'],
    [{ arn: 'a', size: '1' }, 'size must be of type number, got string'],
    [{ arn: 'a', size: 1.5 }, 'size must be of type int, got number'],
    [{ arn: 'a', flag: 'true' }, 'flag must be of type boolean, got string'],
    [{ arn: ['a'], size: 10 }, 'arn must be of type string, got object'],
  ])('%j has something of a wrong type', (body, message) => {
    expect(refusal(body)).toMatchObject({ code: 'SerializationException', message });
  });
});

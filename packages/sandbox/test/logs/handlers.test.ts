import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { type LiteralStack, logGroup, now } from '../../src/testing/literals.ts';
import { account, withProperties } from '../cloudformation/refusals.ts';
import { handled, refusal } from '../handling.ts';

const arn = `arn:aws:logs:us-east-1:${account}:log-group:mine:*`;
const stack = (properties: JsonObject = {}): LiteralStack => ({
  account,
  resources: { Mine: withProperties(logGroup('mine'), properties) },
});

describe('a log group', () => {
  test('keeps its lines in an update', async () => {
    const { sandbox, update, read } = await handled(stack(), 'Mine');
    sandbox.logGroups.write(arn, 'stream', [{ timestamp: now, message: 'one' }]);
    expect(read()).toEqual({ LogGroupName: 'mine' });
    await update(stack({ RetentionInDays: 7 }));
    expect(read()).toEqual({ LogGroupName: 'mine', RetentionInDays: 7 });
    expect(sandbox.logGroups.lines(arn)).toEqual(['one']);
  });

  test('is deleted with its lines, and its name is free again', async () => {
    const { sandbox, create, update, remove, read } = await handled(stack(), 'Mine');
    sandbox.logGroups.write(arn, 'stream', [{ timestamp: now, message: 'one' }]);
    expect(await refusal(create)).toBe('ResourceAlreadyExistsException: The specified log group mine already exists.');
    await remove();
    expect(read()).toBeUndefined();
    expect(await refusal(remove)).toBeUndefined();
    expect(await refusal(() => update(stack()))).toBe(
      'ResourceNotFoundException: The specified log group does not exist.',
    );
    expect(await refusal(create)).toBeUndefined();
    expect(sandbox.logGroups.lines(arn)).toEqual([]);
  });
});

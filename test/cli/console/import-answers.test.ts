import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importComparisonAnswer, importGraphAnswer } from '../../../cli/console/answers/import.ts';

/** A run that the sandbox has recorded. */
const { definition, events: history } = JSON.parse(
  readFileSync(new URL('../../../packages/console/test/imported/recorded-run.json', import.meta.url), 'utf8'),
) as {
  readonly definition: { readonly States: object };
  readonly events: readonly { id: number; previousEventId: number; timestamp: number; type: string }[];
};

const events = history.map((event) => ({
  ...{ id: event.id, previous: event.previousEventId, at: event.timestamp * 1_000, type: event.type },
  details: (Object.values(event).find((value: unknown) => typeof value === 'object') ?? {}) as Record<string, unknown>,
}));

const stateMachineArn = 'arn:aws:states:eu-central-1:111111111111:stateMachine:wind';
const executionArn = 'arn:aws:states:eu-central-1:111111111111:execution:wind:run-7';
const question = { executionArn, stateMachineArn, name: 'run-7', definition, events };

describe('the sandbox compares an imported history', () => {
  test('and has the same events', async () => {
    expect(await importComparisonAnswer(question)).toEqual({
      ...{ same: events.length, total: events.length, difference: null, limits: [] },
    });
  });

  test('and names the first event that differs, with both values', async () => {
    const other = JSON.parse(JSON.stringify(definition).replace('* 2', '* 3')) as unknown;
    expect(await importComparisonAnswer({ ...question, definition: other })).toMatchObject({
      total: events.length,
      difference: { event: expect.any(Number) as number, field: 'output', recorded: '2', sandbox: '3' },
    });
  });

  test('and says what differs by chance', async () => {
    const other = JSON.parse(JSON.stringify(definition).replace('* 2', '* 2 + 0 * $random()')) as unknown;
    const { limits } = (await importComparisonAnswer({ ...question, definition: other })) as {
      limits: readonly string[];
    };
    expect(limits).toEqual([expect.stringContaining('random values')]);
  });

  test.each([
    ['a question without events', { events: [] }, 'events'],
    ['an event that is none', { events: [{ id: 1 }] }, 'events.0'],
    [
      'a history that misses its first event',
      { events: events.slice(1) },
      'event 1 is missing: import the whole history',
    ],
    ['a history that misses another one', { events: events.filter(({ id }) => id !== 5) }, 'event 5 is missing'],
    [
      'an input that was left out',
      { events: events.map((each) => ({ ...each, details: {} })) },
      'export the history with execution data',
    ],
    ['a definition that is none', { definition: { States: {} } }, 'the sandbox does not take the definition'],
    ['a text', { definition: 'text' }, 'expected the object of a definition'],
  ])('and refuses %s', async (_name, change, message) => {
    await expect(importComparisonAnswer({ ...question, ...change })).rejects.toThrow(message);
  });
});

describe('the sandbox lays out the definition of an imported history', () => {
  test('with a box for each state', async () => {
    const { nodes } = (await importGraphAnswer({ stateMachineArn, definition })) as {
      readonly nodes: readonly { readonly name: string; readonly kind: string }[];
    };
    const names = nodes.filter(({ kind }) => kind === 'state').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(definition.States), 'Left', 'Right', 'Item']));
  });

  test('and refuses what is none', async () => {
    await expect(
      importGraphAnswer({ stateMachineArn, definition: { StartAt: 'Nowhere', States: {} } }),
    ).rejects.toThrow('the sandbox does not take the definition');
  });

  test('and refuses one with too many states, whose chain stays', async () => {
    const names = Array.from({ length: 3_000 }, (_, index) => `s${index}`);
    const states = Object.fromEntries(names.map((name) => [name, { Type: 'Pass', Next: 'last' }]));
    const large = { StartAt: 's0', States: { ...states, last: { Type: 'Succeed' } } };
    await expect(importGraphAnswer({ stateMachineArn, definition: large })).rejects.toThrow(
      'the definition has more than 1000 states: they are drawn as a chain',
    );
  });
});

import type { Json } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import type { ExecutionOutcome, SampleOutcome } from '../../../../cli/plan/contract/sample-outcome.ts';
import { unexplained } from '../../../../cli/plan/contract/unexplained.ts';
import { textWithoutChance, withoutChance } from '../../../../cli/plan/contract/without-chance.ts';

const ended = (stage: string, output: Json, other: Partial<ExecutionOutcome> = {}): ExecutionOutcome => ({
  ...{ stage, status: 'SUCCEEDED', output, states: [] },
  ...other,
});

const failed = (stage: string, error: string, cause = ''): ExecutionOutcome => ({
  ...{ stage, status: 'FAILED', error, cause, states: [] },
});

const run = (
  executions: readonly ExecutionOutcome[],
  objects: Readonly<Record<string, Json>> = {},
  problems: readonly string[] = [],
): SampleOutcome => ({ executions, objects: new Map(Object.entries(objects)), problems });

const wellRun = run([ended('parent', { count: 1 }), ended('child', { items: [1, 2] })], { 'b/k': { total: 3 } });

interface Case {
  readonly old?: SampleOutcome;
  readonly new?: SampleOutcome;
  readonly mixed: SampleOutcome;
  readonly first: object | undefined;
}

describe('the gravest difference that neither version explains', () => {
  test.each<[what: string, one: Case]>([
    ['is none where all runs are equal', { mixed: wellRun, first: undefined }],
    [
      'is none where the mix is as the old stages in one part, and as the new ones in another',
      {
        old: run([ended('parent', { count: 1, name: 'a' })]),
        new: run([ended('parent', { count: 2, name: 'b' })]),
        mixed: run([ended('parent', { count: 2, name: 'a' })]),
        first: undefined,
      },
    ],
    [
      'is a failure, in the stage that was called last',
      {
        mixed: run([failed('parent', 'Child'), failed('child', 'States.Runtime')]),
        first: { what: 'status', execution: 1, old: 'SUCCEEDED', new: 'SUCCEEDED', mixed: 'FAILED' },
      },
    ],
    [
      'is another error where one version fails as well',
      {
        old: run([failed('parent', 'A')]),
        mixed: run([failed('parent', 'B')]),
        first: { what: 'error', old: 'A', mixed: 'B' },
      },
    ],
    [
      'is another cause of the same error',
      {
        old: run([failed('parent', 'A', 'one')]),
        new: run([failed('parent', 'A', 'two')]),
        mixed: run([failed('parent', 'A', 'three')]),
        first: { what: 'cause', old: 'one', new: 'two', mixed: 'three' },
      },
    ],
    [
      'is a problem that the check of the sample finds',
      {
        mixed: run([ended('parent', { count: 9 }), ...wellRun.executions.slice(1)], { 'b/k': { total: 3 } }, ['count']),
        first: { what: 'problems', old: [], new: [], mixed: ['count'] },
      },
    ],
    [
      'is a value of an output',
      {
        mixed: run([ended('parent', { count: 9 }), ...wellRun.executions.slice(1)], { 'b/k': { total: 3 } }),
        first: { what: 'output', execution: 0, path: '$.count', old: 1, new: 1, mixed: 9 },
      },
    ],
    [
      'is a value that is missing, in a list and in the output of a called stage',
      {
        mixed: run([ended('parent', { count: 1 }), ended('child', { items: [1] })], { 'b/k': { total: 3 } }),
        first: { what: 'output', execution: 1, path: '$.items[1]', old: 2, new: 2 },
      },
    ],
    [
      'is a value inside of JSON that is text',
      {
        old: run([ended('parent', { text: '{"a":1}' })]),
        new: run([ended('parent', { text: '{"a":1}' })]),
        mixed: run([ended('parent', { text: '{"a":2}' })]),
        first: { what: 'output', path: '$.text.a', old: 1, new: 1, mixed: 2 },
      },
    ],
    [
      'is a stage that was not started',
      {
        mixed: run([ended('parent', { count: 1 })], { 'b/k': { total: 3 } }),
        first: { what: 'executions', started: 'child', old: 1, new: 1, mixed: 0 },
      },
    ],
    [
      'is an object that was not written',
      {
        mixed: { ...wellRun, objects: new Map() },
        first: { what: 'object', object: 'b/k', path: '$.total', old: 3, new: 3 },
      },
    ],
    [
      'is an object in another place',
      {
        mixed: run(wellRun.executions, { 'b/k': { total: 3 }, 'b/other': 'x' }),
        first: { what: 'object', object: 'b/other', path: '$', mixed: 'x' },
      },
    ],
  ])('%s', (_, { old = wellRun, new: young = wellRun, mixed, first }) => {
    const [found] = unexplained({ old, new: young, mixed });
    if (first) expect(found).toMatchObject(first);
    else expect(found).toBeUndefined();
  });
});

describe('a value without chance', () => {
  test.each<[what: string, value: Json, without: Json]>([
    ['a time of the run in milliseconds', 1_767_571_212_345, '<time>'],
    ['a time of the run in seconds', 1_767_571_212, '<time>'],
    ['a number that is no time', 1_212_345, 1_212_345],
    ['an earlier time', 1_600_000_000_000, 1_600_000_000_000],
    ['a timestamp in a text', 'at 2026-01-05T00:00:12.345Z', 'at <time>'],
    ['the name of a child', { key: ['a/5cceca17-1543-40ee-98cf-52d5a69f9c3c.json'] }, { key: ['a/<uuid>.json'] }],
    ['all else', [null, true, 'text', { a: 0.5 }], [null, true, 'text', { a: 0.5 }]],
  ])('is %s', (_, value, without) => {
    expect(withoutChance(value)).toEqual(without);
  });

  test('is a text without several names', () => {
    const name = '5cceca17-1543-40ee-98cf-52d5a69f9c3c';
    expect(textWithoutChance(`${name}/${name}`)).toBe('<uuid>/<uuid>');
  });
});

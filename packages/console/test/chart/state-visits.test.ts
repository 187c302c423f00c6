import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assigningBefore, visitsOf } from '../../src/chart/state-visits.ts';
import { assigned, type Variables, variableDiff, withDiff } from '../../src/chart/variable-diff.ts';
import { readImport } from '../../src/imported/read-import.ts';
import { eventRows } from '../../src/models/events.ts';
import { printed, recorded } from '../imported/recorded.ts';

const steps = readImport([{ name: 'run', text: printed(recorded) }]);
let step = steps.next();
while (!step.done) step = steps.next();
if (!step.value.ok) throw new Error(step.value.problem);
const { events, details } = step.value.imported.snapshot;
const rows = events.flatMap(eventRows);
const byId = new Map(details.flatMap((each) => each.byId));

/** Variables at the entry of a state, for each time that it was entered. */
const variablesBefore = (state: string): readonly object[] =>
  visitsOf(rows, state).map(({ entered }) => {
    const { exits } = assigningBefore(rows, entered, 100);
    return Object.fromEntries(assigned(exits.map((id) => byId.get(id))));
  });

describe('a stay in a state', () => {
  test('is one for each entry, with the attempts and failures of that entry alone', () => {
    const visits = visitsOf(rows, 'Call');
    expect(
      visits.map(({ attempts, failures }) => [attempts.map(({ hasFailed }) => hasFailed), failures.length]),
    ).toEqual([
      [[true, false], 1],
      [[false], 0],
    ]);
    const payloads = visits.map(({ attempts }) => byId.get(attempts.at(-1)?.ended ?? -1)?.['output']);
    expect(payloads).toEqual(['{"Payload":{"windy":true}}', '{"Payload":{"windy":false}}']);
  });

  test('ends with its own exit, not with that of a state inside or of another entry', () => {
    expect(visitsOf(rows, 'Both').map(({ exited }) => exited?.type)).toEqual(['ParallelStateExited']);
    expect(visitsOf(rows, 'Item').map(({ exited }) => byId.get(exited?.id ?? -1)?.['output'])).toEqual(['2', '4', '6']);
    expect(visitsOf(rows.slice(0, 5), 'Call').map(({ exited }) => exited)).toEqual([null]);
    expect(visitsOf(rows, '__proto__')).toEqual([]);
  });
});

describe('variables before a state', () => {
  test.each([
    ['are none before the first', 'Set up', [{}]],
    [
      'are those of all states before it, the newest value of each',
      'Call',
      [
        { round: '0', city: '"Zürich"' },
        { round: '1', city: '"Zürich"' },
      ],
    ],
    ['are known in a branch', 'Right', [{ round: '2', city: '"Zürich"' }]],
    ['do not have what a branch assigned', 'Each', [{ round: '2', city: '"Zürich"' }]],
    ['are the same in each iteration', 'Item', Array(3).fill({ round: '2', city: '"Zürich"' })],
  ])('%s', (_name, state, expected) => {
    expect(variablesBefore(state)).toEqual(expected);
  });

  test('are not those of the iteration before, although AWS names it as the cause', () => {
    const row = (id: number, previous: number, type: string, state: string | null = null) => ({
      id,
      previous,
      at: id,
      type,
      state,
    });
    const chain = [
      row(1, 0, 'MapStateEntered', 'Map'),
      row(2, 1, 'MapStateStarted'),
      row(3, 2, 'MapIterationStarted'),
      row(4, 3, 'PassStateEntered', 'Item'),
      row(5, 4, 'PassStateExited', 'Item'),
      row(6, 5, 'MapIterationSucceeded'),
      row(7, 5, 'MapIterationStarted'),
      row(8, 7, 'PassStateEntered', 'Item'),
      row(9, 8, 'PassStateExited', 'Item'),
      row(10, 9, 'PassStateEntered', 'Second'),
    ];
    const before = (at: number) => assigningBefore(chain, chain[at - 1] ?? row(0, 0, ''), 100).exits;
    expect(before(8)).toEqual([]);
    expect(before(10)).toEqual([9]);
  });

  test('are looked for in the newest exits only, and that is said', () => {
    const [visit] = visitsOf(rows, 'Each');
    const all = visit && assigningBefore(rows, visit.entered, 100);
    const few = visit && assigningBefore(rows, visit.entered, 2);
    expect(all?.isCut).toBe(false);
    expect(few).toEqual({ exits: all?.exits.slice(-2), isCut: true });
  });
});

const variables: fc.Arbitrary<Variables> = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'), fc.constantFrom('1', '2', '"x"'))
  .map((object) => new Map(Object.entries(object)));

describe('a diff of variables', () => {
  test('gives the variables after it, applied to those before it', () => {
    fc.assert(
      fc.property(variables, variables, (before, after) => {
        expect(new Map([...withDiff(before, variableDiff(before, after))].sort())).toEqual(new Map([...after].sort()));
      }),
    );
  });

  test('of the same variables says that all are the same', () => {
    fc.assert(
      fc.property(variables, (both) => {
        expect(variableDiff(both, both).every(({ kind }) => kind === 'same')).toBe(true);
      }),
    );
  });

  test('has what changed first', () => {
    const before = new Map([
      ['a', '1'],
      ['b', '1'],
      ['c', '1'],
    ]);
    const after = new Map([
      ['a', '1'],
      ['b', '2'],
      ['d', '1'],
    ]);
    expect(variableDiff(before, after).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'b changed',
      'c removed',
      'd added',
      'a same',
    ]);
  });
});

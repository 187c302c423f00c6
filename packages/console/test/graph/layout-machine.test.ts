import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { isDrawable, layoutMachine, mostStates } from '../../src/graph/layout-machine.ts';

const machineOf = (states: readonly (readonly [string, JsonObject])[]): JsonObject => ({
  StartAt: states[0]?.[0] ?? '',
  States: Object.fromEntries(states),
});

const pass = (next?: string): JsonObject => ({
  Type: 'Pass',
  ...(next === undefined ? { End: true } : { Next: next }),
});

const layout = (...states: readonly (readonly [string, JsonObject])[]) => layoutMachine('arn', machineOf(states));

describe('the layout of a state machine', () => {
  test('keeps the order of a choice and of its default from left to right', () => {
    const rule = (value: string, next: string): JsonObject => ({ Variable: '$.x', StringEquals: value, Next: next });
    const { nodes, edges } = layout(
      ['Which', { Type: 'Choice', Choices: [rule('1', 'a'), rule('2', 'b'), rule('3', 'c')], Default: 'd' }],
      ['d', pass('end')],
      ['b', pass('end')],
      ['a', pass('end')],
      ['c', pass('end')],
      ['end', pass()],
    );
    const ordered = ['a', 'b', 'c', 'd'].map((name) => nodes.find((node) => node.name === name)?.x ?? NaN);
    expect(ordered).toEqual([...ordered].sort((one, other) => one - other));
    expect(edges.map(({ label }) => label)).toEqual(expect.arrayContaining(['$.x StringEquals 1', 'else']));
  });

  test('keeps the order of branches, each laid out inside of its state', () => {
    const branch = (name: string): JsonObject => machineOf([[name, pass()]]);
    const { nodes } = layout(['All', { Type: 'Parallel', Branches: ['p', 'q', 'r'].map(branch), End: true }]);
    const all = nodes.find(({ name }) => name === 'All');
    const inside = ['p', 'q', 'r'].map((name) => nodes.find((node) => node.name === name));
    expect(inside.map((node) => node?.parent)).toEqual([all?.id, all?.id, all?.id]);
    const xs = inside.map((node) => node?.x ?? NaN);
    expect(xs).toEqual([...xs].sort((one, other) => one - other));
    for (const node of inside) {
      expect(node && all && node.x >= all.x && node.x + node.width <= all.x + all.width).toBe(true);
      expect(node && all && node.y >= all.y && node.y + node.height <= all.y + all.height).toBe(true);
    }
  });

  test('draws two ways to one state, a way back, and a state that goes to itself', () => {
    const { edges } = layout(
      [
        'Again',
        {
          Type: 'Choice',
          Choices: [
            { Condition: '{% $a %}', Next: 'Again' },
            { Condition: '{% $b %}', Next: 'Work' },
          ],
          Default: 'Work',
        },
      ],
      ['Work', { Type: 'Task', Next: 'Again', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Again' }] }],
    );
    expect(edges.map(({ label, isCatch, points }) => [label, isCatch, points.length > 1])).toEqual([
      ['', false, true],
      ['$a', false, true],
      ['$b', false, true],
      ['else', false, true],
      ['', false, true],
      ['any error', true, true],
    ]);
  });

  test('has one end for each scope, and no line from a Fail to it', () => {
    const { nodes, edges } = layout(
      ['A', { Type: 'Task', Next: 'B', Catch: [{ ErrorEquals: ['X'], Next: 'C' }] }],
      ['B', { Type: 'Succeed' }],
      ['C', { Type: 'Fail' }],
    );
    const ends = nodes.filter(({ kind }) => kind === 'end');
    expect(ends).toHaveLength(1);
    expect(edges.filter(({ to }) => to === ends[0]?.id)).toHaveLength(1);
  });

  test.each([
    ['__proto__'],
    ['constructor'],
    ['<img src=x onerror=alert(1)>'],
    ['\u202eevil'],
    ['x'.repeat(80)],
    ['n0'],
  ])('takes a state called %j as any other', (name) => {
    const states = JSON.parse(
      `{${JSON.stringify(name)}: {"Type": "Pass", "Next": "Z"}, "Z": {"Type": "Pass", "End": true}}`,
    ) as JsonObject;
    const { nodes, edges } = layoutMachine('arn', { StartAt: name, States: states });
    expect(nodes.find((node) => node.name === name)?.width).toBeLessThanOrEqual(240);
    expect(edges).toHaveLength(3);
  });

  test('ignores a transition to a state that is not there, and a definition without states', () => {
    expect(layout(['A', pass('Nowhere')]).edges).toHaveLength(1);
    expect(layoutMachine('arn', {}).nodes).toHaveLength(1);
  });

  test('never draws two states of a scope over each other', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const state = fc.record({
      next: fc.constantFrom(...names),
      caught: fc.array(fc.constantFrom(...names), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(state, { minLength: 6, maxLength: 6 }), (states) => {
        const { nodes, width, height } = layout(
          ...states.map(({ next, caught }, index): readonly [string, JsonObject] => [
            names[index] ?? '',
            { Type: 'Task', Next: next, Catch: caught.map((Next) => ({ ErrorEquals: ['X'], Next })) },
          ]),
        );
        nodes.forEach((one, index) => {
          expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height).toBe(true);
          for (const other of nodes.slice(index + 1)) {
            const isApart =
              one.x + one.width <= other.x ||
              other.x + other.width <= one.x ||
              one.y + one.height <= other.y ||
              other.y + other.height <= one.y;
            expect(isApart).toBe(true);
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  test('draws a machine of the most states, and counts those in Map states too', { timeout: 60_000 }, () => {
    const chain = (count: number): JsonObject =>
      machineOf(Array.from({ length: count }, (_, index) => [`s${index}`, pass(`s${index + 1}`)] as const));
    const nested = (count: number): JsonObject =>
      machineOf([['All', { Type: 'Map', ItemProcessor: chain(count), End: true }]]);
    expect([mostStates, mostStates + 1].map((count) => isDrawable(chain(count)))).toEqual([true, false]);
    expect([mostStates - 1, mostStates].map((count) => isDrawable(nested(count)))).toEqual([true, false]);
    expect(layoutMachine('arn', chain(mostStates)).nodes).toHaveLength(mostStates + 1);
  });
});

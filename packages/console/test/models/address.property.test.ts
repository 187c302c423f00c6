import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Address,
  addressText,
  hasDetail,
  isOf,
  parseAddress,
  listViews,
  runView,
  runViews,
  withoutDetail,
} from '../../src/models/address.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });

const address: fc.Arbitrary<Address> = fc.record(
  {
    view: fc.oneof(
      fc.constant({ name: 'now' as const }),
      fc.constant({ name: 'runs' as const }),
      fc.record({ name: fc.constantFrom(...listViews), item: name }, { requiredKeys: ['name'] }),
      fc.record(
        {
          name: fc.constant('run' as const),
          account: name,
          machine: name,
          execution: name,
          view: fc.constantFrom(...runViews),
          imported: name,
        },
        { requiredKeys: ['name', 'account', 'machine', 'execution', 'view'] },
      ),
      fc.record({
        ...{ name: fc.constant('run' as const), account: name, machine: name, execution: name },
        ...{ view: fc.constant('batches' as const), mapRun: name },
      }),
    ),
    at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    from: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    to: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    event: name,
    state: name,
    filter: name,
  },
  { requiredKeys: ['view'] },
);

describe('an address', () => {
  test('is read as it was written, whatever names it has', () => {
    fc.assert(
      fc.property(address, (given) => {
        expect(parseAddress(addressText(given))).toEqual(given);
      }),
    );
  });

  test('may be any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => addressText(parseAddress(`#${text}`))).not.toThrow();
      }),
    );
  });

  test('closes what is open in at most two steps, and keeps view, time and filter', () => {
    fc.assert(
      fc.property(address, (given) => {
        const once = withoutDetail(given);
        expect(hasDetail(withoutDetail(once))).toBe(false);
        expect([once.view.name, once.at, once.from, once.filter]).toEqual([
          given.view.name,
          given.at,
          given.from,
          given.filter,
        ]);
        if (!hasDetail(given)) expect(once).toEqual(given);
      }),
    );
  });

  test.each([
    ['#/permissions/role?event=row&state=denied', '#/permissions/role?state=denied'],
    ['#/permissions/role?state=denied', '#/permissions?state=denied'],
    ['#/runs/1/m/n/graph?event=5&state=Wait', '#/runs/1/m/n/graph'],
    ['#/runs?state=failed', '#/runs?state=failed'],
  ])('of %j is %j after one step', (from, to) => {
    expect(addressText(withoutDetail(parseAddress(from)))).toBe(to);
  });

  test.each([
    ['', { view: { name: 'now' } }],
    ['#/runs?state=failed', { view: { name: 'runs' }, state: 'failed' }],
    ['#/runs?at=never', { view: { name: 'runs' } }],
    ['#/alarms', { view: { name: 'alarms' } }],
    ['#/alarms/', { view: { name: 'alarms' } }],
    ['#/alarms/111111111111%2Fname?filter=x', { view: { name: 'alarms', item: '111111111111/name' }, filter: 'x' }],
    ['#/alarms/a/b', { view: { name: 'unknown', path: '/alarms/a/b' } }],
    ['#/nowhere', { view: { name: 'unknown', path: '/nowhere' } }],
    ['#/runs/1/m/n/elsewhere', { view: { name: 'unknown', path: '/runs/1/m/n/elsewhere' } }],
    ['#/runs/1/m/n/graph/label', { view: { name: 'unknown', path: '/runs/1/m/n/graph/label' } }],
    ['#/runs/1/m/n', { view: { name: 'run', account: '1', machine: 'm', execution: 'n', view: 'waterfall' } }],
    [
      '#/runs/1/m/%E0%A4%A/graph',
      { view: { name: 'run', account: '1', machine: 'm', execution: '%E0%A4%A', view: 'graph' } },
    ],
  ])('%j leads to a view', (hash, expected) => {
    expect(parseAddress(hash)).toEqual(expected);
  });

  test('of an execution is of that one and of no other', () => {
    const arn = 'arn:aws:states:us-east-1:111111111111:execution:machine:name';
    const view = runView(arn, 'history');
    if (view.name !== 'run') throw new Error('expected a run');
    expect(isOf(view, arn)).toBe(true);
    expect(isOf(view, arn.replace('111111111111', '222222222222'))).toBe(false);
    expect(isOf(view, arn.replace('machine', 'other'))).toBe(false);
    expect(isOf(view, `${arn}2`)).toBe(false);
  });
});

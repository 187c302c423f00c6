import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Address, addressText, isOf, parseAddress, runView, runViews } from '../../src/models/address.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });

const address: fc.Arbitrary<Address> = fc.record(
  {
    view: fc.oneof(
      fc.constant({ name: 'now' as const }),
      fc.constant({ name: 'runs' as const }),
      fc.record({
        name: fc.constant('run' as const),
        account: name,
        machine: name,
        execution: name,
        view: fc.constantFrom(...runViews),
      }),
    ),
    at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    event: name,
    state: name,
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

  test.each([
    ['', { view: { name: 'now' } }],
    ['#/runs?state=failed', { view: { name: 'runs' }, state: 'failed' }],
    ['#/runs?at=never', { view: { name: 'runs' } }],
    ['#/nowhere', { view: { name: 'unknown', path: '/nowhere' } }],
    ['#/runs/1/m/n/elsewhere', { view: { name: 'unknown', path: '/runs/1/m/n/elsewhere' } }],
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

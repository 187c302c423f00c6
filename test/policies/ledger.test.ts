import { describe, expect, test } from 'vitest';
import { Ledger } from '../../policies/ledger.ts';
import type { Waiver } from '../../policies/waiver.ts';

const noLogs: Waiver = { rule: 'S1', path: 'App/A', reason: 'it is a test', owner: 'a-team', until: '2027-06-30' };
const noTls: Waiver = { rule: 'S10', path: 'App/B', reason: 'it is a test', owner: 'b-team', reviewAt: '1.0.0' };
const found = (rule: string, path: string) => ({ rule, path, actionsOnEverything: () => [] });
const early = { now: new Date('2026-11-22'), version: '0.1.0', dueWaivers: 'fail', allDeployed: true } as const;

/** A ledger whose two waivers have both been used. */
function used(): Ledger {
  const ledger = new Ledger([noLogs, noTls]);
  ledger.accept(found('S1', 'App/A'));
  ledger.accept(found('S10', 'App/B'));
  return ledger;
}

describe('the ledger', () => {
  test('gives the waiver that accepts a finding', () => {
    const ledger = new Ledger([noLogs, noTls]);
    expect(ledger.accept(found('S10', 'App/B'))).toBe(noTls);
    expect(ledger.accept(found('S10', 'App/A'))).toBeUndefined();
  });

  test('has no problem with waivers that are used and not due', () => {
    expect(used().problems(early)).toEqual([]);
  });

  test('names a waiver that accepts nothing, as an error whatever happens to those that are due', () => {
    const ledger = new Ledger([noLogs, noTls]);
    ledger.accept(found('S1', 'App/A'));
    const problem = {
      rule: 'WAIVER-1',
      severity: 'error',
      message: 'the waiver of S10 at App/B accepts nothing any more',
      file: 'policies/waivers.ts',
      fix: 'Remove it from policies/waivers.ts, or correct its rule, path or actions.',
    };
    expect(ledger.problems(early)).toEqual([problem]);
    expect(ledger.problems({ ...early, dueWaivers: 'report' })).toEqual([problem]);
  });

  test('keeps quiet about unused waivers where not all of the platform is deployed', () => {
    expect(new Ledger([noLogs, noTls]).problems({ ...early, allDeployed: false })).toEqual([]);
  });

  test.each([
    ['fail', 'error'],
    ['report', 'warning'],
  ] as const)('where waivers that are due %s, each is one %s', (dueWaivers, severity) => {
    const late = { now: new Date('2027-07-01'), version: '1.2.0', dueWaivers, allDeployed: true };
    expect(
      used()
        .problems(late)
        .map(({ rule, severity: given, message }) => [rule, given, message]),
    ).toEqual([
      ['WAIVER-2', severity, 'the waiver of S1 at App/A is due: it held until 2027-06-30'],
      [
        'WAIVER-2',
        severity,
        'the waiver of S10 at App/B is due: to be looked at again at version 1.0.0, this is 1.2.0',
      ],
    ]);
  });

  test('asks the owner of a waiver that is due', () => {
    const late = { ...early, now: new Date('2027-07-01') };
    expect(
      used()
        .problems(late)
        .map(({ fix }) => fix),
    ).toEqual([expect.stringContaining('Ask a-team')]);
  });
});

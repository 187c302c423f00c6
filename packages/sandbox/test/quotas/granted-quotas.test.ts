import { describe, expect, test } from 'vitest';
import { defaultQuotas } from '@crosswind/aws/quotas';
import { GrantedQuotas } from '../../src/quotas/granted-quotas.ts';

const place = { account: '444444444444', region: 'us-east-1' };

describe('quotas', () => {
  test.each([
    ['us-east-1', 5_000, 1_300, 300, 1_000],
    ['us-west-2', 5_000, 1_300, 300, 1_000],
    ['eu-west-1', 5_000, 1_300, 300, 1_000],
    ['eu-central-1', 800, 800, 250, 500],
  ])('in %s are those that AWS documents', (region, transitions, starts, descriptions, stops) => {
    const { stateTransitions, startExecution, actions } = new GrantedQuotas().of({ ...place, region });
    const sizes = [stateTransitions, startExecution, actions['DescribeExecution'], actions['StopExecution']];
    expect(sizes.map((bucket) => bucket?.size)).toEqual([transitions, starts, descriptions, stops]);
  });

  test('are granted everywhere, and differently to an account', () => {
    const DescribeExecution = { size: 7, refillPerSecond: 7 };
    const { of: quotasOf } = new GrantedQuotas({
      openMapRuns: 20,
      actions: { DescribeExecution },
      accounts: { [place.account]: { openMapRuns: 10 } },
    });
    expect(quotasOf(place).openMapRuns).toBe(10);
    expect(quotasOf({ ...place, account: '333333333333' }).openMapRuns).toBe(20);
    expect(quotasOf(place).actions).toEqual({ ...defaultQuotas('us-east-1').actions, DescribeExecution });
  });

  test('can be granted later: what is not given stays', () => {
    const DescribeExecution = { size: 7, refillPerSecond: 7 };
    const quotas = new GrantedQuotas({
      accounts: { [place.account]: { openMapRuns: 10, actions: { DescribeExecution } } },
    });
    expect(quotas.of(place).openExecutions).toBe(defaultQuotas('us-east-1').openExecutions);
    quotas.change(place.account, { openExecutions: 5 });
    expect(quotas.of(place)).toMatchObject({ openExecutions: 5, openMapRuns: 10, actions: { DescribeExecution } });
    expect(quotas.of({ ...place, account: '333333333333' })).toEqual(defaultQuotas('us-east-1'));
    expect(() => {
      quotas.change(place.account, { openExecutions: 0 });
    }).toThrow('quota openExecutions must be whole numbers above 0, got 0 as size');
    quotas.restore(place.account);
    expect(quotas.of(place)).toEqual({
      ...defaultQuotas('us-east-1'),
      openMapRuns: 10,
      actions: { ...defaultQuotas('us-east-1').actions, DescribeExecution },
    });
  });

  test('that are only reported may be 0, and differ in an account', () => {
    const { of: quotasOf } = new GrantedQuotas({
      applied: { 'iam/L-FE177D64': 5_000 },
      accounts: { [place.account]: { applied: { 'codebuild/L-9D07B6EF': 0 } } },
    });
    expect(quotasOf(place).applied).toEqual({ 'iam/L-FE177D64': 5_000, 'codebuild/L-9D07B6EF': 0 });
    expect(quotasOf({ ...place, account: '333333333333' }).applied).toEqual({ 'iam/L-FE177D64': 5_000 });
  });

  test.each([
    [{ 'iam/L-FE177D64': -1 }, 'got iam/L-FE177D64: -1'],
    [{ 'L-FE177D64': 1 }, 'got L-FE177D64: 1'],
  ])('that are reported are whole numbers by service and code: %j', (applied, message) => {
    expect(() => new GrantedQuotas({ applied })).toThrow(message);
  });

  test.each([
    [{ openMapRuns: 0 }, 'quota openMapRuns must be whole numbers above 0, got 0 as size'],
    [
      { stateTransitions: { size: 1, refillPerSecond: 0.5 } },
      'quota stateTransitions must be whole numbers above 0, got 0.5 as refillPerSecond',
    ],
    [
      { accounts: { a: { actions: { StopExecution: { size: -1, refillPerSecond: 1 } } } } },
      'quota StopExecution must be whole numbers above 0, got -1 as size',
    ],
  ])('that let nothing happen are refused: %j', (settings, message) => {
    expect(() => new GrantedQuotas(settings)).toThrow(message);
  });
});

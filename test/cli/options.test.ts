import { expect, test } from 'vitest';
import { quotaSettings } from '../../cli/options.ts';

test('quotas are numbers, and buckets of size and refill', () => {
  expect(quotaSettings(['openMapRuns=10', 'stateTransitions=100/50', 'DescribeExecution=7/1'])).toEqual({
    openMapRuns: 10,
    stateTransitions: { size: 100, refillPerSecond: 50 },
    actions: { DescribeExecution: { size: 7, refillPerSecond: 1 } },
  });
});

test.each([
  ['openMapRuns', 'name=size/refill for a bucket, got "openMapRuns"'],
  ['openMapRuns=0', 'got "openMapRuns=0"'],
  ['openMapRuns=5/5', 'got "openMapRuns=5/5"'],
  ['stateTransitions=5', 'name=size/refill for stateTransitions, got "stateTransitions=5"'],
  ['winds=5', 'got "winds=5" (names: stateTransitions, '],
  ['actions=5', 'got "actions=5"'],
])('--quota %s is refused', (option, message) => {
  expect(() => quotaSettings([option])).toThrow(message);
});

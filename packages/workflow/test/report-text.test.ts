import { expect, test } from 'vitest';
import { type CaseReport, reportText } from '../src/cases/run-case.ts';

const report = (name: string, ...details: readonly string[]): CaseReport => ({
  name,
  status: 'SUCCEEDED',
  output: 1,
  events: details.map((input, index) => ({
    id: index + 1,
    previousEventId: index,
    timestamp: 1_767_323_045_000,
    type: 'ExecutionStarted',
    executionStartedEventDetails: { input },
  })),
});

test.each<[what: string, reports: readonly CaseReport[]]>([
  ['no reports', []],
  ['a report without events', [report('one')]],
  ['several reports with several events', [report('one', 'a', 'b', 'c'), report('two', 'd'), report('three')]],
])('%s are JSON', (_, reports) => {
  const text = [...reportText(reports)].join('');
  expect(JSON.parse(text)).toEqual(reports);
});

test('each event has a line', () => {
  const lines = [...reportText([report('one', 'a', 'b')])].join('').split('\n');
  expect(lines).toHaveLength(6);
  expect(lines.filter((line) => line.includes('"id":'))).toHaveLength(2);
});

test('a long history comes in pieces, none of them much longer than a million characters', () => {
  const long = [report('long', ...Array.from({ length: 5 }, () => 'x'.repeat(600_000)))];
  const pieces = [...reportText(long)];
  expect(pieces).toHaveLength(3);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1_300_000);
  expect(JSON.parse(pieces.join(''))).toEqual(long);
});

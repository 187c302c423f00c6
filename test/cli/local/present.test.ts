import pc from 'picocolors';
import { expect, test } from 'vitest';
import { decisionTable, seriesLines } from '../../../cli/local/present.ts';
import type { Report } from '../../../cli/local/report.ts';

/** The line of a series with these values. */
function lineOf(...values: readonly number[]): string | undefined {
  const series = { title: 'Rain', unit: 'mm', values: values.map((value, index) => ({ label: `d${index}`, value })) };
  const [title, ...lines] = seriesLines(series, pc.createColors(false));
  expect([title, lines.length]).toEqual(['Rain', 1]);
  return lines[0];
}

test.each<[what: string, values: readonly number[], line: string]>([
  ['from zero to the largest value', [1, 2, 4, 8], 'd0 1.00 ▁▂▄█ d3 8.00 mm'],
  ['of one value', [3], 'd0 3.00 █ d0 3.00 mm'],
  ['of zeros', [0, 0], 'd0 0.00    d1 0.00 mm'],
  ['with a negative value', [-1, 2], 'd0 -1.00  █ d1 2.00 mm'],
  ['without values', [], 'no values'],
  ['of more values than fit', Array<number>(61).fill(1), `d0 1.00 ${'█'.repeat(60)} d60 1.00 mm`],
])('a series %s is one line', (_, values, line) => {
  expect(lineOf(...values)).toBe(line);
});

test('decisions are listed by action, the denied ones first', () => {
  const denial = (action: string, account: string, times: number) => ({
    ...{ principal: 'worker', action, resource: '*', account, reason: 'no statement', mends: [] },
    times,
  });
  const decisions: Report['decisions'] = {
    allowed: { 's3:GetObject': 1_200, 's3:PutObject': 2 },
    denied: [
      denial('s3:PutObject', '111111111111', 2),
      denial('s3:PutObject', '222222222222', 3),
      denial('sts:AssumeRole', '111111111111', 1),
    ],
  };
  const [title, ...lines] = decisionTable({ decisions } as Report, pc.createColors(false));
  expect(title).toBe('Permission decisions: every call was checked, 6 denied');
  expect(lines).toEqual([
    '    5  s3:PutObject, denied     1,200  s3:GetObject',
    '    1  sts:AssumeRole, denied       2  s3:PutObject',
  ]);
});

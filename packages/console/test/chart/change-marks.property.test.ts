import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeText, leastDistance, marksOf } from '../../src/chart/change-marks.ts';
import type { ChangeModel } from '../../src/models/changes.ts';

const change = (at: number, id = String(at)): ChangeModel => ({
  id,
  at,
  account: '111111111111',
  kind: 'stack',
  resource: 'arn:aws:iam::111111111111:role/target',
  sentence: `stack changed ${id}`,
});

test('each change within the strip is in exactly one mark, in the order of time, and each mark can be hit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -10, max: 110 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 3_000 }),
      (times, width) => {
        const marks = marksOf(
          times.map((at, index) => change(at, `${index}`)),
          { from: 0, to: 100, width },
        );
        const shown = marks.flatMap(({ changes }) => changes.map(({ at }) => at));
        expect(shown).toEqual(times.filter((at) => at >= 0 && at <= 100).sort((one, other) => one - other));
        for (const [index, { left, at, changes }] of marks.entries()) {
          expect(left - (marks[index - 1]?.left ?? -Infinity)).toBeGreaterThanOrEqual(leastDistance);
          expect(at).toBe(changes.at(-1)?.at);
        }
      },
    ),
  );
});

test('a strip without a width, or without a length, has no marks yet', () => {
  expect(marksOf([change(1)], { from: 0, to: 100, width: 0 })).toEqual([]);
  expect(marksOf([change(1)], { from: 1, to: 1, width: 100 })).toEqual([]);
  expect(marksOf([change(1)], { from: 0, to: 100, width: 100 })).toHaveLength(1);
});

const policy = 'stack S changed Policy (AWS::IAM::Policy), a policy of the role target: PolicyDocument';
const inline = 'stack S changed Target (AWS::IAM::Role): Policies';

test.each([
  [`${policy} without "states:DescribeExecution"`, 'states:DescribeExecution removed from role target'],
  [
    `${inline} with "Allow", "states:DescribeExecution", "arn:aws:states:us-east-1:1:execution:child:*"`,
    'states:DescribeExecution added to role target',
  ],
  [`${policy} without "s3:GetObject", "s3:PutObject"`, 's3:GetObject, s3:PutObject removed from role target'],
  [`${policy} "s3:PutObject" instead of "s3:GetObject"`, undefined],
  [`${policy} with "Allow" instead of "s3:GetObject"`, undefined],
  [`${policy} without "Allow"`, undefined],
  ['stack S was deleted', undefined],
])('a change is a sentence with its time: %s', (sentence, short) => {
  const at = Date.UTC(2026, 10, 27, 5, 30);
  expect(changeText({ ...change(at), sentence })).toBe(`${short ?? sentence} at 05:30:00 UTC`);
  const quota = { ...change(at), sentence, kind: 'quota' } as const;
  expect(changeText(quota)).toBe(`${sentence} at 05:30:00 UTC`);
  expect(changeText({ ...change(at), sentence, resource: 'arn:aws:s3:::bucket' })).toBe(`${sentence} at 05:30:00 UTC`);
});

import { expect, test } from 'vitest';
import { LogGroups } from '../../src/logs/log-groups.ts';

const arn = 'arn:aws:logs:us-east-1:444444444444:log-group:mine:*';

test('a log group has its lines, without empty ones, in order', () => {
  const groups = new LogGroups();
  groups.create(arn);
  groups.append(arn, 'one\n\ntwo\n');
  groups.append(arn, 'three\n');
  expect(groups.has(arn)).toBe(true);
  expect(groups.lines(arn)).toEqual(['one', 'two', 'three']);
});

test('a log group keeps its newest 500 lines', () => {
  const groups = new LogGroups();
  groups.create(arn);
  groups.append(arn, Array.from({ length: 502 }, (_, n) => `line ${n}`).join('\n'));
  expect(groups.lines(arn)).toHaveLength(500);
  expect([groups.lines(arn).at(0), groups.lines(arn).at(-1)]).toEqual(['line 2', 'line 501']);
});

test('what is written to a log group that is not there is lost', () => {
  const groups = new LogGroups();
  groups.append(arn, 'one\n');
  expect(groups.has(arn)).toBe(false);
  expect(groups.lines(arn)).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { arnSegments, matchesArn } from '../src/arn-pattern.ts';
import { commonText, matchesWildcard } from '../src/wildcard.ts';

/** A text whose characters can be read this many times. */
function readAtMost(limit: number, text: string): string {
  let reads = 0;
  const charAt = (at: number): string => {
    reads += 1;
    if (reads > limit) throw new Error(`read more than ${limit} times`);
    return text.charAt(at);
  };
  return { length: text.length, charAt } as string;
}

describe('a wildcard pattern', () => {
  test.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['s3:get*', 's3:getobject', true],
    ['s3:get*', 's3:putobject', false],
    ['s3:?etobject', 's3:getobject', true],
    ['s3:?etobject', 's3:etobject', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b-c-', false],
    ['*a', 'banana', true],
    ['a.c', 'abc', false],
    ['**x', 'yyx', true],
  ])('%s against %s: %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });

  test('that makes a backtracking expression explode reads the text once per character of the pattern at most', () => {
    const [pattern, text] = ['a*'.repeat(500) + 'b', 'a'.repeat(2000)];
    expect(matchesWildcard(pattern, readAtMost(pattern.length * text.length, text))).toBe(false);
  });

  test('is compared with a text whose reads are counted', () => {
    expect(() => matchesWildcard('a*b', readAtMost(2, 'aaa'))).toThrow('read more than 2 times');
  });
});

describe('an ARN pattern', () => {
  const execution = 'arn:aws:states:us-east-1:444444444444:execution:child:run-1';
  test.each([
    ['*', execution, true],
    ['arn:aws:states:us-east-1:444444444444:execution:child:*', execution, true],
    ['arn:aws:states:us-east-1:444444444444:*', execution, true],
    ['arn:aws:states:*:*:execution:ch?ld:run-1', execution, true],
    ['arn:aws:states:us-east-1:333333333333:execution:child:*', execution, false],
    ['arn:aws:states:*:execution:child:*', execution, false],
    ['arn:aws:states', execution, true],
    ['arn:aws:s3', execution, false],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b:c', true],
    ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/a', false],
    ['arn:aws:s3:::bucket', '*', false],
  ])('%s against %s: %s', (pattern, arn, expected) => {
    expect(matchesArn(arnSegments(pattern), arnSegments(arn))).toBe(expected);
  });
});

describe('a text that two patterns match', () => {
  test.each([
    ['a*', '*b', 'aANYb'],
    ['log-group:x:*', 'log-group:*:log-stream:*', 'log-group:x:log-stream:ANY'],
    ['b*', '*/*', 'bANY/ANY'],
    ['b', '*', 'b'],
    ['b*', 'b', 'b'],
    ['*', '*', 'ANY'],
    ['', '', ''],
    ['', '*', ''],
    ['b*', 'c*', undefined],
    ['b', '*/*', undefined],
  ])('of %s and %s', (one, other, expected) => {
    expect(commonText(one, other, 'ANY')).toBe(expected);
    if (expected === undefined) return;
    expect([one, other].every((pattern) => matchesWildcard(pattern, expected))).toBe(true);
  });

  test('is looked for in little time', () => {
    expect(commonText('*a'.repeat(60), `${'*b'.repeat(60)}c`, 'x')).toBeUndefined();
  });
});

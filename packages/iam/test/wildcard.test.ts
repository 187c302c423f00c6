import { describe, expect, test } from 'vitest';
import { arnSegments, matchesArn } from '../src/arn-pattern.ts';
import { matchesWildcard } from '../src/wildcard.ts';

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

  test('that would drive a backtracking expression mad is decided at once', () => {
    const started = performance.now();
    expect(matchesWildcard('a*'.repeat(500) + 'b', 'a'.repeat(2000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
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

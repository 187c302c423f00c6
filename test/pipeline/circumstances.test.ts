import { readdirSync } from 'node:fs';
import { App } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { circumstancesOf } from '../../pipeline/circumstances.ts';

const now = new Date('2026-11-22');
const circumstances = (context: Record<string, unknown> = {}) => circumstancesOf(new App({ context }), now);

describe('the circumstances of a synth', () => {
  test('are the runbooks and the version of the clone', () => {
    const files = readdirSync('docs/runbooks');
    expect(files.length).toBeGreaterThan(0);
    expect(circumstances().runbooks.map((name) => `${name}.md`)).toEqual(files);
    expect(circumstances().version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(circumstances().now).toBe(now);
  });

  test('let waivers that are due be, unless somebody says otherwise', () => {
    expect(circumstances().dueWaivers).toBe('report');
    expect(circumstances({ dueWaivers: 'report' }).dueWaivers).toBe('report');
    expect(circumstances({ dueWaivers: 'fail' }).dueWaivers).toBe('fail');
  });

  test('are refused with another word', () => {
    expect(() => circumstances({ dueWaivers: 'yes' })).toThrow(
      'context "dueWaivers" must be "fail" or "report", got "yes"',
    );
  });
});

import { readdirSync } from 'node:fs';
import { App } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { circumstancesOf } from '../../pipeline/circumstances.ts';
import { contracts, root } from '../workloads.ts';

const now = new Date('2026-11-22');
const circumstances = (context: Record<string, unknown> = {}) =>
  circumstancesOf(new App({ context }), root, contracts.keys(), now);

describe('the circumstances of a synth', () => {
  test('are the runbooks and the version of the clone', () => {
    const files = readdirSync('docs/runbooks');
    expect(files.length).toBeGreaterThan(0);
    expect(circumstances().runbooks).toEqual(files.map((file) => `docs/runbooks/${file}`));
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

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { circumstancesOf } from '../../pipeline/circumstances.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone, contracts } from '../workloads.ts';

const now = new Date('2026-11-22');
const circumstances = (context: Record<string, unknown> = {}) =>
  circumstancesOf(new App({ context }), clone, contracts.keys(), now);

describe('the circumstances of a synth', () => {
  test('are the runbooks and the version of the clone', () => {
    const files = readdirSync('docs/runbooks');
    expect(files.length).toBeGreaterThan(0);
    expect(circumstances().runbooks).toEqual(files.map((file) => `docs/runbooks/${file}`));
    expect(circumstances().version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(circumstances().now).toBe(now);
  });

  test('are the runbooks of the workloads in use, too, wherever the clone has its workloads', () => {
    const root = temporaryDirectory();
    writeFileSync(join(root, 'package.json'), '{ "version": "1.2.3" }');
    for (const workload of ['used', 'idle']) {
      const folder = join(root, 'elsewhere', workload, 'runbooks');
      mkdirSync(folder, { recursive: true });
      for (const file of ['broken.md', 'notes.txt']) writeFileSync(join(folder, file), '');
    }
    expect(circumstancesOf(new App(), { root, services: 'elsewhere' }, ['used'], now)).toMatchObject({
      runbooks: ['elsewhere/used/runbooks/broken.md'],
      version: '1.2.3',
    });
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

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind } from './crosswind.ts';

const bootstrap = (...args: readonly string[]) =>
  crosswind('bootstrap', '--file', platformFile, '--assembly', inject('assembly'), ...args);

describe('crosswind bootstrap', () => {
  test('prints a shell script with the policies and, per account, the commands', async () => {
    const { code, stdout } = await bootstrap('--print');
    expect(code).toBe(0);
    expect(stdout.match(/^npx cdk bootstrap /gm)).toHaveLength(6);
    expect(stdout.match(/^cat > crosswind-execution-\w+\.json/gm)).toHaveLength(3);
    expect(stdout).not.toContain('policies arn:aws:iam::aws:policy/AdministratorAccess');
    expect(spawnSync('bash', ['-n'], { input: stdout }).status).toBe(0);
  });

  test('prints what concerns one account only, also as data', async () => {
    const { stdout } = await bootstrap('word-child-dev', '--print', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      policies: [{ kind: 'workload', file: 'crosswind-execution-workload.json' }],
      accounts: [{ account: 'word-child-dev', id: '444444444444' }],
    });
  });

  test('synthesizes the platform of another file for the services of its accounts', async () => {
    const file = join(temporaryDirectory(), 'platform.yaml');
    // Without an active workload account there is less to synthesize.
    const pending = platformText.replaceAll('Workloads\n', 'Workloads\n    state: pending\n');
    writeFileSync(file, pending.replace("id: '222222222222'", "id: '022222222222'"));
    const { stdout } = await crosswind('bootstrap', 'monitoring', '--file', file, '--print', '--json');
    const { policies, accounts } = JSON.parse(stdout) as Readonly<Record<'policies' | 'accounts', readonly unknown[]>>;
    expect(accounts).toMatchObject([{ account: 'monitoring', id: '022222222222' }]);
    expect(JSON.stringify(policies)).toContain('"cloudwatch:*"');
  });

  test.each([
    ['without --print, because it runs nothing', [], "required option '--print' not specified"],
    ['for an account that is not there', ['--print', 'word-child-div'], 'did you mean "word-child-dev"?'],
  ])('ends with exit code 1 %s', async (_, args, message) => {
    const { code, stdout, stderr } = await bootstrap(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});

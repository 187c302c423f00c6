import { spawnSync } from 'node:child_process';
import { describe, expect, inject, test } from 'vitest';
import { crosswind } from './crosswind.ts';

const bootstrap = (...args: readonly string[]) => crosswind('bootstrap', '--assembly', inject('assembly'), ...args);

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
    const { stdout } = await bootstrap('wind-child-dev', '--print', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      policies: [{ kind: 'workload', file: 'crosswind-execution-workload.json' }],
      accounts: [{ account: 'wind-child-dev', id: '444444444444' }],
    });
  });

  test.each([
    ['without --print, because it runs nothing', [], "required option '--print' not specified"],
    ['for an account that is not there', ['--print', 'wind-child-div'], 'did you mean "wind-child-dev"?'],
  ])('ends with exit code 1 %s', async (_, args, message) => {
    const { code, stdout, stderr } = await bootstrap(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});

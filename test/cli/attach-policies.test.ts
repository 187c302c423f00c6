import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../cli/local/administrator.ts';
import { servedOrganization } from '../../cli/local/served-organization.ts';
import { platformFile } from '../platform-file.ts';
import { shippedPlatform as platform } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { aws } from './aws.ts';
import { crosswind } from './crosswind.ts';
import { failingAws } from './failing-aws.ts';
import { environmentOf } from './environment-of.ts';

const region = 'us-east-1';
const [management, tooling, monitoring, child] = ['999999999999', '111111111111', '222222222222', '444444444444'];
const run = promisify(execFile);
const hasAws = spawnSync('aws', ['--version']).status === 0;

let sandbox: Sandbox;
const directory = temporaryDirectory();
const environment = () => environmentOf(sandbox, administrator(sandbox, management, region), region);

/** Runs the script that is printed for these accounts, all if none is named. */
async function attached(accounts: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const policies = join(directory, "the platform's");
  const printed = await crosswind('baseline', '--file', platformFile, ...accounts, '--organization-policies', policies);
  const script = join(directory, 'attach-policies.sh');
  writeFileSync(script, printed.stdout);
  return (await run('bash', [script], { env: { ...process.env, ...environment(), ...env } })).stdout;
}

const mayDelete = (account = child): boolean =>
  sandbox.authorize({
    principal: administrator(sandbox, account, region),
    action: 'cloudformation:DeleteStack',
    resource: `arn:aws:cloudformation:${region}:${account}:stack/crosswind-word-count-child/1`,
    resourceAccount: account,
    context: {},
  }).allowed;

describe.skipIf(!hasAws)('the script that attaches the policies of the organization', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    sandbox = await openSandbox({ organization: servedOrganization(platform) });
  });
  afterAll(() => sandbox.close());

  const some = ['word-child-dev'];

  test('ends where a call fails, whichever it is, and goes on from there when it is run again', async () => {
    expect(mayDelete()).toBe(true);
    // After a type of policies is enabled, and before the first policy of the other type is attached.
    for (const call of [4, 9]) {
      await expect(attached(some, failingAws(call))).rejects.toMatchObject({ stderr: 'connection lost\n' });
    }
    const stdout = await attached(some);
    expect(stdout).toContain('crosswind-workload: unchanged\n');
    expect(stdout).toContain('the policies are attached');
    expect(mayDelete()).toBe(false);
  });

  test('changes nothing the next time', async () => {
    expect(await attached(some)).toBe(
      'crosswind-workload: unchanged\ncrosswind-resources: unchanged\nthe policies are attached\n',
    );
  });

  test('updates a policy, attaches it to accounts that came later, and names those that have it besides', async () => {
    const list = ['organizations', 'list-policies', '--filter', 'SERVICE_CONTROL_POLICY', '--output', 'text'];
    const id = await aws(environment(), ...list, '--query', `Policies[?Name=='crosswind-workload'].Id`);
    const other = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }],
    });
    await aws(environment(), 'organizations', 'update-policy', '--policy-id', id, '--content', other);
    await aws(environment(), 'organizations', 'attach-policy', '--policy-id', id, '--target-id', monitoring);
    expect(mayDelete()).toBe(true);

    const stdout = await attached([]);
    expect(stdout).toContain('crosswind-pipeline: created\n  attached to 111111111111 (tooling)\n');
    expect(stdout).toContain('crosswind-workload: updated\n  attached to 333333333333 (word-parent-dev)\n');
    expect(stdout).toMatch(
      new RegExp(`${monitoring} has it, .* detach-policy --policy-id ${id} --target-id ${monitoring}`),
    );
    expect(stdout).not.toContain(`attached to ${child}`);
    expect([child, tooling, '333333333333'].map((account) => mayDelete(account))).toEqual([false, false, false]);
    const described = ['organizations', 'describe-policy', '--policy-id', id, '--query', 'Policy.Content'];
    const file = join(directory, "the platform's", 'crosswind-workload.json');
    expect(await aws(environment(), ...described, '--output', 'text')).toBe(readFileSync(file, 'utf8'));
  });
});

import {
  AttachPolicyCommand,
  DescribePolicyCommand,
  ListPoliciesCommand,
  OrganizationsClient,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
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
import { crosswind } from './crosswind.ts';
import { failingAws } from './failing-aws.ts';
import { environmentOf } from './environment-of.ts';

const region = 'us-east-1';
const [management, tooling, monitoring, child] = ['999999999999', '111111111111', '222222222222', '444444444444'];
const run = promisify(execFile);
const hasAws = spawnSync('aws', ['--version']).status === 0;

let sandbox: Sandbox;
const directory = temporaryDirectory();
const person = () => administrator(sandbox, management, region);
const credentials = () => sandbox.sessions.credentials(person());

/** Runs the script that is printed for these accounts, all if none is named. */
async function attached(accounts: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const policies = join(directory, "the platform's");
  const printed = await crosswind('baseline', '--file', platformFile, ...accounts, '--organization-policies', policies);
  const script = join(directory, 'attach-policies.sh');
  writeFileSync(script, printed.stdout);
  return (await run('bash', [script], { env: { ...process.env, ...environmentOf(sandbox, person(), region), ...env } }))
    .stdout;
}

const mayDelete = (account = child): boolean =>
  sandbox.authorize({
    principal: administrator(sandbox, account, region),
    action: 'cloudformation:DeleteStack',
    resource: `arn:aws:cloudformation:${region}:${account}:stack/crosswind-word-count-child/1`,
    resourceAccount: account,
    context: {},
  }).allowed;

describe.skipIf(!hasAws)('the script that attaches the policies of the organization', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    sandbox = await openSandbox({ organization: servedOrganization(platform) });
  });
  afterAll(() => sandbox.close());

  test('ends where a call fails, and goes on from there for all accounts when it is run again', async () => {
    // The policies of one account are there, and not yet attached.
    const cut = attached(['word-child-dev'], failingAws(9));
    await expect(cut).rejects.toMatchObject({ stderr: 'connection lost\n' });
    expect(mayDelete()).toBe(true);

    const organizations = new OrganizationsClient({
      region,
      endpoint: sandbox.endpointUrl,
      credentials: credentials(),
    });
    const Filter = 'SERVICE_CONTROL_POLICY';
    const policyNamed = async (name: string): Promise<string> => {
      const { Policies = [] } = await organizations.send(new ListPoliciesCommand({ Filter }));
      return Policies.find(({ Name }) => Name === name)?.Id ?? '';
    };
    const PolicyId = await policyNamed('crosswind-workload');
    const Statement = [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }];
    const Content = JSON.stringify({ Version: '2012-10-17', Statement });
    await organizations.send(new UpdatePolicyCommand({ PolicyId, Content }));
    await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: monitoring }));

    const stdout = await attached([]);
    expect(stdout).toContain('crosswind-pipeline: created\n  attached to 111111111111 (tooling)\n');
    expect(stdout).toMatch(/crosswind-workload: updated\n( {2}attached to \d+ \(word-.*\)\n){4}/);
    const detach = `detach-policy --policy-id ${PolicyId} --target-id ${monitoring}`;
    expect(stdout).toMatch(new RegExp(`${monitoring} has it, .* ${detach}`));
    expect(stdout).toContain('the policies are attached');
    expect([child, tooling, '333333333333'].map((account) => mayDelete(account))).toEqual([false, false, false]);
    const { Policy } = await organizations.send(new DescribePolicyCommand({ PolicyId }));
    expect(Policy?.Content).toBe(readFileSync(join(directory, "the platform's", 'crosswind-workload.json'), 'utf8'));
    organizations.destroy();
  });

  test('changes nothing the next time', async () => {
    expect(await attached(['word-child-dev'])).toBe(
      'crosswind-workload: unchanged\ncrosswind-resources: unchanged\nthe policies are attached\n',
    );
  });
});

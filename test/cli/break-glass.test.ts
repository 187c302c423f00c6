import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccessRole, addAdminRole } from '@crosswind/sandbox/iam/operator-role';
import { openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../cli/local/administrator.ts';
import { attachOrganizationPolicies } from '../../cli/local/attach-organization-policies.ts';
import { servedOrganization } from '../../cli/local/served-organization.ts';
import { platformFile } from '../platform-file.ts';
import { shippedPlatform as platform } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind } from './crosswind.ts';
import { environmentOf } from './environment-of.ts';

const region = 'us-east-1';
const [management, child] = ['999999999999', '444444444444'] as const;
const breakGlass = `arn:aws:iam::${child}:role/crosswind-break-glass`;
const run = promisify(execFile);
const hasAws = spawnSync('aws', ['--version']).status === 0;

describe.each([
  ['a name that is no role', ['nobody'], 'expected the ARN of a named user or role, got nobody'],
  ['every role', [`arn:aws:iam::${management}:role/*`], 'expected the ARN of a named user or role'],
  [
    'another option besides',
    ['arn:aws:iam::1:user/a', '--script'],
    '--script and --break-glass print different things',
  ],
])('crosswind baseline --break-glass', (what, args, message) => {
  test(`refuses ${what}`, async () => {
    const { code, stdout, stderr } = await crosswind('baseline', '--file', platformFile, '--break-glass', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe.skipIf(!hasAws)('the script that creates the role for emergencies', { timeout: 300_000 }, () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ organization: servedOrganization(platform) });
    addAccessRole(sandbox.identities, { account: child, partition: 'aws', managementAccount: management });
    for (const name of ['ada', 'eve'])
      addAdminRole(sandbox.identities, { account: management, partition: 'aws' }, name);
  });
  afterAll(() => sandbox.close());

  const person = (name: string) => administrator(sandbox, management, region, name);
  const mayAssume = (name: string): boolean => sandbox.sessions.assumeRole(person(name), breakGlass, 'incident').ok;

  /** Runs what is printed for one person, as that person of the management account. */
  async function put(of: string, ...role: readonly string[]): Promise<string> {
    const arn = `arn:aws:iam::${management}:role/${of}`;
    const printed = await crosswind('baseline', 'word-child-dev', '--file', platformFile, '--break-glass', arn);
    const script = join(temporaryDirectory(), 'break-glass.sh');
    writeFileSync(script, printed.stdout);
    const env = { ...process.env, ...environmentOf(sandbox, person('ada'), region) };
    return (await run('bash', [script, ...role], { env })).stdout;
  }

  test('lets the named person in and nobody else, and the next time only who is named then', async () => {
    expect(await put('ada')).toBe('444444444444 (word-child-dev)\ncrosswind-break-glass is there\n');
    expect([mayAssume('ada'), mayAssume('eve')]).toEqual([true, false]);
    await put('eve');
    expect([mayAssume('ada'), mayAssume('eve')]).toEqual([false, true]);
    await put('ada');
    const admin = administrator(sandbox, child, region);
    expect(sandbox.sessions.assumeRole(admin, breakGlass, 'incident').ok).toBe(false);
  });

  test('works as that role alone once the policies are attached, which lets it do what repairs need', async () => {
    attachOrganizationPolicies(sandbox, platform);
    await expect(put('eve')).rejects.toMatchObject({
      stderr: expect.stringMatching(
        /iam:UpdateAssumeRolePolicy .* explicit deny in a service control policy/,
      ) as unknown,
    });
    expect(mayAssume('ada')).toBe(true);
    const assumed = sandbox.sessions.assumeRole(person('ada'), breakGlass, 'incident');
    if (!assumed.ok) throw new Error('ada may not assume the role');
    const stack = `arn:aws:cloudformation:${region}:${child}:stack/crosswind-word-count-child/1`;
    for (const [action, resource] of [
      ['cloudformation:DeleteStack', stack],
      ['cloudformation:UpdateTerminationProtection', stack],
      ['iam:CreatePolicyVersion', `arn:aws:iam::${child}:policy/crosswind-boundary`],
      ['s3:DeleteObjectVersion', 'arn:aws:s3:::crosswind-word-count-child-childresults/a'],
    ] as const) {
      const { session: principal } = assumed;
      const request = { principal, action, resource, resourceAccount: child, context: {} };
      expect({ action, ...sandbox.authorize(request) }).toMatchObject({ action, allowed: true });
    }
    await put('eve', 'crosswind-break-glass');
    expect([mayAssume('ada'), mayAssume('eve')]).toEqual([false, true]);
  });
});

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { StatementJson } from '@crosswind/iam/policy-document';
import { crosswindCommands } from '../../cli/local/crosswind-commands.ts';
import { crosswind as command } from '../../cli/main.ts';
import { accountRoleNames, pipelineRoleNames } from '../../config/role-names.ts';
import { platformFile } from '../platform-file.ts';
import { clone } from '../workloads.ts';
import { type Finished, crosswindIn } from './crosswind.ts';
import { type DeployedPlatform, deployedPlatform } from './deployed-platform.ts';

const tooling = '111111111111';
const caller = `arn:aws:iam::${tooling}:role/${pipelineRoleNames.protection}`;

let platform: DeployedPlatform;
beforeAll(async () => {
  platform = await deployedPlatform();
  const { identities } = platform.sandbox;
  const arn = (account: string) => `arn:aws:iam::${account}:role/${accountRoleNames.protector}`;
  const Statement: StatementJson[] = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: arn('*') }];
  const own = identities.addRole({
    arn: caller,
    name: pipelineRoleNames.protection,
    account: tooling,
    trust: { Statement: [] },
  });
  own.policies.push({ name: 'protect', document: { Statement } });
  // Somebody has taken the role of one account away.
  identities.removeRole(arn('666666666666'));
});
afterAll(() => platform.close());

const session = {
  kind: 'role',
  roleArn: caller,
  sessionArn: `arn:aws:sts::${tooling}:assumed-role/${pipelineRoleNames.protection}/build`,
  account: tooling,
} as const;

function protect(...args: readonly string[]): Promise<Finished> {
  const { accessKeyId, secretAccessKey, sessionToken } = platform.sandbox.sessions.credentials(session);
  const environment = {
    AWS_ENDPOINT_URL: platform.sandbox.endpointUrl,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
  return crosswindIn(environment, 'protect', '--file', platformFile, ...args);
}

const isProtected = (account: string, name: string): boolean | undefined =>
  platform.sandbox.cloudFormation.stacks.find({ account, region: 'us-east-1' }, name)?.terminationProtection;

describe('crosswind protect', () => {
  test('protects the stacks of a wave in their accounts, and the second time finds them protected', async () => {
    expect(isProtected('333333333333', 'crosswind-word-count-parent')).toBe(false);
    const first = await protect('dev');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout.split('\n').sort()).toEqual([
      '',
      'protected: crosswind-word-count-child in 444444444444, us-east-1',
      'protected: crosswind-word-count-parent in 333333333333, us-east-1',
    ]);
    expect(isProtected('333333333333', 'crosswind-word-count-parent')).toBe(true);
    expect(isProtected('555555555555', 'crosswind-word-count-parent')).toBe(false);
    expect((await protect('dev')).stdout).toContain('was protected: crosswind-word-count-child');
  });

  test('protects the stacks of the monitoring account, and prints them as JSON', async () => {
    const { code, stdout } = await protect('observability', '--json');
    expect(code).toBe(0);
    const account = '222222222222';
    const place = { account, region: 'us-east-1', result: 'protected' };
    expect(JSON.parse(stdout)).toEqual({
      wave: 'observability',
      stacks: [
        { name: 'crosswind-alerts', ...place },
        { name: 'crosswind-observability-word-count', tenant: 'word-count', ...place },
        { name: 'crosswind-fleet', ...place },
      ],
    });
    expect(isProtected(account, 'crosswind-alerts')).toBe(true);
  });

  test('names account, stack and fix where there is no such role, and protects the others', async () => {
    const { code, stdout, stderr } = await protect('prod');
    expect(code).toBe(2);
    expect(stdout).toContain('protected: crosswind-word-count-parent in 555555555555');
    expect(stderr).toContain('1 of 2 stacks are not protected:\ncrosswind-word-count-child in account 666666666666');
    expect(stderr).toContain('is not authorized to perform: sts:AssumeRole');
    expect(stderr).toContain(
      `expected that arn:aws:iam::666666666666:role/crosswind-protector trusts role/crosswind-protection of account ${tooling}`,
    );
    expect(stderr).toContain('deploy the baseline there');
  });

  test.each([
    ['a wave', ['test'], 'there is no wave "test" (known: dev, prod, probes, observability)'],
    ['a tenant', ['dev', '--tenant', 'wind'], 'there is no tenant "wind" (known: word-count)'],
  ])('refuses %s that the platform does not have', async (_, args, says) => {
    expect(await protect(...args)).toMatchObject({ code: 1, stderr: `${says}\n` });
  });

  test('is a command of a build that the played pipeline runs', async () => {
    const run = crosswindCommands({
      sandbox: platform.sandbox,
      file: platformFile,
      assembly: inject('assembly'),
      tenants: new Set(['word-count']),
      io: { crosswind: (args, io) => command(args, io, clone) },
    });
    const build = (wave: string) => {
      const text = `npx crosswind protect ${wave}`;
      return run({ text, words: text.split(' '), principal: session, directory: clone.root });
    };
    expect(await build('dev')).toBe('ran crosswind protect dev');
    await expect(build('prod')).rejects.toThrow(/ended with exit code 2:[^]*666666666666/);
  });
});

import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import { openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../cli/local/administrator.ts';
import { assembledApp } from '../../cli/local/assembled-app.ts';
import { attachOrganizationPolicies } from '../../cli/local/attach-organization-policies.ts';
import { deployBaseline } from '../../cli/local/deploy-baseline.ts';
import { playPipeline } from '../../cli/local/play-pipeline.ts';
import { platformFile } from '../platform-file.ts';
import { platformText, shippedPlatform as platform } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone } from '../workloads.ts';
import { crosswind } from './crosswind.ts';

const region = 'us-east-1';
const [management, monitoring, child] = ['999999999999', '222222222222', '444444444444'] as const;
const run = promisify(execFile);
const hasAws = spawnSync('aws', ['--version']).status === 0;

async function guarded<T>(use: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true });
  try {
    await deployBaseline({ sandbox, platform, assembly: inject('assembly') });
    attachOrganizationPolicies(sandbox, platform);
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
}

/** Plays the pipeline that a person with this role has deployed; returns the failures of its actions. */
async function played(sandbox: Sandbox, deployer?: string): Promise<readonly string[]> {
  const assembly = inject('assembly');
  const { assembled: stacks, byHand } = assembledApp(assembly);
  const failures: string[] = [];
  await playPipeline({
    ...{
      sandbox,
      clone,
      platform,
      file: platformFile,
      assembly,
      stacks,
      byHand,
      io: {},
      runsCommands: false,
      deployer,
    },
    progress: () => undefined,
    onAction: ({ error }) => {
      if (error !== undefined) failures.push(error);
      return 'stop';
    },
  });
  return failures;
}

/** True if a principal may do something in its own account. */
const may = ({ authorize }: Sandbox, principal: ReturnType<typeof administrator>, action: string, resource: string) =>
  authorize({ principal, action, resource, resourceAccount: principal.account, context: {} }).allowed;

describe('an organization whose policies are attached', { timeout: 60_000 }, () => {
  test('lets the pipeline deploy everything, once break glass has deployed the pipeline', () =>
    guarded(async (sandbox) => {
      expect(await played(sandbox, 'crosswind-break-glass')).toEqual([]);
    }));

  test('lets no administrator deploy the pipeline by hand', () =>
    guarded(async (sandbox) => {
      await expect(played(sandbox)).rejects.toThrow('with an explicit deny in a service control policy');
    }));

  test.each([
    ['cloudformation:DeleteStack', `arn:aws:cloudformation:${region}:${child}:stack/crosswind-word-count-child/1`],
    [
      'cloudformation:DeleteStack',
      `arn:aws:cloudformation:${region}:${child}:stack/StackSet-crosswind-baseline-${region}-0c1d/1`,
    ],
    ['iam:PutRolePolicy', `arn:aws:iam::${child}:role/cdk-crosswind-cfn-exec-role-${child}-${region}`],
    ['iam:CreateRole', `arn:aws:iam::${child}:role/crosswind-break-glass`],
    ['iam:CreateRole', `arn:aws:iam::${child}:role/stacksets-exec-mine`],
    ['iam:CreatePolicyVersion', `arn:aws:iam::${child}:policy/crosswind-boundary`],
    ['states:UpdateStateMachine', `arn:aws:states:${region}:${child}:stateMachine:crosswind-word-count-child`],
    ['organizations:LeaveOrganization', '*'],
  ])('lets break glass do what no administrator may: %s', (action, resource) =>
    guarded((sandbox) => {
      expect(may(sandbox, administrator(sandbox, child, region), action, resource)).toBe(false);
      expect(may(sandbox, administrator(sandbox, child, region, 'crosswind-break-glass'), action, resource)).toBe(true);
      return Promise.resolve();
    }),
  );

  test('leaves other stacks and roles to administrators', () =>
    guarded((sandbox) => {
      const person = administrator(sandbox, child, region);
      expect(
        may(sandbox, person, 'cloudformation:DeleteStack', `arn:aws:cloudformation:${region}:${child}:stack/network/1`),
      ).toBe(true);
      expect(may(sandbox, person, 'iam:PutRolePolicy', `arn:aws:iam::${child}:role/network`)).toBe(true);
      return Promise.resolve();
    }));
});

/** Adds a role to an account that may do everything there, and that administrators of the management account assume. */
function addAssumable({ identities }: Sandbox, account: string, name: string): void {
  const allow = { Effect: 'Allow' } as const;
  const trust = { ...allow, Principal: { AWS: `arn:aws:iam::${management}:root` }, Action: 'sts:AssumeRole' };
  const arn = `arn:aws:iam::${account}:role/${name}`;
  const role = identities.addRole({ arn, name, account, trust: { Statement: [trust] } });
  role.policies.push({ name: 'all', document: { Statement: [{ ...allow, Action: '*', Resource: '*' }] } });
}

/** Runs the printed script for an account whose baseline has changed, as an administrator of the management account. */
async function updated(sandbox: Sandbox, ...role: readonly string[]) {
  const directory = temporaryDirectory();
  const [file, script] = [join(directory, 'platform.yaml'), join(directory, 'baseline.sh')];
  writeFileSync(file, platformText.replace('organization:\n', 'organization:\n  publicBuckets: [winds]\n'));
  writeFileSync(script, (await crosswind('baseline', 'word-child-dev', '--script', '--file', file)).stdout);
  const { accessKeyId, secretAccessKey, sessionToken } = sandbox.sessions.credentials(
    administrator(sandbox, management, region),
  );
  const env = {
    ...{ ...process.env, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    ...{ AWS_ENDPOINT_URL: sandbox.endpointUrl, AWS_DEFAULT_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId },
    ...{ AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken },
  };
  return run('bash', [script, ...role], { env });
}

describe.skipIf(!hasAws)('the script of the baseline where policies are attached', { timeout: 120_000 }, () => {
  const withPeople = (use: (sandbox: Sandbox) => Promise<void>): Promise<void> =>
    guarded((sandbox) => {
      for (const account of [monitoring, child]) {
        for (const name of ['OrganizationAccountAccessRole', 'crosswind-break-glass']) {
          addAssumable(sandbox, account, name);
        }
      }
      return use(sandbox);
    });

  test('is denied as the role that it has by default, and names the one that may', () =>
    withPeople(async (sandbox) => {
      const ended: unknown = await updated(sandbox).catch((error: unknown) => error);
      expect(ended).toMatchObject({
        code: expect.any(Number) as unknown,
        stderr: expect.stringMatching(
          /explicit deny in a service control policy[^]*ended as OrganizationAccountAccessRole; where the organization's policies are attached: bash baseline.sh crosswind-break-glass/,
        ) as unknown,
      });
      expect(ended).toMatchObject({ stdout: expect.not.stringContaining('created/updated stack') as unknown });
    }));

  test('updates the baseline as the role for emergencies', () =>
    withPeople(async (sandbox) => {
      const { stdout, stderr } = await updated(sandbox, 'crosswind-break-glass');
      expect(stdout).toContain('Successfully created/updated stack - crosswind-toolkit');
      expect(stderr).not.toContain('ended as');
    }));
});

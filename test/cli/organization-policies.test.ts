import { describe, expect, inject, test } from 'vitest';
import { openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../cli/local/administrator.ts';
import { assembledApp } from '../../cli/local/assembled-app.ts';
import { attachOrganizationPolicies } from '../../cli/local/attach-organization-policies.ts';
import { deployBaseline } from '../../cli/local/deploy-baseline.ts';
import { playPipeline } from '../../cli/local/play-pipeline.ts';
import { platformFile } from '../platform-file.ts';
import { shippedPlatform as platform } from '../synthesized.ts';
import { clone } from '../workloads.ts';

const region = 'us-east-1';
const child = '444444444444';

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

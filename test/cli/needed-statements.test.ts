import { describe, expect, inject, test } from 'vitest';
import { messageOf } from '@crosswind/aws/problem';
import type { StatementJson } from '@crosswind/iam/policy-document';
import { openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { assembledApp } from '../../cli/local/assembled-app.ts';
import { deployBaseline } from '../../cli/local/deploy-baseline.ts';
import { playPipeline } from '../../cli/local/play-pipeline.ts';
import { platformFile } from '../platform-file.ts';
import { shippedPlatform as platform } from '../synthesized.ts';
import { clone } from '../workloads.ts';

/** A statement of a role of the bootstrap, in every account that has that role. */
interface Statement {
  readonly role: string;
  readonly policy: string;
  /** Its place in the policy. */
  readonly index: number;
  readonly sid: string | undefined;
  /** Patterns of its actions, in any account. */
  readonly actions: readonly string[];
}

const nameOf = ({ role, policy, index, sid }: Statement): string =>
  `${role}, ${policy}, ${sid ?? `statement ${index}`}`;

/** True if a statement is about an action. */
const isAbout = ({ actions }: Statement, action: string): boolean =>
  actions.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action));

const ignore = (): void => undefined;

/** A sandbox with the accounts of the example platform, bootstrapped. */
async function bootstrapped() {
  const assembly = inject('assembly');
  const { assembled: stacks, byHand } = assembledApp(assembly);
  const sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true });
  await deployBaseline({ sandbox, platform, assembly });
  return { sandbox, clone, platform, file: platformFile, assembly, stacks, byHand };
}

/** Plays the pipeline without one statement, and without running workflows. Returns the call at which it ended, if it did. */
async function endWithout(statement?: Statement): Promise<string | undefined> {
  const props = await bootstrapped();
  if (statement) remove(props.sandbox, statement);
  let end: string | undefined;
  try {
    await playPipeline({
      ...props,
      runsCommands: false,
      io: {},
      progress: ignore,
      onAction: ({ error }) => {
        end ??= error;
        return 'stop';
      },
    });
  } catch (error) {
    end = messageOf(error);
  } finally {
    await props.sandbox.close();
  }
  // The pipeline reports that it failed to a topic that is not there yet.
  const denied = props.sandbox.decisions.denials().findLast(({ request: { action } }) => action !== 'sns:Publish')
    ?.request.action;
  return end === undefined ? undefined : (denied ?? end);
}

const roleNames = ['deploy-role', 'file-publishing-role', 'cfn-exec-role'];

const rolesNamed = (sandbox: Sandbox, part: string) =>
  platform.accounts.flatMap(
    ({ id, region }) => sandbox.identities.role(`arn:aws:iam::${id}:role/cdk-crosswind-${part}-${id}-${region}`) ?? [],
  );

/** Name of a policy, the same in every account. */
const policyName = ({ inlineName, managedArn = '' }: { readonly inlineName?: string; readonly managedArn?: string }) =>
  (inlineName ?? managedArn.split('/').at(-1) ?? '').replace(/-\d{12}-.*$/, '');

async function statements(): Promise<readonly Statement[]> {
  const { sandbox } = await bootstrapped();
  const found = roleNames.flatMap((role) =>
    rolesNamed(sandbox, role).flatMap(({ policies }) =>
      policies.flatMap((policy) =>
        [policy.document.Statement].flat().map(({ Sid: sid, Action = [] }, index) => ({
          ...{ role, policy: policyName(policy), index, sid },
          actions: [Action].flat(),
        })),
      ),
    ),
  );
  await sandbox.close();
  const byName = new Map<string, Statement>();
  for (const each of found) {
    const { actions = [] } = byName.get(nameOf(each)) ?? {};
    byName.set(nameOf(each), { ...each, actions: [...actions, ...each.actions] });
  }
  return [...byName.values()];
}

/** Removes it by its Sid: policies of other kinds of accounts have it in another place. */
function remove(sandbox: Sandbox, { role: part, policy: name, index, sid }: Statement): void {
  for (const { policies } of rolesNamed(sandbox, part)) {
    policies.forEach((policy, at) => {
      if (policyName(policy) !== name) return;
      const Statement: readonly StatementJson[] = [policy.document.Statement]
        .flat()
        .filter(({ Sid }, place) => (sid === undefined ? place !== index : Sid !== sid));
      policies[at] = { ...policy, document: { ...policy.document, Statement } };
    });
  }
}

/** Statements whose removal stops nothing, and why they stay. */
const notMissed: Readonly<Record<string, string>> = {
  'deploy-role, default, Refactor': 'only `cdk refactor` makes these calls',
  'file-publishing-role, cdk-crosswind-file-publishing-role-default-policy, statement 1':
    'the assets have the key that AWS manages, for which S3 asks no permission within its account',
  'deploy-role, default, CliPermissions':
    'the step that changes the pipeline makes these calls, whose commands are not run here; the administrator has them',
  'deploy-role, default, CliStagingBucket': 'the same; templates that CodePipeline deploys come with its artifact',
  'cfn-exec-role, crosswind-deployment, OwnAliases':
    'only artifacts in another region have a key with an alias, and the platform has one region',
  'cfn-exec-role, crosswind-deployment, NotTheGuards': 'a denial: without it more is allowed',
  'cfn-exec-role, crosswind-deployment, BoundariesStay': 'a denial: without it more is allowed',
  'cfn-exec-role, crosswind-deployment, NoPeople': 'a denial: without it more is allowed',
};

describe('the pipeline of the example platform', () => {
  test('deploys everything with the roles of the bootstrap', async () => {
    expect(await endWithout()).toBeUndefined();
  });

  test('fails without any one of their statements, and names the action; or the list says why it stays', async () => {
    const all = await statements();
    expect(all.length).toBeGreaterThan(15);
    const passed: string[] = [];
    const otherwise: string[] = [];
    for (const each of all) {
      const end = await endWithout(each);
      if (end === undefined) passed.push(nameOf(each));
      else if (!isAbout(each, end)) otherwise.push(`${nameOf(each)}: ${end}`);
    }
    expect(passed.sort()).toEqual(Object.keys(notMissed).sort());
    expect(otherwise).toEqual([]);
  });
});

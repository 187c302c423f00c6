import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { deployTemplate, type Sandbox } from '@crosswind/sandbox/sandbox';
import type { Finding } from '../../cli/preflight/finding.ts';
import { administrator } from '../../cli/local/administrator.ts';
import { baselineText } from '../../cli/platform/baseline-in.ts';
import { platformFile } from '../platform-file.ts';
import { platformText, shippedPlatform } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswindIn } from './crosswind.ts';
import { baselineCommand, findingsIn, preflightCommand } from './preflighted.ts';
import { type PushedPlatform, pushedPlatform, stackOfStackSet } from './pushed-platform.ts';

const [tooling, monitoring, parentDev, childDev] = [
  '111111111111',
  '222222222222',
  '333333333333',
  '444444444444',
] as const;
const region = 'us-east-1';

let pushed: PushedPlatform;
let sandbox: Sandbox;
beforeAll(async () => {
  pushed = await pushedPlatform();
  ({ sandbox } = pushed);
}, 120_000);
afterAll(() => sandbox.close());

const preflight = (...args: readonly string[]) => crosswindIn(pushed.environment, ...preflightCommand, ...args);

const findings = (...args: readonly string[]) => findingsIn(pushed.environment, ...args);

const caller = (account: string) => ({ principal: administrator(sandbox, account, region), region });

interface Fault {
  readonly plant: () => Promise<void> | void;
  readonly remove: () => Promise<void> | void;
  readonly expected: Readonly<Record<'check' | 'account', string>> & Readonly<Record<'found' | 'fix', unknown>>;
}

const text = (part: string): unknown => expect.stringContaining(part);

const role = (account: string) => `arn:aws:iam::${account}:role/crosswind-viewer`;
const policy = (account: string, name: string) => `arn:aws:iam::${account}:policy/${name}`;

/** Changes a guard by hand, as IAM's console does, and brings it back. */
function guard(name: string, id: string): Fault {
  const arn = policy(childDev, name);
  let before: ReturnType<Sandbox['identities']['managedPolicy']>;
  return {
    plant: () => {
      before = sandbox.identities.managedPolicy(arn);
      const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
      sandbox.identities.setManagedPolicy(arn, { name, document: { Version: '2012-10-17', Statement: [everything] } });
    },
    remove: () => {
      if (before) sandbox.identities.setManagedPolicy(arn, before);
    },
    expected: {
      check: 'guard',
      account: 'word-child-dev',
      found: `the default version of ${name} is another document`,
      fix: text(
        `jq .Resources.${id}.Properties.PolicyDocument > guard.json && aws iam create-policy-version --policy-arn ${arn} --set-as-default`,
      ),
    },
  };
}

const connection = shippedPlatform.pipeline.connection;
const page = `arn:aws:sns:${region}:${monitoring}:crosswind-page`;

/** Subscribes somebody who has not opened the link. */
const pending = { protocol: 'email', endpoint: 'new@example.com' };

const onCall = { protocol: 'email', endpoint: 'on-call@example.com' };

const replaceRole = (account: string): (() => void) => {
  const arn = role(account);
  const before = sandbox.identities.role(arn);
  sandbox.identities.removeRole(arn);
  return () => {
    if (!before) return;
    const { policies, trust, ...rest } = before;
    sandbox.identities.addRole({ ...rest, trust: trust.document }).policies.push(...policies);
  };
};

let undo: () => void = () => undefined;
const faults: Readonly<Record<string, () => Fault>> = {
  'an account without the viewer role': () => ({
    plant: () => {
      undo = replaceRole(parentDev);
    },
    remove: () => {
      undo();
    },
    expected: {
      check: 'viewer role',
      account: 'word-parent-dev',
      found: text('sts:AssumeRole'),
      fix: baselineCommand('word-parent-dev'),
    },
  }),
  'a baseline of an older version': () => ({
    plant: () =>
      deployBaselineOf(childDev, (template) =>
        template.replace(/("BaselineDigest"[^}]*"Value": ")[0-9a-f]{16}/, '$10123456789abcdef'),
      ),
    remove: () => deployBaselineOf(childDev, (template) => template),
    expected: {
      check: 'baseline',
      account: 'word-child-dev',
      found: 'crosswind-toolkit has the digest 0123456789abcdef',
      fix: baselineCommand('word-child-dev'),
    },
  }),
  'a boundary that somebody widened': () => guard('crosswind-boundary', 'Boundary'),
  'an execution policy that somebody widened': () => guard('crosswind-deployment', 'ExecutionPolicy'),
  'a connection that nobody completed': () => ({
    plant: () => {
      sandbox.connections.set({ arn: connection, name: 'c', provider: 'GitHub', status: 'PENDING' });
    },
    remove: () => {
      sandbox.connections.set({ arn: connection, name: 'c', provider: 'GitHub', status: 'AVAILABLE' });
    },
    expected: {
      check: 'connection',
      account: 'tooling',
      found: `${connection} is PENDING`,
      fix: text('.console.aws.amazon.com/codesuite/settings/connections'),
    },
  }),
  'a connection that is not there': () => ({
    plant: () => {
      sandbox.connections.remove(connection);
    },
    remove: () => {
      sandbox.connections.set({ arn: connection, name: 'c', provider: 'GitHub', status: 'AVAILABLE' });
    },
    expected: {
      check: 'connection',
      account: 'tooling',
      found: `no connection ${connection}`,
      fix: text('aws codeconnections create-connection'),
    },
  }),
  'a subscription that nobody confirmed': () => ({
    plant: () => {
      sandbox.topics.subscribe(page, pending);
    },
    remove: () => {
      sandbox.topics.unsubscribe(page, pending);
    },
    expected: {
      check: 'subscription',
      account: 'monitoring',
      found: `new@example.com has not confirmed its subscription to ${page}`,
      fix: text(
        `aws sns subscribe --region ${region} --topic-arn ${page} --protocol email --notification-endpoint new@example.com`,
      ),
    },
  }),
  'an address that has left its topic': () => ({
    plant: () => {
      sandbox.topics.unsubscribe(page, onCall);
    },
    remove: () => {
      sandbox.topics.subscribe(page, onCall);
      sandbox.topics.confirm(page, onCall);
    },
    expected: {
      check: 'subscription',
      account: 'monitoring',
      found: 'on-call@example.com subscribes to no topic, or not yet',
      fix: text(`aws sns subscribe --region ${region} --topic-arn ${page} --protocol email`),
    },
  }),
};

/** Deploys the baseline of a workload account as its administrator, changed. */
async function deployBaselineOf(account: string, change: (template: string) => string): Promise<void> {
  const template = change(baselineText(inject('assembly'), 'workload'));
  const SinkArn = sandbox.observability.sinksOf(monitoring)[0]?.arn ?? '';
  const parameters = { BootstrapVariant: 'Crosswind: account baseline', SinkArn };
  await deployTemplate(sandbox.stackCalls, caller(account), {
    ...{ stackName: 'crosswind-toolkit', template, parameters, terminationProtection: true },
  });
}

describe('crosswind preflight', { timeout: 120_000 }, () => {
  test('is ready after a good push', async () => {
    const { code, stdout, stderr } = await preflight();
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'ready: 6 accounts\n', stderr: '' });
  });

  test.each(Object.keys(faults))('finds %s with its command, and is ready without it', async (name) => {
    const fault = faults[name]?.();
    if (!fault) throw new Error(name);
    await fault.plant();
    try {
      const severity = fault.expected.check === 'subscription' ? 'warning' : 'error';
      expect(await findings()).toEqual([expect.objectContaining({ ...fault.expected, severity })]);
    } finally {
      await fault.remove();
    }
    expect(await findings()).toEqual([]);
  });

  test('checks only the account that is named, by its name or id', async () => {
    const restore = replaceRole(parentDev);
    try {
      expect(await findings('--account', 'word-child-dev', '--account', tooling)).toEqual([]);
      expect(await findings('--account', parentDev)).toHaveLength(1);
      const { code, stdout, stderr } = await preflight('--account', 'word-parent-dev');
      expect(code).toBe(2);
      expect(stdout).toContain(`word-parent-dev (333333333333): viewer role\n  found   `);
      expect(stdout).toContain(`\n  fix     ${baselineCommand('word-parent-dev')}\n`);
      expect(stderr).toContain('not ready: 1 findings in 1 of 1 account');
    } finally {
      restore();
    }
  });

  test('warns of what a push brings or passes over, and is ready: an address that is new, an account that is pending', async () => {
    const file = join(temporaryDirectory(), 'platform.yaml');
    const joining =
      "  - name: joining\n    id: '777777777777'\n    email: aws+joining@example.com\n    organizationalUnit: Workloads\n";
    const withState = (state: string): void => {
      const added = `tenants:`;
      writeFileSync(
        file,
        platformText.replace('page: [', 'page: [second@example.com, ').replace(added, `${joining}${state}\n${added}`),
      );
    };
    withState('    state: pending');
    const { code, stdout } = await preflight('--file', file);
    expect(code).toBe(0);
    expect(stdout).toContain('joining (777777777777): viewer role, a warning\n');
    expect(stdout).toContain('monitoring (222222222222, us-east-1): subscription, a warning\n');
    expect(stdout).toContain('second@example.com subscribes to no topic, or not yet');
    expect(stdout).toContain('ready: 7 accounts, with 2 warnings\n');
    // Without the state, the account is one that the push may deploy to.
    withState('');
    const active = await preflight('--file', file);
    expect(active.code).toBe(2);
    expect(active.stderr).toContain('not ready: 1 findings in 1 of 7 accounts');
  });

  test('synthesizes the platform where no assembly is given', async () => {
    const { code, stdout, stderr } = await crosswindIn(pushed.environment, 'preflight', '--file', platformFile);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ready: 6 accounts\n' });
    expect(stderr).toMatch(/^synthesized the platform in /);
  });

  test('refuses a directory that is no assembly', async () => {
    const { code, stderr } = await preflight('--assembly', temporaryDirectory());
    expect(stderr).toContain('manifest.json');
    expect(code).toBe(1);
  });

  test('refuses an account that the platform does not have', async () => {
    const { code, stderr } = await preflight('--account', 'word-chid-dev');
    expect(stderr).toContain('did you mean "word-child-dev"?');
    expect(code).toBe(1);
  });

  test('says where AWS cannot be reached', async () => {
    const { code, stderr } = await crosswindIn(
      { ...pushed.environment, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      ...[...preflightCommand, '--account', 'tooling'],
    );
    expect(stderr).toContain('AWS cannot be reached');
    expect(code).toBe(2);
  });
});

test('crosswind preflight before the first push is ready with the baseline alone', async () => {
  const first = await pushedPlatform({ isPushed: false });
  const ready = await crosswindIn(first.environment, ...preflightCommand);
  await first.sandbox.close();
  expect(ready).toMatchObject({ code: 0, stdout: 'ready: 6 accounts\n' });
});

describe('crosswind preflight where a StackSet deployed baselines', { timeout: 120_000 }, () => {
  const workloads = [parentDev, childDev, '555555555555', '666666666666'];

  test('is ready, and orphans finds no stack', async () => {
    const first = await pushedPlatform({ byStackSet: workloads });
    const ready = await crosswindIn(first.environment, ...preflightCommand);
    const orphans = ['orphans', '--assembly', inject('assembly'), '--file', platformFile];
    const found = await crosswindIn(first.environment, ...orphans);
    await first.sandbox.close();
    expect(ready).toMatchObject({ code: 0, stdout: 'ready: 6 accounts\n' });
    expect(found).toMatchObject({ code: 0, stdout: 'no stack is left over in 6 accounts\n' });
  });

  test('finds older baselines there, and deploys each again in the way it came', async () => {
    const first = await pushedPlatform({ byStackSet: [childDev], isPushed: false });
    const file = changedPlatform();
    const { stdout } = await crosswindIn(first.environment, ...preflightCommand, '--file', file, '--json');
    await first.sandbox.close();
    const { findings: found } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
    const older = found.filter(({ check }) => check === 'baseline');
    expect(older).toHaveLength(6);
    expect(older.find(({ id }) => id === childDev)).toMatchObject({
      found: text(`${stackOfStackSet} has the digest `),
      fix: 'npx crosswind baseline --stack-sets > stack-sets.sh && bash stack-sets.sh',
    });
    expect(older.find(({ id }) => id === parentDev)).toMatchObject({
      found: text('crosswind-toolkit has the digest '),
      fix: baselineCommand('word-parent-dev'),
    });
  });

  test('deploys a workload account without a baseline as the others', async () => {
    const first = await pushedPlatform({ byStackSet: [childDev], isPushed: false });
    first.sandbox.identities.removeRole(role(parentDev));
    first.sandbox.identities.removeRole(role(tooling));
    const { stdout } = await crosswindIn(first.environment, ...preflightCommand, '--json');
    await first.sandbox.close();
    const { findings: found } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
    expect(found.map(({ account, fix }) => [account, fix])).toEqual([
      ['tooling', baselineCommand('tooling')],
      ['word-parent-dev', 'npx crosswind baseline --stack-sets > stack-sets.sh && bash stack-sets.sh'],
    ]);
  });
});

/** The platform with one more bucket that tenants may read, which every baseline has. */
function changedPlatform(): string {
  const file = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(file, platformText.replace(/^organization:\n/m, 'organization:\n  publicBuckets: [winds]\n'));
  return file;
}

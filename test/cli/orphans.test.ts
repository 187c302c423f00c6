import { execFile, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { listOf, objectOf } from '@crosswind/aws/json';
import { administrator } from '../../cli/local/administrator.ts';
import type { Kept } from '../../cli/orphans/deletion.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Finished, crosswindIn } from './crosswind.ts';
import { type PushedPlatform, pushedPlatform } from './pushed-platform.ts';

const [parentProd, childProd] = ['555555555555', '666666666666'] as const;
const region = 'us-east-1';
const run = promisify(execFile);
const hasAws = spawnSync('aws', ['--version']).status === 0;

interface Orphans {
  readonly stacks: readonly {
    readonly account: string;
    readonly region: string;
    readonly name: string;
    readonly commands: readonly string[];
  }[];
  readonly kept: readonly Kept[];
}

/** The assembly as it is after the tenant has left a wave: its accounts run nothing then, and have no probe. */
function withoutWave(wave: string): string {
  const directory = join(temporaryDirectory(), 'assembly');
  cpSync(inject('assembly'), directory, { recursive: true });
  const file = join(directory, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { readonly artifacts: Record<string, unknown> };
  const gone = new RegExp(`${wave}-word-count|probes-word-(parent|child)-${wave}`);
  const artifacts = Object.entries(manifest.artifacts).filter(([id]) => !gone.test(id));
  expect(artifacts.length).toBeLessThan(Object.keys(manifest.artifacts).length);
  writeFileSync(file, JSON.stringify({ ...manifest, artifacts: Object.fromEntries(artifacts) }));
  return directory;
}

/** The platform without the accounts of prod. */
function withoutAccounts(): string {
  const text = readFileSync(platformFile, 'utf8')
    .replace(/ {2}- name: word-(parent|child)-prod\n( {4}.*\n)+/g, '')
    .replace(/ {2}- name: prod\n( {4}.*\n)+/, '')
    .replace(/ {6}prod:\n( {8}.*\n)+/, '');
  const file = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(file, text);
  return file;
}

let pushed: PushedPlatform;
beforeAll(async () => {
  pushed = await pushedPlatform();
}, 120_000);
afterAll(() => pushed.sandbox.close());

const orphans = (assembly: string, ...args: readonly string[]): Promise<Finished> =>
  crosswindIn(pushed.environment, 'orphans', '--assembly', assembly, ...args);

const listed = async (assembly: string, ...args: readonly string[]): Promise<Orphans> =>
  JSON.parse((await orphans(assembly, '--json', ...args)).stdout) as Orphans;

const bucketsOf = (account: string): readonly string[] =>
  pushed.sandbox.storage.listBuckets(administrator(pushed.sandbox, account, region)).map(({ name }) => name);

const tenantBuckets = (): readonly string[] =>
  bucketsOf(childProd).filter((name) => name.startsWith('crosswind-word-count-'));

/** Runs printed commands with the AWS CLI as the administrator of the account. */
async function runAll({ stacks }: Orphans): Promise<void> {
  for (const { account, commands } of stacks) await asAdministrator(account, commands);
}

async function asAdministrator(account: string, commands: readonly string[]): Promise<void> {
  const { sandbox } = pushed;
  const { accessKeyId, secretAccessKey, sessionToken } = sandbox.sessions.credentials(
    administrator(sandbox, account, region),
  );
  const env = {
    ...{ ...process.env, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    ...{ AWS_ENDPOINT_URL: sandbox.endpointUrl, AWS_ACCESS_KEY_ID: accessKeyId, AWS_DEFAULT_REGION: region },
    ...{ AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken },
  };
  await run('bash', ['-euc', commands.join('\n')], { env });
}

describe('crosswind orphans', { timeout: 300_000 }, () => {
  test('finds nothing after a push', async () => {
    const { code, stdout } = await orphans(inject('assembly'), '--file', platformFile);
    expect(stdout).toBe('no stack is left over in 6 accounts\n');
    expect(code).toBe(0);
  });

  test('lists the stacks of a tenant that has gone, data last, and what stays of them', async () => {
    const { code, stdout, stderr } = await orphans(withoutWave('prod'), '--file', platformFile);
    expect(stderr).toContain('4 stacks are left over in 6 accounts');
    expect(code).toBe(1);
    expect(stdout.match(/^# .*account \d+$/gm)?.map((line) => line.slice(-12))).toEqual([
      parentProd,
      parentProd,
      childProd,
      childProd,
    ]);
    expect(stdout).toContain('aws cloudformation delete-stack --region us-east-1 --stack-name crosswind-');
    expect(stdout).toMatch(/^while .* --bucket crosswind-word-count-child-\S+ .* done\naws /m);
    expect(stdout).not.toContain('# Kept');
  });

  test('refuses an account that is in the file, and what is no account', async () => {
    for (const [id, message] of [
      [parentProd, 'is in the file and is searched anyway'],
      ['prod', '--account must be 12 digits, got "prod"'],
    ] as const) {
      const { code, stderr } = await orphans(inject('assembly'), '--file', platformFile, '--account', id);
      expect(stderr).toContain(message);
      expect(code).toBe(1);
    }
  });

  test('says which account cannot be read', async () => {
    const { code, stderr } = await orphans(inject('assembly'), '--file', platformFile, '--account', '777777777777');
    expect(stderr).toContain('account 777777777777 cannot be read');
    expect(code).toBe(2);
  });

  test.skipIf(!hasAws)(
    'prints commands that leave only what it named as kept, after a tenant and accounts go',
    async () => {
      const { sandbox } = pushed;
      const assembly = withoutWave('prod');
      sandbox.storage.seed({ bucket: tenantBuckets()[0] ?? '', key: 'letters.txt' }, Buffer.from('text'));
      expect(tenantBuckets()).toHaveLength(2);
      await asAdministrator(childProd, [
        `aws s3api put-bucket-versioning --bucket ${tenantBuckets()[0] ?? ''} --versioning-configuration Status=Enabled`,
        `echo newer | aws s3 cp - s3://${tenantBuckets()[0] ?? ''}/letters.txt`,
        `aws s3 rm s3://${tenantBuckets()[0] ?? ''}/letters.txt`,
      ]);
      await runAll(await listed(assembly, '--file', platformFile));
      expect(tenantBuckets()).toEqual([]);
      expect(await orphans(assembly, '--file', platformFile)).toMatchObject({ code: 0 });
      const accounts = ['--account', parentProd, '--account', childProd];
      const gone = await listed(assembly, '--file', withoutAccounts(), ...accounts);
      expect(gone.stacks.map(({ name }) => name)).toEqual(['crosswind-toolkit', 'crosswind-toolkit']);
      await runAll(gone);
      for (const account of [parentProd, childProd]) {
        const caller = { principal: administrator(sandbox, account, region), region };
        const { StackSummaries } = await sandbox.stackCalls.send(caller, 'ListStacks', {});
        const statuses = listOf(StackSummaries).map((stack) => objectOf(stack)['StackStatus']);
        expect(new Set(statuses)).toEqual(new Set(['DELETE_COMPLETE']));
        const kept = gone.kept.filter((each) => each.account === account && each.type === 'AWS::S3::Bucket');
        expect(kept).toHaveLength(1);
        expect(bucketsOf(account)).toEqual(kept.map(({ name }) => name));
        await asAdministrator(
          account,
          kept.map(({ command }) => command),
        );
        expect(bucketsOf(account)).toEqual([]);
      }
    },
  );
});

import { describe, expect, test } from 'vitest';
import type { Stack } from '@crosswind/assembly/resolve';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { addAdminRole, adminRoleName } from '@crosswind/sandbox/iam/operator-role';
import { bucket, bucketPolicy, sandboxWith } from '@crosswind/sandbox/testing/literals';
import { boundary } from '../../../../policies/organization/boundary.ts';
import { guardNames } from '../../../../policies/organization/guarded.ts';
import { deployedWorkload } from './deployed.ts';

const workload = await deployedWorkload();

/** NOAA's bucket, in an account that is not ours, open to everybody. */
const noaa = {
  account: '777777777777',
  resources: {
    Public: bucket('noaa-gsod-pds'),
    Open: {
      ...bucketPolicy(
        'noaa-gsod-pds',
        { Effect: 'Allow', Principal: '*', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::noaa-gsod-pds' },
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::noaa-gsod-pds/*' },
      ),
      DependsOn: 'Public',
    },
  },
};

const keysOf = (year: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${year}/${String(index).padStart(11, '0')}.csv`);
const published = [...keysOf(2021, 2), ...keysOf(2022, 1_050), ...keysOf(2023, 3)];
/** Where those of the years asked for lie in the source bucket. */
const chosen = published.filter((key) => !key.startsWith('2021/')).map((key) => `gsod/${key}`);

const nameAt = ({ resources }: Stack, path: RegExp, type: string) => {
  const found = resources.find((resource) => resource.type === type && path.test(resource.path));
  if (!found) throw new Error(`no ${type} at ${path.source}`);
  return { name: found.name, arn: found.arn ?? '' };
};

const organizationId = 'o-exampleorg1';
const guarded = {
  partition: 'aws',
  organizationId,
  pipelineAccount: '111111111111',
  publicBuckets: ['noaa-gsod-pds'],
};

/** The boundary that the baseline brings into the account of a stack. */
const limit = ({ account }: Stack) => ({
  account,
  resources: {
    Boundary: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ManagedPolicyName: guardNames.boundary,
        PolicyDocument: boundary(guarded, 'workload') as unknown as JsonObject,
      },
    },
  },
});

async function sandboxOf(stack: Stack) {
  const sandbox = await sandboxWith([noaa, limit(stack)], { organizationId });
  await sandbox.deploy(stack);
  for (const key of published) {
    sandbox.storage.seed({ bucket: 'noaa-gsod-pds', key }, Buffer.from(`content of ${key}`));
  }
  const { arn } = nameAt(stack, /\/Import\/Workflow\//, 'AWS::StepFunctions::StateMachine');
  const source = nameAt(stack, /\/Source\/Resource$/, 'AWS::S3::Bucket').name;
  const deployed = sandbox.decisions.allowed();
  /** Allowed calls since the deployment, which writes the sample. */
  const calls = (action: string): number => (sandbox.decisions.allowed()[action] ?? 0) - (deployed[action] ?? 0);
  const keys = (): readonly string[] => [...(sandbox.storage.bucket(source)?.objects.keys() ?? [])];
  const imported = (): readonly string[] => keys().filter((key) => !key.startsWith('sample/'));
  return { sandbox, machineArn: arn, source, calls, imported };
}

const sessionOf = (account: string, name: string) => ({
  kind: 'role' as const,
  roleArn: `arn:aws:iam::${account}:role/${name}`,
  sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/test`,
  account,
});

async function importOf(cloud: Sandbox, stateMachineArn: string) {
  const started = cloud.executions.start({ stateMachineArn, input: { years: [2022, 2023] } });
  if (!started.ok) throw new Error(started.message);
  await cloud.simulation.run(() => started.execution.outcome !== undefined);
  return started.execution.outcome;
}

const years = (copied: readonly number[], present: readonly number[]) => ({
  status: 'SUCCEEDED',
  output: [2022, 2023].map((year, index) => ({
    year,
    copied: copied[index],
    present: present[index],
    startAfter: published.findLast((key) => key.startsWith(`${year}/`)),
    done: true,
  })),
});

describe('the import workflow', () => {
  test('copies the years asked for, page by page, and only what is missing when it is started again', async () => {
    const { sandbox, machineArn, source, calls, imported } = await sandboxOf(workload.child);
    const { storage } = sandbox;

    // The last page of 2022 has 50 objects.
    expect(await importOf(sandbox, machineArn)).toEqual(years([50, 3], [0, 0]));
    expect(imported().toSorted()).toEqual(chosen);
    expect(calls('s3:PutObject')).toBe(chosen.length);
    expect((await storage.inspect({ bucket: source, key: chosen[7] ?? '' }))?.toString()).toBe(
      `content of ${(chosen[7] ?? '').replace('gsod/', '')}`,
    );

    expect(await importOf(sandbox, machineArn)).toEqual(years([0, 0], [50, 3]));
    expect(calls('s3:PutObject')).toBe(chosen.length);

    storage.discard({ bucket: source, key: 'gsod/2023/00000000001.csv' });
    expect(await importOf(sandbox, machineArn)).toEqual(years([0, 1], [50, 2]));
    expect(calls('s3:PutObject')).toBe(chosen.length + 1);
    expect(imported()).toHaveLength(chosen.length);
    expect(sandbox.decisions.denials()).toEqual([]);
  });

  test('copies objects that have tags, which a copy with its tags would not be allowed to', async () => {
    const { sandbox, machineArn, source, imported } = await sandboxOf(workload.child);
    const { account } = noaa;
    addAdminRole(sandbox.identities, { account, partition: 'aws' });
    const [key = ''] = keysOf(2023, 1);
    const from = { bucket: 'noaa-gsod-pds', key };
    const tags = new Map([['season', 'winter']]);
    await sandbox.storage.put(sessionOf(account, adminRoleName), { ...from, body: Buffer.from('wind'), tags });

    expect(await importOf(sandbox, machineArn)).toEqual(years([50, 3], [0, 0]));
    expect(imported()).toContain(`gsod/${key}`);
    expect(sandbox.storage.bucket(source)?.objects.get(`gsod/${key}`)?.tags?.size).toBe(0);
    expect(sandbox.decisions.denials()).toEqual([]);

    const importer = nameAt(workload.child, /\/Importer\/Role\/Resource$/, 'AWS::IAM::Role').name;
    const copy = { bucket: source, key: `gsod/${key}`, source: from };
    await expect(sandbox.storage.copy(sessionOf(workload.child.account, importer), copy)).rejects.toThrow(
      'is not authorized to perform: s3:GetObjectTagging',
    );
  });

  test('fails with the AccessDenied of its function, at once, if the role may not write', async () => {
    const withoutWrite = workload.child.resources.map((resource) => {
      if (resource.type !== 'AWS::IAM::Policy' || !resource.path.includes('/Importer/')) return resource;
      const text = JSON.stringify(resource.properties).replaceAll('"s3:PutObject"', '"s3:PutObjectTagging"');
      return { ...resource, properties: JSON.parse(text) as JsonObject };
    });
    const changed = { ...workload.child, resources: withoutWrite };
    const { sandbox, machineArn, source, calls, imported } = await sandboxOf(changed);
    const outcome = await importOf(sandbox, machineArn);
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'AccessDenied',
      cause: expect.stringContaining(
        `is not authorized to perform: s3:PutObject on resource: \\"arn:aws:s3:::${source}/gsod/`,
      ) as unknown,
    });
    expect(sandbox.decisions.denials().map(({ request }) => request.action)).toEqual(['s3:PutObject']);
    expect(calls('lambda:InvokeFunction')).toBe(2);
    expect(imported()).toEqual([]);
  });
});

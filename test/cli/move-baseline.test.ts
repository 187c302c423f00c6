import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../cli/local/administrator.ts';
import { assembledApp } from '../../cli/local/assembled-app.ts';
import { deployBaseline } from '../../cli/local/deploy-baseline.ts';
import { playPipeline } from '../../cli/local/play-pipeline.ts';
import { platformFile } from '../platform-file.ts';
import { shippedPlatform as platform } from '../synthesized.ts';
import { clone } from '../workloads.ts';
import { deployBaseline01 } from './baseline-0.1/deploy.ts';

const monitoring = '222222222222';
const workloads = ['333333333333', '444444444444', '555555555555', '666666666666'];
const region = 'us-east-1';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true });
  await deployBaseline01(sandbox, platform);
});
afterAll(() => sandbox.close());

async function deleteStack(account: string, StackName: string): Promise<unknown> {
  const caller = { principal: administrator(sandbox, account, region), region };
  await sandbox.stackCalls.send(caller, 'DeleteStack', { StackName });
  await sandbox.stackCalls.api.cloudFormation.settled();
  return sandbox.stackCalls.describe(caller, StackName);
}

const baseline = () => deployBaseline({ sandbox, platform, assembly: inject('assembly') });
const links = () => sandbox.observability.links.map(({ account }) => account);

/** In the order of CHANGELOG.md, "You must do". */
describe('the move from the baseline of 0.1', { timeout: 60_000 }, () => {
  test('begins with a sink, and a link of each workload account that a stack of the pipeline owns', () => {
    expect(links()).toEqual(workloads);
    expect(sandbox.observability.sinksOf(monitoring)).toHaveLength(1);
  });

  test('is refused while the old sink is there, and leaves everything as it was', async () => {
    await expect(baseline()).rejects.toThrow(`account ${monitoring} has a sink in ${region} already`);
    expect(links()).toEqual(workloads);
  });

  test('deletes the old links, then the old sink', async () => {
    await deleteStack(monitoring, 'crosswind-sink');
    expect(sandbox.observability.sinksOf(monitoring)).toHaveLength(1);
    for (const account of workloads) expect(await deleteStack(account, 'crosswind-baseline')).toBeUndefined();
    expect(await deleteStack(monitoring, 'crosswind-sink')).toBeUndefined();
    expect(links()).toEqual([]);
  });

  test('deploys the new baseline over the old bootstrap', async () => {
    await baseline();
    expect(links().toSorted()).toEqual(['111111111111', ...workloads]);
    for (const account of [monitoring, ...workloads]) {
      const role = sandbox.identities.role(
        `arn:aws:iam::${account}:role/cdk-crosswind-cfn-exec-role-${account}-${region}`,
      );
      expect(role?.policies.map(({ managedArn }) => managedArn)).toEqual([
        `arn:aws:iam::${account}:policy/crosswind-deployment`,
      ]);
    }
  });

  test('ends with a push that deploys the platform through the new roles', async () => {
    const assembly = inject('assembly');
    const { assembled: stacks, byHand } = assembledApp(assembly);
    const failures: string[] = [];
    await playPipeline({
      ...{ sandbox, clone, platform, file: platformFile, assembly, stacks, byHand, io: {}, runsCommands: false },
      progress: () => undefined,
      onAction: ({ error }) => {
        if (error !== undefined) failures.push(error);
        return 'stop';
      },
    });
    expect(failures).toEqual([]);
    expect(sandbox.observability.alarms.length).toBeGreaterThan(0);
  });
});

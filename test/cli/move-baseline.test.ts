import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { deployStack, openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { administrator } from '../../cli/local/administrator.ts';
import { assembledApp } from '../../cli/local/assembled-app.ts';
import { deployBaseline } from '../../cli/local/deploy-baseline.ts';
import { playPipeline } from '../../cli/local/play-pipeline.ts';
import { platformFile } from '../platform-file.ts';
import { shippedPlatform as platform, stackAt } from '../synthesized.ts';
import { clone } from '../workloads.ts';
import { deployBaseline01 } from './baseline-0.1/deploy.ts';

const monitoring = '222222222222';
const workloads = ['333333333333', '444444444444', '555555555555', '666666666666'];
const region = 'us-east-1';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true });
  await deployBaseline01(sandbox, platform);
  await deployOldKey();
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

/** The topics' stack as 0.1 has left it, as far as its key: the same one, without tags. */
async function deployOldKey(): Promise<void> {
  const stack = stackAt(assembledApp(inject('assembly')).assembled, 'Crosswind/observability/Alerts');
  const keys = Object.entries(stack.template.Resources).filter(([, { Type }]) => Type === 'AWS::KMS::Key');
  const untagged = keys.map(([id, resource]) => [
    id,
    { ...resource, Properties: { ...resource.Properties, Tags: [] } },
  ]);
  const template = { Resources: Object.fromEntries(untagged) as typeof stack.template.Resources };
  const deployment = stack.deployment && {
    ...stack.deployment,
    assetManifest: undefined,
    templateUrl: undefined,
    tags: {},
  };
  await deployStack(sandbox.stackCalls, administrator(sandbox, monitoring, region), { ...stack, template, deployment });
}

/** Tags the keys of a stack, as the printed command does. */
async function tagKeys(account: string, StackName: string): Promise<void> {
  const caller = { principal: administrator(sandbox, account, region), region };
  const { StackResources } = await sandbox.stackCalls.send(caller, 'DescribeStackResources', { StackName });
  for (const { ResourceType: type, PhysicalResourceId: id } of listOf(StackResources).map(objectOf)) {
    if (type !== 'AWS::KMS::Key') continue;
    const arn = `arn:aws:kms:${region}:${account}:key/${textOf(id)}`;
    sandbox.identities.setTags(arn, [{ Key: 'platform', Value: 'crosswind' }]);
  }
}

/** Pushes the platform; returns the failures of the pipeline's actions. */
async function push(): Promise<readonly string[]> {
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
  return failures;
}

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

  test('fails where a key of 0.1 has no tag, by which the execution policy knows keys', async () => {
    expect((await push()).join()).toMatch(/crosswind-alerts is in UPDATE_ROLLBACK_COMPLETE: .* kms:DescribeKey/);
  });

  test('ends with a push that deploys the platform through the new roles, once the keys are tagged', async () => {
    await tagKeys(monitoring, 'crosswind-alerts');
    expect(await push()).toEqual([]);
    expect(sandbox.observability.alarms.length).toBeGreaterThan(0);
  });
});

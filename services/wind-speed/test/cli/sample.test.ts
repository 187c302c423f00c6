import { describe, expect, test } from 'vitest';
import type { Stack } from '@crosswind/assembly/resolve';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { newAccountLambdaConcurrency } from '@crosswind/aws/quotas';
import { deployedTenant } from '../../../../cli/local/deployed-tenant.ts';
import { runWorkload } from '../../../../cli/local/run-workload.ts';
import { generateObject } from '../../sample/generate-objects.ts';
import { sampleInput, sampleProblems } from '../../sample/sample-run.ts';
import { weatherKey } from '../../sample/weather-key.ts';
import { sandboxWith } from '@crosswind/sandbox/testing/literals';
import type { QuotaSettings } from '@crosswind/sandbox/quotas/granted-quotas';
import type { SynthesizedWorkload } from '../../../../test/cli/local/synthesized-workload.ts';
import { addBoundaries } from '../../../../test/add-boundaries.ts';
import { platform } from '../platform.ts';
import { deployedWorkload } from './deployed.ts';

const workload = await deployedWorkload();

/** Parent and child as they are deployed, with one object of weather in the source bucket. */
async function deployed({ parent, child, deployment }: SynthesizedWorkload, quotas: QuotaSettings = {}) {
  const sandbox = await sandboxWith([], { quotas, organizationId: platform.organization.id });
  addBoundaries(sandbox, platform);
  for (const stack of [parent, child]) await sandbox.deploy(stack);
  const source = child.resources.find(({ type, path }) => type === 'AWS::S3::Bucket' && path.includes('/Source/'));
  const { key, body } = generateObject(0, { objects: 1 });
  sandbox.storage.seed({ bucket: source?.name ?? '', key: weatherKey(key) }, body);
  const { stages } = deployedTenant(deployment, [parent, child], 'cdk.out');
  const outputOf = async (name: string, input: Json): Promise<unknown> => {
    const { entry } = await runWorkload(sandbox, { stages, input, name });
    return entry.outcome?.status === 'SUCCEEDED' ? entry.outcome.output : entry.outcome;
  };
  return { sandbox, outputOf };
}

/** The stack without the permission to write the sample. */
function withoutWrite(stack: Stack): Stack {
  const resources = stack.resources.map((resource) => {
    if (resource.type !== 'AWS::IAM::Policy' || !resource.path.includes('/Sample/')) return resource;
    const text = JSON.stringify(resource.properties).replaceAll('"s3:PutObject"', '"s3:PutObjectTagging"');
    return { ...resource, properties: JSON.parse(text) as JsonObject };
  });
  return { ...stack, resources };
}

describe('the sample', () => {
  test('is there as soon as the workload is deployed, and a run over it yields what it must', async () => {
    const { sandbox, outputOf } = await deployed(workload);
    expect(sampleProblems(await outputOf('smoke', sampleInput))).toEqual([]);
    expect(sandbox.decisions.denials()).toEqual([]);
  });

  test.each([
    ['an account that has less concurrency than is stated throttles it', 4, true],
    ['one that has what a new account has does so, too', newAccountLambdaConcurrency, true],
    ['one with more does not', 50, false],
  ])('runs enough batches at a time to notice, and yields the same: %s', async (_, lambdaConcurrency, isThrottled) => {
    const { sandbox, outputOf } = await deployed(workload, { lambdaConcurrency });
    expect(sampleProblems(await outputOf('smoke', sampleInput))).toEqual([]);
    expect(sandbox.cloudWatch.meters.totals.throttledInvocations > 0).toBe(isThrottled);
  });

  test('has no part in a run over the weather', async () => {
    const { outputOf } = await deployed(workload);
    const output = await outputOf('weather', {});
    expect(output).toMatchObject({ result: { objects: 1 } });
    expect(sampleProblems(output).length).toBeGreaterThan(0);
  });

  test('ends the deployment with the reason, if its function may not write it', async () => {
    await expect(deployed({ ...workload, child: withoutWrite(workload.child) })).rejects.toThrow(
      /Sample\/Resource\/Default \(Custom::WeatherSample\) in account 444444444444: .*not authorized to perform: s3:PutObject on resource: .*\/sample\/1\/202/,
    );
  });
});

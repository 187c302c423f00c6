import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { type Stack, resolveStacks } from '@crosswind/assembly/resolve';
import type { Workload } from '../../../blocks/workload.ts';
import { type Deployment, plannedWaves } from '../../../config/deployments.ts';
import type { Platform } from '../../../config/schema.ts';
import { PlacementStage } from '../../../stages/placement-stage.ts';
import { workload as wordCount } from '../../services/word-count/workload.ts';
import { shippedPlatform, stackAt } from '../../synthesized.ts';
import { clone } from '../../workloads.ts';

/** The stacks of one deployment. */
export interface SynthesizedWorkload {
  readonly deployment: Deployment;
  readonly parent: Stack;
  readonly child: Stack;
}

/** The first deployment of a platform, in its first wave. */
export function firstDeployment(platform: Platform): Deployment {
  const [deployment] = plannedWaves(platform).flatMap(({ deployments }) => deployments);
  if (!deployment) throw new Error('the platform deploys nothing');
  return deployment;
}

/**
 * The first deployment of a platform, by default the example, as its stages are deployed, but without the pipeline and
 * its policies, and without bundles: nothing can be invoked.
 */
export function synthesizedWorkload(
  platform: Platform = shippedPlatform,
  workload: Workload = wordCount,
): SynthesizedWorkload {
  const outdir = mkdtempSync(join(tmpdir(), 'crosswind-workload-'));
  try {
    return synthesizedIn(outdir, platform, workload);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function synthesizedIn(outdir: string, platform: Platform, workload: Workload): SynthesizedWorkload {
  const { context } = JSON.parse(readFileSync(join(clone.root, 'cdk.json'), 'utf8')) as {
    context: Readonly<Record<string, unknown>>;
  };
  const app = new App({
    context: { ...context, 'aws:cdk:enable-path-metadata': true, 'aws:cdk:bundling-stacks': [] },
    outdir,
  });
  const deployment = firstDeployment(platform);
  const { organization } = platform;
  const stage = { deployment, wave: 'dev', workload, pipelineAccount: '111111111111', organizationId: organization.id };
  new PlacementStage(app, 'placement', stage);
  app.synth();
  const stacks = resolveStacks(readAssembly(outdir));
  return { parent: stackAt(stacks, 'placement/Parent'), child: stackAt(stacks, 'placement/Child'), deployment };
}

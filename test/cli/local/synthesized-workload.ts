import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { inject } from 'vitest';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { type Stack, resolveStacks } from '@crosswind/assembly/resolve';
import { type Deployment, plannedWaves } from '../../../config/deployments.ts';
import { PlacementStage } from '../../../stages/placement-stage.ts';
import { workload } from '../../../services/wind-speed/workload.ts';
import { shippedPlatform, stackAt } from '../../synthesized.ts';

const root = join(import.meta.dirname, '../../..');

/** The stacks of one deployment. */
export interface SynthesizedWorkload {
  readonly deployment: Deployment;
  readonly parent: Stack;
  readonly child: Stack;
}

/** The deployment of wave dev in the example platform. */
function firstDeployment(): Deployment {
  const [deployment] = plannedWaves(shippedPlatform).flatMap(({ deployments }) => deployments);
  if (!deployment) throw new Error('test/platform.yaml deploys nothing');
  return deployment;
}

/** The deployment of wave dev in the shared assembly, with the bundles of its functions. */
export function sharedWorkload(): SynthesizedWorkload {
  const stacks = resolveStacks(readAssembly(inject('assembly')));
  return {
    deployment: firstDeployment(),
    parent: stackAt(stacks, 'Crosswind/dev-wind-speed/Parent'),
    child: stackAt(stacks, 'Crosswind/dev-wind-speed/Child'),
  };
}

/**
 * The first deployment of the example platform as its stages are deployed, but without the pipeline and its policies, and
 * without bundles: nothing can be invoked.
 */
export function synthesizedWorkload(): SynthesizedWorkload {
  const outdir = mkdtempSync(join(tmpdir(), 'crosswind-workload-'));
  try {
    return synthesizedIn(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function synthesizedIn(outdir: string): SynthesizedWorkload {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as {
    context: Readonly<Record<string, unknown>>;
  };
  const app = new App({
    context: { ...context, 'aws:cdk:enable-path-metadata': true, 'aws:cdk:bundling-stacks': [] },
    outdir,
  });
  const { organization } = shippedPlatform;
  const deployment = firstDeployment();
  const stage = { deployment, workload, pipelineAccount: '111111111111', organizationId: organization.id };
  new PlacementStage(app, 'placement', stage);
  app.synth();
  const stacks = resolveStacks(readAssembly(outdir));
  return { parent: stackAt(stacks, 'placement/Parent'), child: stackAt(stacks, 'placement/Child'), deployment };
}

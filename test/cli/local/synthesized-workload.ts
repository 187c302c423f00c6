import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { inject } from 'vitest';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { type Stack, resolveStacks } from '@crosswind/assembly/resolve';
import { plannedWaves } from '../../../config/deployments.ts';
import { ChildStage, ParentStage } from '../../../stages/workload-stages.ts';
import { shippedPlatform, stackAt } from '../../synthesized.ts';

const root = join(import.meta.dirname, '../../..');

/** The stacks of one deployment. */
export interface Workload {
  readonly parent: Stack;
  readonly child: Stack;
}

/** The deployment of wave dev in the shared assembly, with the bundles of its functions. */
export function sharedWorkload(): Workload {
  const stacks = resolveStacks(readAssembly(inject('assembly')));
  return {
    parent: stackAt(stacks, 'Crosswind/dev-wind-speed-parent/Parent'),
    child: stackAt(stacks, 'Crosswind/dev-wind-speed-child/Child'),
  };
}

/**
 * The first deployment of the example platform as its stages are deployed, but without the pipeline and its policies, and
 * without bundles: nothing can be invoked.
 */
export function synthesizedWorkload(): Workload {
  const outdir = mkdtempSync(join(tmpdir(), 'crosswind-workload-'));
  try {
    return synthesizedIn(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function synthesizedIn(outdir: string): Workload {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as {
    context: Readonly<Record<string, unknown>>;
  };
  const app = new App({
    context: { ...context, 'aws:cdk:enable-path-metadata': true, 'aws:cdk:bundling-stacks': [] },
    outdir,
  });
  const { organization } = shippedPlatform;
  const [deployment] = plannedWaves(shippedPlatform).flatMap(({ deployments }) => deployments);
  if (!deployment) throw new Error('test/platform.yaml deploys nothing');
  const stage = { deployment, pipelineAccount: '111111111111', organizationId: organization.id };
  new ParentStage(app, 'parent', stage);
  new ChildStage(app, 'child', stage);
  app.synth();
  const [parent, child] = resolveStacks(readAssembly(outdir));
  if (parent?.path !== 'parent/Parent' || child?.path !== 'child/Child') throw new Error('expected parent and child');
  return { parent, child };
}

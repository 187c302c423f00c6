import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { type Stack, resolveStacks } from '@crosswind/assembly/resolve';
import { plannedWaves } from '../../../config/deployments.ts';
import { ChildStage, ParentStage } from '../../../stages/workload-stages.ts';
import { shippedPlatform } from '../../synthesized.ts';

const root = join(import.meta.dirname, '../../..');

/** The stacks of one deployment; `remove` deletes the assembly, and with it the bundles of its functions. */
export interface SynthesizedWorkload {
  readonly parent: Stack;
  readonly child: Stack;
  readonly remove: () => void;
}

/**
 * The first deployment of the example platform as its stages are deployed, but without the pipeline and its policies.
 * Bundling takes half a second for each function; without it, nothing can be invoked.
 */
export function synthesizedWorkload({ bundled }: { readonly bundled: boolean }): SynthesizedWorkload {
  const outdir = mkdtempSync(join(tmpdir(), 'crosswind-workload-'));
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as {
    context: Readonly<Record<string, unknown>>;
  };
  const app = new App({
    context: {
      ...context,
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:bundling-stacks': bundled ? ['**'] : [],
    },
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
  return {
    parent,
    child,
    remove: () => {
      rmSync(outdir, { recursive: true });
    },
  };
}

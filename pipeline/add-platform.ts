import { type App, Validations } from 'aws-cdk-lib/core';
import { accountNamed, plannedWaves } from '../config/deployments.ts';
import type { Platform } from '../config/schema.ts';
import type { Circumstances } from '../policies/circumstances.ts';
import { policyPlugins } from '../policies/policy-plugins.ts';
import { stackProps } from '../stages/stack-props.ts';
import { PipelineStack } from './pipeline-stack.ts';

/** Builds the pipeline with its stages and has the policies judge them when they are synthesized. */
export function addPlatform(app: App, platform: Platform, circumstances: Omit<Circumstances, 'allDeployed'>): void {
  new PipelineStack(app, 'Crosswind', {
    ...stackProps(platform.region),
    platform,
    env: { account: accountNamed(platform, platform.pipeline.account).id, region: platform.region },
  });
  Validations.of(app).addPlugins(...policyPlugins({ ...circumstances, allDeployed: allDeployed(platform) }));
}

/** True if every tenant runs in every wave of the file, so that a waiver that nothing needs is stale. */
export const allDeployed = (platform: Platform): boolean =>
  plannedWaves(platform).every(
    ({ deployments, withheld }) => withheld.length === 0 && deployments.every(({ freezes }) => freezes.length === 0),
  );

import { type App, Validations } from 'aws-cdk-lib/core';
import { accountNamed } from '../config/deployments.ts';
import type { Platform } from '../config/schema.ts';
import type { Circumstances } from '../policies/circumstances.ts';
import { policyPlugins } from '../policies/policy-plugins.ts';
import { stackSynthesizer } from '../stages/bootstrap.ts';
import { PipelineStack } from './pipeline-stack.ts';

/** Builds the pipeline with its stages and has the policies judge them when they are synthesized. */
export function addPlatform(app: App, platform: Platform, circumstances: Circumstances): void {
  new PipelineStack(app, 'Crosswind', {
    platform,
    env: { account: accountNamed(platform, platform.pipeline.account).id, region: platform.region },
    synthesizer: stackSynthesizer(platform.region),
    terminationProtection: true,
  });
  Validations.of(app).addPlugins(...policyPlugins(circumstances));
}

import { type App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { accountNamed } from '../config/deployments.ts';
import type { Platform } from '../config/schema.ts';
import { acknowledgeWaived } from '../policies/acknowledge.ts';
import { type Waiver, waivers } from '../policies/waivers.ts';
import { stackSynthesizer } from '../stages/bootstrap.ts';
import { PipelineStack } from './pipeline-stack.ts';

/** Builds the pipeline with its stages and has the policies judge them. Returns the waivers that accepted nothing. */
export function addPlatform(app: App, platform: Platform): readonly Waiver[] {
  new PipelineStack(app, 'Crosswind', {
    platform,
    env: { account: accountNamed(platform, platform.pipeline.account).id, region: platform.region },
    synthesizer: stackSynthesizer(platform.region),
    terminationProtection: true,
  });
  const unused = acknowledgeWaived(app, waivers);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return unused;
}

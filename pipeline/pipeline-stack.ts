import { Stack, type StackProps } from 'aws-cdk-lib/core';
import { BuildSpec, LinuxBuildImage } from 'aws-cdk-lib/aws-codebuild';
import { PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CodePipeline, CodePipelineSource, ManualApprovalStep, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { type PlannedWave, plannedWaves } from '../config/deployments.ts';
import type { Platform } from '../config/schema.ts';
import { ChildStage, ParentStage } from '../stages/workload-stages.ts';
import { toolVersions } from './tool-versions.ts';

export interface PipelineStackProps extends StackProps {
  readonly platform: Platform;
}

/** The pipeline that deploys itself first, and then every wave, its accounts side by side. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, { platform, ...props }: PipelineStackProps) {
    super(scope, id, props);
    const pipeline = this.pipeline(platform);
    for (const planned of plannedWaves(platform)) this.addWave(pipeline, planned, platform.region);
    pipeline.buildPipeline();
    // The CDK allows this under the service's former name only, codestar-connections.
    pipeline.pipeline.addToRolePolicy(
      new PolicyStatement({
        actions: ['codeconnections:UseConnection'],
        resources: [platform.pipeline.connection],
      }),
    );
  }

  private pipeline({ pipeline }: Platform): CodePipeline {
    return new CodePipeline(this, 'Pipeline', {
      pipelineName: 'crosswind',
      pipelineType: PipelineType.V2,
      selfMutation: true,
      crossAccountKeys: true,
      enableKeyRotation: true,
      usePipelineRoleForActions: true,
      // Without a version the pipeline installs `latest`, which is a broken publish (aws/aws-cdk#38113).
      cliVersion: toolVersions.cdk,
      cdkAssetsCliVersion: toolVersions.cdkAssets,
      codeBuildDefaults: {
        buildEnvironment: { buildImage: LinuxBuildImage.STANDARD_7_0 },
        partialBuildSpec: BuildSpec.fromObject({
          phases: { install: { 'runtime-versions': { nodejs: toolVersions.node } } },
        }),
      },
      synth: new ShellStep('Synth', {
        input: CodePipelineSource.connection(pipeline.repository, pipeline.branch, {
          connectionArn: pipeline.connection,
        }),
        commands: ['npm ci', 'npm run synth'],
      }),
    });
  }

  private addWave(pipeline: CodePipeline, { wave, deployments }: PlannedWave, region: string): void {
    const added = pipeline.addWave(wave.name, {
      pre: wave.approval ? [new ManualApprovalStep(`Approve ${wave.name}`)] : [],
    });
    for (const deployment of deployments) {
      const id = `${wave.name}-${deployment.tenant.name}`;
      added.addStage(new ParentStage(this, `${id}-parent`, { deployment, region }));
      added.addStage(new ChildStage(this, `${id}-child`, { deployment, region }));
    }
  }
}

import { Annotations, Stack, type StackProps } from 'aws-cdk-lib/core';
import { BuildSpec, LinuxBuildImage } from 'aws-cdk-lib/aws-codebuild';
import { ExecutionMode, Pipeline, PipelineType, ProviderType } from 'aws-cdk-lib/aws-codepipeline';
import { CodePipeline, CodePipelineSource, ManualApprovalStep, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { type PlannedWave, plannedWaves } from '../config/deployments.ts';
import type { Platform } from '../config/schema.ts';
import { deployRoleArns } from '../stages/bootstrap.ts';
import { BaselineStage, ObservabilityStage, SinkStage, workloadAccounts } from '../stages/monitoring-stages.ts';
import { ChildStage, ParentStage } from '../stages/workload-stages.ts';
import { ArtifactStore } from './artifact-store.ts';
import { pipelineRole } from './pipeline-role.ts';
import { toolVersions } from './tool-versions.ts';

export interface PipelineStackProps extends StackProps {
  readonly platform: Platform;
}

/** Files whose change alone deploys nothing: no push of them starts the pipeline. */
const documentation = ['docs/**', '**/*.md', '.github/**', 'bench/**'];

/**
 * The pipeline that deploys itself first, then what monitoring needs, then wave after wave with its accounts side by
 * side, and last the dashboards and alarms, which CloudWatch refuses for metrics of accounts that are not linked yet.
 */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, { platform, ...props }: PipelineStackProps) {
    super(scope, id, props);
    const pipeline = this.pipeline(platform);
    this.addBaseline(pipeline, platform);
    for (const planned of plannedWaves(platform)) this.addWave(pipeline, planned);
    pipeline.addWave('observability').addStage(new ObservabilityStage(this, 'observability', { platform }));
    pipeline.buildPipeline();
    this.startOnPush(pipeline.pipeline, platform);
  }

  private pipeline({ pipeline, organization, region }: Platform): CodePipeline {
    const organizationId = organization.id;
    const { bucket } = new ArtifactStore(this, 'Artifacts', { organizationId, deployRoleArns: deployRoleArns(region) });
    return new CodePipeline(this, 'Pipeline', {
      codePipeline: new Pipeline(this, 'PipelineEngine', {
        pipelineName: 'crosswind',
        pipelineType: PipelineType.V2,
        // A push waits for the run before it instead of overtaking it half-way.
        executionMode: ExecutionMode.QUEUED,
        restartExecutionOnUpdate: true,
        artifactBucket: bucket,
        role: pipelineRole(this, 'PipelineRole', {
          organizationId,
          deployRoleArns: deployRoleArns(region),
          artifacts: bucket,
          connectionArn: pipeline.connection,
        }),
        usePipelineRoleForActions: true,
      }),
      selfMutation: true,
      // One action per stack instead of two; what changes was reviewed before the merge.
      useChangeSets: false,
      publishAssetsInParallel: false,
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
          actionName: 'Source',
          triggerOnPush: false,
        }),
        commands: ['npm ci', 'npm test', 'npm run synth'],
      }),
    });
  }

  /** The sink before the links: an account can only link to a sink that is there. */
  private addBaseline(pipeline: CodePipeline, platform: Platform): void {
    pipeline.addWave('monitoring').addStage(new SinkStage(this, 'monitoring', { platform }));
    const baseline = pipeline.addWave('baseline');
    for (const account of workloadAccounts(platform).filter(({ frozen }) => !frozen)) {
      baseline.addStage(new BaselineStage(this, `baseline-${account.name}`, { platform, account }));
    }
  }

  /** What is frozen stays as it is on AWS: it has no stage, and synth says why. */
  private addWave(pipeline: CodePipeline, { wave, deployments }: PlannedWave): void {
    for (const { tenant, freezes } of deployments.filter(({ freezes }) => freezes.length > 0)) {
      Annotations.of(this).addInfo(`${tenant.name} stays as it is in wave ${wave.name}: ${freezes.join(', ')}`);
    }
    const deployed = deployments.filter(({ freezes }) => freezes.length === 0);
    if (deployed.length === 0) return;
    const added = pipeline.addWave(wave.name, {
      pre: wave.approval ? [new ManualApprovalStep(`Approve ${wave.name}`)] : [],
    });
    for (const deployment of deployed) {
      const id = `${wave.name}-${deployment.tenant.name}`;
      added.addStage(new ParentStage(this, `${id}-parent`, { deployment, region: deployment.region }));
      added.addStage(new ChildStage(this, `${id}-child`, { deployment, region: deployment.region }));
    }
  }

  /** A push to the branch starts the pipeline, unless it changes documentation alone. */
  private startOnPush(pipeline: Pipeline, { pipeline: { branch } }: Platform): void {
    const [source] = pipeline.stages[0]?.actions ?? [];
    if (!source) throw new Error('the pipeline has no source action');
    pipeline.addTrigger({
      providerType: ProviderType.CODE_STAR_SOURCE_CONNECTION,
      gitConfiguration: {
        sourceAction: source,
        pushFilter: [{ branchesIncludes: [branch], filePathsExcludes: documentation }],
      },
    });
  }
}

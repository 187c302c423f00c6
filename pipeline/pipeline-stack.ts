import { Annotations, Stack, type StackProps } from 'aws-cdk-lib/core';
import { ExecutionMode, Pipeline, PipelineType, ProviderType } from 'aws-cdk-lib/aws-codepipeline';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import { partitionOf } from '@crosswind/aws/partition';
import type { Construct } from 'constructs';
import { type Workloads, workloadNamed } from '../blocks/workload.ts';
import { approvalStageName } from '../config/own-waves.ts';
import { observabilityStageName, probesStageName } from '../config/deployed-stacks.ts';
import { placementId } from '../config/construct-ids.ts';
import { accountNamed, type PlannedWave, plannedWaves } from '../config/deployments.ts';
import { pipelineName } from '../config/pipeline-name.ts';
import { probedAccounts } from '../config/probed-accounts.ts';
import { regionsInUse } from '../config/regions-in-use.ts';
import { accountRoleNames } from '../config/role-names.ts';
import type { Platform } from '../config/schema.ts';
import { bootstrapRoleArns } from '../stages/bootstrap.ts';
import { ProbeStage } from '../stages/probe-stage.ts';
import { ObservabilityStage } from '../stages/observability-stage.ts';
import { runnerRoleArns } from '../stages/runner-roles.ts';
import { PlacementStage } from '../stages/placement-stage.ts';
import { tagAll } from '../stages/tag-all.ts';
import { ApprovalStep } from './approval-step.ts';
import { pipelineArtifacts } from './artifacts.ts';
import { AssetPublishingRole } from './asset-publishing-role.ts';
import { nameBuilds } from './build-names.ts';
import { builds } from './builds.ts';
import { nameSelfMutation } from './self-mutation.ts';
import { PipelineEvents } from './pipeline-events.ts';
import { pipelineRole } from './pipeline-role.ts';
import { preflightStep } from './preflight-step.ts';
import { Protection } from './protection.ts';
import { declareCallsOfSteps } from './declare-calls-of-steps.ts';
import { smokeStep } from './smoke-step.ts';
import { toolVersions } from './tool-versions.ts';

export interface PipelineStackProps extends StackProps {
  readonly platform: Platform;
  /** The workload of every tenant. */
  readonly workloads: Workloads;
}

/** Steps of the pipeline that follow its stages. */
interface Following {
  readonly source: CodePipelineSource;
  readonly protection: Protection;
}

/** Files whose change alone deploys nothing: no push of them starts the pipeline. */
const documentation = ['docs/**', '**/*.md', '.github/**', 'bench/**'];

/**
 * The pipeline that deploys itself first, then what monitoring needs. Probes come first, because an alarm fires where none runs. Dashboards and alarms follow the links, because
 * CloudWatch refuses alarms on metrics of accounts that are not linked. Then comes wave after wave with its accounts side
 * by side, each tried on a sample before the next.
 */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, { platform, workloads, ...props }: PipelineStackProps) {
    super(scope, id, props);
    tagAll(this);
    const source = this.source(platform);
    const pipeline = this.pipeline(platform, source);
    const protection = new Protection(pipeline, 'Protection', { organizationId: platform.organization.id, source });
    const preflight = preflightStep(pipeline, {
      ...{ organizationId: platform.organization.id, source },
      assembly: pipeline.synth,
    });
    const probed = probedAccounts(platform);
    if (probed.length > 0) {
      // Before the alarms: one fires where no probe runs.
      const probes = pipeline.addWave(probesStageName, {
        pre: [preflight],
        post: [protection.stepAfter(probesStageName)],
      });
      for (const each of probed) {
        probes.addStage(new ProbeStage(this, `${probesStageName}-${each.account.name}`, { probed: each }));
      }
    }
    const observability = pipeline.addWave(observabilityStageName, {
      pre: probed.length > 0 ? [] : [preflight],
      post: [protection.stepAfter(observabilityStageName)],
    });
    for (const region of regionsInUse(platform)) {
      observability.addStage(
        new ObservabilityStage(this, regional(observabilityStageName, region, platform), {
          platform,
          workloads,
          region,
        }),
      );
    }
    const following = { source, protection };
    for (const planned of plannedWaves(platform)) this.addWave(pipeline, planned, { platform, workloads }, following);
    pipeline.buildPipeline();
    nameSelfMutation(pipeline);
    declareCallsOfSteps(pipeline);
    nameBuilds(this);
    this.startOnPush(pipeline.pipeline, platform);
    new PipelineEvents(this, 'Events', { platform });
  }

  private source({ pipeline: { repository, branch, connection } }: Platform): CodePipelineSource {
    return CodePipelineSource.connection(repository, branch, {
      connectionArn: connection,
      actionName: 'Source',
      triggerOnPush: false,
    });
  }

  private pipeline(platform: Platform, source: CodePipelineSource): CodePipeline {
    const { pipeline, organization, region } = platform;
    const organizationId = organization.id;
    const artifacts = pipelineArtifacts(this, platform);
    const built = new CodePipeline(this, 'Pipeline', {
      codePipeline: new Pipeline(this, 'PipelineEngine', {
        pipelineName,
        pipelineType: PipelineType.V2,
        // What waits between two stages is overtaken: a fix comes before the push that waits for an approval.
        executionMode: ExecutionMode.SUPERSEDED,
        restartExecutionOnUpdate: true,
        ...artifacts.buckets,
        role: pipelineRole(this, 'PipelineRole', {
          organizationId,
          deployRoleArns: bootstrapRoleArns('deploy', region),
          artifacts: artifacts.own,
          connectionArn: pipeline.connection,
        }),
        usePipelineRoleForActions: true,
      }),
      usePipelineRoleForActions: true,
      selfMutation: true,
      // One action per stack instead of two; what changes was reviewed before the merge.
      useChangeSets: false,
      publishAssetsInParallel: false,
      // Without a version the pipeline installs `latest`, which is a broken publish (aws/aws-cdk#38113).
      cliVersion: toolVersions.cdk,
      cdkAssetsCliVersion: toolVersions.cdkAssets,
      ...builds,
      synth: new ShellStep('Synth', {
        input: source,
        // The check synthesizes strictly into cdk.out: what is deployed is what was checked.
        commands: ['npm ci', 'npm run check'],
      }),
    });
    const publishingRoleArns = bootstrapRoleArns('file-publishing', region);
    new AssetPublishingRole(built, 'PublishingRole', { organizationId, publishingRoleArns }).useIn(built);
    return built;
  }

  /**
   * Adds a wave with its deployments. A frozen deployment stays as it is on AWS: it gets no stage, and synth says why.
   */
  private addWave(
    pipeline: CodePipeline,
    { wave, deployments }: PlannedWave,
    { platform, workloads }: Pick<PipelineStackProps, 'platform' | 'workloads'>,
    { source, protection }: Following,
  ): void {
    for (const { tenant, freezes } of deployments.filter(({ freezes }) => freezes.length > 0)) {
      Annotations.of(this).addInfo(`${tenant.name} stays as it is in wave ${wave.name}: ${freezes.join(', ')}`);
    }
    const deployed = deployments.filter(({ freezes }) => freezes.length === 0);
    if (deployed.length === 0) return;
    const organizationId = platform.organization.id;
    if (wave.approval) {
      // In a stage of its own: a stage that waits for an approval holds the executions behind it.
      pipeline.addWave(approvalStageName(wave.name), {
        pre: [new ApprovalStep({ wave: wave.name, reviewUrl: `${branchUrl(platform)}/docs/operations.md` })],
      });
    }
    // A tenant that leaves is not tried.
    const tenants = deployed.filter(({ tenant }) => tenant.state !== 'removed').map(({ tenant }) => tenant.name);
    const smoke = {
      ...{ wave: wave.name, tenants, source, organizationId },
      runnerRoleArns: runnerRoleArns(platform.region),
      viewerRoleArn: viewerRoleArn(platform),
    };
    const added = pipeline.addWave(wave.name, {
      post: [...(tenants.length > 0 ? [smokeStep(smoke)] : []), protection.stepAfter(wave.name)],
    });
    for (const deployment of deployed) {
      const { name, workload: workloadName } = deployment.tenant;
      const workload = workloadNamed(workloads, workloadName);
      // A wave with one stage takes the name of that: it is called the same, however many tenants it has.
      const stageName = deployed.length === 1 ? wave.name : undefined;
      const stage = { deployment, wave: wave.name, workload, pipelineAccount: this.account, organizationId, stageName };
      added.addStage(new PlacementStage(this, placementId(wave.name, name), stage));
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

/** The role of the baseline that reads the monitoring account. */
const viewerRoleArn = (platform: Platform): string => {
  const account = accountNamed(platform, platform.monitoring.account).id;
  return `arn:${partitionOf(platform.region)}:iam::${account}:role/${accountRoleNames.viewer}`;
};

/** Address of the branch that is deployed, for people who read its files. */
const branchUrl = ({ pipeline: { repository, branch } }: Platform): string =>
  `https://github.com/${repository}/blob/${branch}`;

/** The stage of a region, called by the region where that is not the platform's own. */
const regional = (stage: string, region: string, platform: Platform): string =>
  region === platform.region ? stage : `${stage}-${region}`;

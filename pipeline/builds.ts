import { Duration } from 'aws-cdk-lib/core';
import { BuildSpec, ComputeType, LinuxBuildImage } from 'aws-cdk-lib/aws-codebuild';
import type { CodeBuildOptions, CodePipelineProps } from 'aws-cdk-lib/pipelines';
import { toolVersions } from './tool-versions.ts';

/** Minutes after which a build that hangs has failed: many times what it needs, so that only a build that hangs gets there. */
const minutes = { check: 60, selfMutation: 30, assets: 60 };

const timeout = (build: keyof typeof minutes): CodeBuildOptions => ({ timeout: Duration.minutes(minutes[build]) });

/** Image, size and time of the builds. A step that says nothing of its own time has that of self-mutation. */
export const builds = {
  codeBuildDefaults: {
    ...timeout('selfMutation'),
    buildEnvironment: { buildImage: LinuxBuildImage.STANDARD_8_0 },
    partialBuildSpec: BuildSpec.fromObject({
      phases: { install: { 'runtime-versions': { nodejs: toolVersions.node } } },
    }),
  },
  synthCodeBuildDefaults: {
    ...timeout('check'),
    // The check's processes took up to 2.6 GB on 2 cores, and there is one per core: the 4 GiB of SMALL leave no room
    // (CodeBuild User Guide: "Build environment compute modes and types").
    buildEnvironment: { computeType: ComputeType.MEDIUM },
  },
  selfMutationCodeBuildDefaults: timeout('selfMutation'),
  assetPublishingCodeBuildDefaults: timeout('assets'),
} as const satisfies Partial<CodePipelineProps>;

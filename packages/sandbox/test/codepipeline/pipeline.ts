import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@crosswind/aws/json';
import type { ActionResult } from '../../src/codepipeline/play.ts';
import type { ExecutionProps } from '../../src/codepipeline/codepipeline.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import {
  allow,
  bucket,
  bucketPolicy,
  type LiteralStack,
  type Resources,
  role,
  sandboxWith,
  trusting,
} from '../../src/testing/literals.ts';

export const tooling = '111111111111';
export const target = '222222222222';
export const organizationId = 'o-exampleorg1';
const connection = `arn:aws:codeconnections:us-east-1:${tooling}:connection/one`;
const artifacts = 'arn:aws:s3:::artifacts';
const deployRole = `arn:aws:iam::${target}:role/deploy`;
const executionRole = `arn:aws:iam::${target}:role/execution`;

/** Statements of each role, by a name for each. */
export const statements = {
  pipeline: {
    source: allow('codeconnections:UseConnection', connection),
    artifacts: allow(['s3:GetObject', 's3:PutObject'], `${artifacts}/*`),
    acl: allow('s3:PutObjectAcl', `${artifacts}/*`),
    replicas: allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::replicas/*'),
    builds: allow(
      ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'],
      `arn:aws:codebuild:us-east-1:${tooling}:project/*`,
    ),
    accounts: allow('sts:AssumeRole', deployRole),
  },
  project: {
    logs: allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
    artifacts: allow(['s3:GetObject', 's3:PutObject'], `${artifacts}/*`),
  },
  deploy: {
    artifacts: allow('s3:GetObject', [`${artifacts}/*`, 'arn:aws:s3:::replicas/*']),
    stacks: allow(['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:Describe*']),
    role: allow('iam:PassRole', executionRole),
  },
  execution: { queues: allow('sqs:*') },
};

export type RoleName = keyof typeof statements;

const action = (name: string, provider: string, more: JsonObject = {}): JsonObject => ({
  Name: name,
  RunOrder: 1,
  ActionTypeId: { Category: 'Build', Owner: 'AWS', Provider: provider, Version: '1' },
  ...more,
});

const type = (category: string, provider: string): JsonObject => ({
  ActionTypeId: { Category: category, Owner: 'AWS', Provider: provider, Version: '1' },
});

export const source = action('Source', 'CodeStarSourceConnection', {
  ...type('Source', 'CodeStarSourceConnection'),
  Configuration: { ConnectionArn: connection, FullRepositoryId: 'example-org/platform', BranchName: 'main' },
  OutputArtifacts: [{ Name: 'Source' }],
});

export const synth = action('Synth', 'CodeBuild', {
  Configuration: { ProjectName: 'build' },
  InputArtifacts: [{ Name: 'Source' }],
  OutputArtifacts: [{ Name: 'Assembly' }],
});

export const approval = action('Approve', 'Manual', type('Approval', 'Manual'));

/** An action that deploys a stack from a file of the assembly. */
export const deploying = (stackName: string, more: JsonObject = {}): JsonObject =>
  action(stackName, 'CloudFormation', {
    ...type('Deploy', 'CloudFormation'),
    RoleArn: deployRole,
    Configuration: {
      ActionMode: 'CREATE_UPDATE',
      StackName: stackName,
      TemplatePath: `Assembly::${stackName}.json`,
      RoleArn: executionRole,
      Capabilities: 'CAPABILITY_NAMED_IAM',
    },
    InputArtifacts: [{ Name: 'Assembly' }],
    ...more,
  });

export const stage = (name: string, ...actions: readonly JsonObject[]): JsonObject => ({
  Name: name,
  Actions: actions,
});

/** Source, build, and a stage with a queue. */
export const shortPipeline = [stage('Source', source), stage('Build', synth), stage('dev', deploying('queue'))];

export interface PipelineProps {
  /** @default shortPipeline */
  readonly stages?: readonly JsonObject[];
  /** Commands of the project. */
  readonly commands?: readonly string[];
  /** A statement that is missing. */
  readonly without?: { readonly role: RoleName; readonly statement: string };
  /** True for artifacts in eu-west-1, too. */
  readonly hasReplicas?: boolean;
  /** @default true */
  readonly restarts?: boolean;
}

const store = (Location: string) => ({ Type: 'S3', Location });

const stores = [
  { Region: 'us-east-1', ArtifactStore: store('artifacts') },
  { Region: 'eu-west-1', ArtifactStore: store('replicas') },
];

/** Artifacts for the actions of another region. */
const replicas: LiteralStack = {
  account: tooling,
  region: 'eu-west-1',
  resources: {
    Replicas: bucket('replicas'),
    Readers: bucketPolicy('replicas', {
      ...allow('s3:GetObject', 'arn:aws:s3:::replicas/*'),
      Principal: { AWS: deployRole },
    }),
  },
};

/** The stack of a pipeline with its roles. */
export const pipelineStack = ({
  stages = shortPipeline,
  commands = [],
  without,
  hasReplicas = false,
  restarts = true,
}: PipelineProps): LiteralStack => {
  const of = (name: RoleName): readonly JsonObject[] => statementsOf(name, without);
  return {
    account: tooling,
    resources: {
      Artifacts: bucket('artifacts'),
      Readers: bucketPolicy('artifacts', {
        ...allow('s3:GetObject', `${artifacts}/*`),
        Principal: { AWS: deployRole },
      }),
      PipelineRole: role('pipeline', trusting({ Service: 'codepipeline.amazonaws.com' }), ...of('pipeline')),
      ProjectRole: role('project', trusting({ Service: 'codebuild.amazonaws.com' }), ...of('project')),
      Project: {
        Type: 'AWS::CodeBuild::Project',
        Properties: {
          Name: 'build',
          ServiceRole: `arn:aws:iam::${tooling}:role/project`,
          Artifacts: { Type: 'CODEPIPELINE' },
          Environment: {
            Type: 'LINUX_CONTAINER',
            Image: 'aws/codebuild/standard:7.0',
            ComputeType: 'BUILD_GENERAL1_SMALL',
          },
          Source: {
            Type: 'CODEPIPELINE',
            BuildSpec: JSON.stringify({ version: 0.2, phases: { build: { commands } } }),
          },
        },
      },
      Pipeline: {
        Type: 'AWS::CodePipeline::Pipeline',
        Properties: {
          Name: 'main',
          RoleArn: `arn:aws:iam::${tooling}:role/pipeline`,
          RestartExecutionOnUpdate: restarts,
          ...(hasReplicas ? { ArtifactStores: stores } : { ArtifactStore: store('artifacts') }),
          Stages: stages,
        },
      },
    },
  };
};

const statementsOf = (name: RoleName, without: PipelineProps['without']): readonly JsonObject[] =>
  Object.entries(statements[name]).flatMap(([statement, json]) =>
    without?.role === name && without.statement === statement ? [] : [json],
  );

/** A sandbox with the pipeline and the account that it deploys to. */
export async function sandboxWithPipeline(props: PipelineProps = {}): Promise<Sandbox> {
  const roles = {
    Deploy: role('deploy', trusting({ AWS: tooling }), ...statementsOf('deploy', props.without)),
    Execution: role(
      'execution',
      trusting({ Service: 'cloudformation.amazonaws.com' }),
      ...statementsOf('execution', props.without),
    ),
  };
  return sandboxWith(
    [{ account: target, resources: roles }, pipelineStack(props), ...(props.hasReplicas ? [replicas] : [])],
    { organizationId },
  );
}

/** A directory with a template for each stack. */
export function assemblyWith(templates: Readonly<Record<string, Resources>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  for (const [name, resources] of Object.entries(templates)) {
    writeFileSync(join(directory, `${name}.json`), JSON.stringify({ Resources: resources }));
  }
  return directory;
}

export const queue = (properties: JsonObject = {}): Resources => ({
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue', ...properties } },
});

/** Plays the pipeline and returns what came of each action. */
export async function played(
  sandbox: Sandbox,
  props: Partial<ExecutionProps> = {},
): Promise<{ readonly isComplete: boolean; readonly results: readonly ActionResult[] }> {
  const results: ActionResult[] = [];
  const isComplete = await sandbox.pipelines.play({ account: tooling, region: 'us-east-1' }, 'main', {
    stacks: [],
    source: tmpdir(),
    assembly: assemblyWith({ queue: queue() }),
    run: () => Promise.resolve(undefined),
    ...props,
    onAction: (result) => {
      results.push(result);
      return props.onAction?.(result) ?? 'stop';
    },
  });
  return { isComplete, results };
}

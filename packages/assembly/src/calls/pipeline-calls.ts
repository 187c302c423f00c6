import { accountOf } from '@crosswind/aws/arn';
import { textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { type Pipeline, type PipelineAction, pipelineOf } from '../pipelines.ts';
import type { Resource, Stack } from '../resolve.ts';
import { withImplied } from './implied-calls.ts';
import { bucketOf, type Places } from './places.ts';
import type { Caller, PlannedCall } from './planned-call.ts';

/** A call of an action, before it is known who makes it. */
interface ActionCall {
  /** The role; the actor of the action if it is left out. */
  readonly role?: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** Calls of every pipeline of a stack, action by action. */
export function pipelineCalls(stack: Stack, places: Places): readonly PlannedCall[] {
  return stack.resources
    .filter(({ type }) => type === 'AWS::CodePipeline::Pipeline')
    .flatMap((resource) => {
      const pipeline = pipelineOf(resource.name, stack.account, stack.region, resource.properties);
      const actions = pipeline.stages.flatMap((stage) => stage.actions);
      return [
        ...[...pipeline.artifacts.keys()].flatMap((region) => callsOfStore(resource, pipeline, region, places)),
        ...actions.flatMap((action) => callsOfAction(stack, resource, pipeline, action, places)),
      ];
    });
}

/** Actions of CodePipeline in a bucket of artifacts (CodePipeline User Guide, "CodePipeline service role policy"). */
const storing = {
  bucket: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
  objects: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:PutObjectAcl'],
};

function callsOfStore({ path }: Resource, pipeline: Pipeline, region: string, places: Places): readonly PlannedCall[] {
  const call = (action: string, resource: string): PlannedCall => ({
    caller: { kind: 'role', arn: pipeline.roleArn },
    ...{ action, resource, context: {} },
    resourceAccount: places.accountOf(resource) || pipeline.account,
    by: { path, part: `artifacts in ${region}` },
  });
  return objects(pipeline, region).flatMap((each) => [
    ...storing.bucket.map((action) => call(action, bucketOf(each))),
    ...storing.objects.map((action) => call(action, each)),
  ]);
}

function callsOfAction(
  stack: Stack,
  { path }: Resource,
  pipeline: Pipeline,
  action: PipelineAction,
  places: Places,
): readonly PlannedCall[] {
  const actor = action.roleArn ?? pipeline.roleArn;
  const assume: readonly ActionCall[] =
    action.roleArn === undefined
      ? []
      : [{ role: pipeline.roleArn, action: 'sts:AssumeRole', resource: action.roleArn }];
  const calls = [...assume, ...(byProvider[action.provider]?.({ stack, pipeline, action }) ?? [])];
  return calls.flatMap(({ role = actor, context = {}, ...call }) => {
    const caller: Caller = { kind: 'role', arn: role };
    const by = { path, part: `action ${action.stage}/${action.name}` };
    return withImplied(
      { ...call, caller, context, by, resourceAccount: places.accountOf(call.resource) || pipeline.account },
      places,
    );
  });
}

interface Acting {
  readonly stack: Stack;
  readonly pipeline: Pipeline;
  readonly action: PipelineAction;
}

/** By the provider of an action (CodePipeline User Guide, "Action structure reference"). */
const byProvider: Readonly<Record<string, (acting: Acting) => readonly ActionCall[]>> = {
  CodeStarSourceConnection: ({ pipeline, action }) => {
    const connection = textOf(action.configuration['ConnectionArn']);
    const service = connection.split(':')[2] ?? '';
    return [
      { action: `${service}:UseConnection`, resource: connection },
      ...artifact('write', pipeline, pipeline.region),
      // A source action of a connection sets an ACL, too (aws/aws-cdk#13557).
      ...objects(pipeline, pipeline.region).map((resource) => ({ action: 's3:PutObjectAcl', resource })),
    ];
  },
  CodeBuild: ({ stack, pipeline, action }) => {
    const name = textOf(action.configuration['ProjectName']);
    const project = stack.resources.find(({ type, ref }) => type === 'AWS::CodeBuild::Project' && ref === name);
    const { account, region } = stack;
    const place = `arn:${partitionOf(region)}:codebuild:${region}:${account}`;
    const log = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:/aws/codebuild/${name}`;
    const role = textOf(project?.properties['ServiceRole']);
    return [
      // CodePipeline User Guide, "Add permissions to the CodePipeline service role": AWS CodeBuild.
      ...['codebuild:StartBuild', 'codebuild:BatchGetBuilds'].map((each) => ({
        action: each,
        resource: `${place}:project/${name}`,
      })),
      // CodeBuild User Guide, "Allow CodeBuild to interact with other services".
      { role, action: 'logs:CreateLogGroup', resource: log },
      ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((each) => ({
        role,
        action: each,
        resource: `${log}:log-stream:*`,
      })),
      ...(action.inputs.length > 0 ? artifact('read', pipeline, action.region, role) : []),
      ...(action.outputs.length > 0 ? artifact('write', pipeline, action.region, role) : []),
    ];
  },
  CloudFormation: ({ pipeline, action }) => {
    const { StackName, RoleArn } = action.configuration;
    const execution = textOf(RoleArn);
    const account = accountOf(execution) || pipeline.account;
    const partition = partitionOf(action.region);
    const stackArn = `arn:${partition}:cloudformation:${action.region}:${account}:stack/${textOf(StackName)}/*`;
    return [
      ...artifact('read', pipeline, action.region),
      // CodePipeline User Guide, "AWS CloudFormation deploy action reference": CREATE_UPDATE.
      ...['CreateStack', 'UpdateStack', 'DescribeStacks', 'DescribeStackEvents'].map((name) => ({
        action: `cloudformation:${name}`,
        resource: stackArn,
      })),
      ...(execution === ''
        ? []
        : [
            {
              action: 'iam:PassRole',
              resource: execution,
              context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
            },
          ]),
    ];
  },
  Manual: ({ action }) => {
    const topic = textOf(action.configuration['NotificationArn']);
    return topic === '' ? [] : [{ action: 'sns:Publish', resource: topic }];
  },
};

function artifact(how: 'read' | 'write', pipeline: Pipeline, region: string, role?: string): readonly ActionCall[] {
  const action = how === 'read' ? 's3:GetObject' : 's3:PutObject';
  return objects(pipeline, region).map((resource) => ({ ...(role !== undefined && { role }), action, resource }));
}

/** Objects of the artifact bucket of a region. */
function objects({ artifacts }: Pipeline, region: string): readonly string[] {
  const place = artifacts.get(region);
  return place ? [`arn:${partitionOf(region)}:s3:::${place.bucket}/*`] : [];
}

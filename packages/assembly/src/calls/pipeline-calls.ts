import { type Pipeline, type PipelineAction, pipelineOf } from '../pipelines.ts';
import type { Resource, Stack } from '../resolve.ts';
import { withImplied } from './implied-calls.ts';
import { type ActionCall, actionCalls, objects } from './pipeline-actions.ts';
import { bucketOf, type Places } from './places.ts';
import type { Caller, PlannedCall } from './planned-call.ts';

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
  const calls = [...assume, ...actionCalls({ stack, pipeline, action })];
  return calls.flatMap(({ role = actor, context = {}, ...call }) => {
    const caller: Caller = { kind: 'role', arn: role };
    const by = { path, part: `action ${action.stage}/${action.name}` };
    return withImplied(
      { ...call, caller, context, by, resourceAccount: places.accountOf(call.resource) || pipeline.account },
      places,
    );
  });
}

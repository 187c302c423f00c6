import { accountOf } from '@crosswind/aws/arn';
import { textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Pipeline, PipelineAction } from '../pipelines.ts';
import type { Stack } from '../resolve.ts';
import type { PlannedCall } from './planned-call.ts';

/** A call of an action, before it is known who makes it. */
export interface ActionCall extends Pick<PlannedCall, 'action' | 'resource' | 'doubt'> {
  /** The role; the actor of the action if it is left out. */
  readonly role?: string;
  readonly context?: Readonly<Record<string, string>>;
}

interface Acting {
  readonly stack: Stack;
  readonly pipeline: Pipeline;
  readonly action: PipelineAction;
}

/** Calls of an action; a doubt for a provider that the table does not hold. */
export function actionCalls(acting: Acting): readonly ActionCall[] {
  const { provider } = acting.action;
  const calls = byProvider[provider];
  if (calls) return calls(acting);
  return [
    {
      action: `${provider.toLowerCase()}:*`,
      resource: '*',
      doubt: `what an action of ${provider} calls is not known here: add it to packages/assembly/src/calls/pipeline-actions.ts`,
    },
  ];
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
    const { ActionMode, StackName, RoleArn } = action.configuration;
    const mode = textOf(ActionMode ?? 'CREATE_UPDATE');
    const operations = stackOperations[mode];
    const execution = textOf(RoleArn);
    const account = accountOf(execution) || actingAccount(pipeline, action);
    const partition = partitionOf(action.region);
    const stackArn = `arn:${partition}:cloudformation:${action.region}:${account}:stack/${textOf(StackName)}/*`;
    return [
      ...(mode === 'DELETE_ONLY' || mode === 'CHANGE_SET_EXECUTE' ? [] : artifact('read', pipeline, action.region)),
      ...(operations ?? ['*']).map((name) => ({
        action: `cloudformation:${name}`,
        resource: stackArn,
        ...(operations === undefined && {
          doubt: `what the mode ${mode} calls is not known here: add it to packages/assembly/src/calls/pipeline-actions.ts`,
        }),
      })),
      ...(execution === '' || mode === 'CHANGE_SET_EXECUTE'
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
  // CodePipeline User Guide, "Amazon S3 source action reference" and "Amazon S3 deploy action reference".
  S3: ({ pipeline, action }) => {
    const { S3Bucket, S3ObjectKey, BucketName } = action.configuration;
    const prefix = `arn:${partitionOf(action.region)}:s3:::`;
    if (action.category === 'Source') {
      const source = `${prefix}${textOf(S3Bucket)}`;
      return [
        ...['s3:GetObject', 's3:GetObjectVersion'].map((name) => ({
          action: name,
          resource: `${source}/${textOf(S3ObjectKey)}`,
        })),
        ...['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'].map((name) => ({
          action: name,
          resource: source,
        })),
        ...artifact('write', pipeline, action.region),
      ];
    }
    return [
      ...artifact('read', pipeline, action.region),
      { action: 's3:PutObject', resource: `${prefix}${textOf(BucketName)}/*` },
    ];
  },
  // CodePipeline User Guide, "AWS Lambda invoke action reference". The function answers with its own role.
  Lambda: ({ pipeline, action }) => [
    {
      action: 'lambda:InvokeFunction',
      resource: `arn:${partitionOf(action.region)}:lambda:${action.region}:${actingAccount(pipeline, action)}:function:${textOf(action.configuration['FunctionName'])}`,
    },
  ],
  // CodePipeline User Guide, "AWS Step Functions invoke action reference".
  StepFunctions: ({ pipeline, action }) => {
    const machine = textOf(action.configuration['StateMachineArn']);
    return [
      ...(action.inputs.length > 0 ? artifact('read', pipeline, action.region) : []),
      ...['states:DescribeStateMachine', 'states:StartExecution'].map((name) => ({ action: name, resource: machine })),
      { action: 'states:DescribeExecution', resource: `${machine.replace(':stateMachine:', ':execution:')}:*` },
    ];
  },
  Manual: ({ action }) => {
    const topic = textOf(action.configuration['NotificationArn']);
    return topic === '' ? [] : [{ action: 'sns:Publish', resource: topic }];
  },
};

/** By the mode of an action (CodePipeline User Guide, "AWS CloudFormation deploy action reference", "Permissions"). */
const stackOperations: Readonly<Record<string, readonly string[]>> = {
  CREATE_UPDATE: ['CreateStack', 'UpdateStack', 'DescribeStacks', 'DescribeStackEvents'],
  CHANGE_SET_REPLACE: ['CreateChangeSet', 'DeleteChangeSet', 'DescribeChangeSet', 'DescribeStacks'],
  CHANGE_SET_EXECUTE: ['ExecuteChangeSet', 'DescribeChangeSet', 'DescribeStacks', 'DescribeStackEvents'],
  REPLACE_ON_FAILURE: ['CreateStack', 'UpdateStack', 'DeleteStack', 'DescribeStacks', 'DescribeStackEvents'],
  DELETE_ONLY: ['DeleteStack', 'DescribeStacks', 'DescribeStackEvents'],
};

function artifact(how: 'read' | 'write', pipeline: Pipeline, region: string, role?: string): readonly ActionCall[] {
  const action = how === 'read' ? 's3:GetObject' : 's3:PutObject';
  return objects(pipeline, region).map((resource) => ({ ...(role !== undefined && { role }), action, resource }));
}

/** The account of the role that acts. */
const actingAccount = (pipeline: Pipeline, { roleArn = '' }: PipelineAction): string =>
  accountOf(roleArn) || pipeline.account;

/** Objects of the artifact bucket of a region. */
export function objects({ artifacts }: Pipeline, region: string): readonly string[] {
  const place = artifacts.get(region);
  return place ? [`arn:${partitionOf(region)}:s3:::${place.bucket}/*`] : [];
}

import type { JsonObject } from '@crosswind/aws/json';
import { expect, test } from 'vitest';
import { plannedCalls } from '../../src/calls/planned-calls.ts';
import { resolvePartly } from '../../src/resolve.ts';
import { assembled } from '../../src/testing/assembled.ts';

const own = 'arn:aws:iam::111111111111:role/pipeline';
const deploying = 'arn:aws:iam::222222222222:role/deploy';
const building = 'arn:aws:iam::111111111111:role/build';
const objects = 'arn:aws:s3:::artifacts/*';

const action = (Provider: string, Configuration: JsonObject, rest: JsonObject = {}): JsonObject => ({
  Name: 'A',
  ActionTypeId: { Category: 'Any', Provider, Owner: 'AWS', Version: '1' },
  Configuration,
  ...rest,
});

/** Calls of the action of a pipeline as lines, without those of its artifacts in general. */
const linesOf = (given: JsonObject, part?: string): readonly string[] =>
  callsOf(given, part).map(
    ({ caller, action, resource }) => `${caller.kind === 'role' ? caller.arn : caller.service} ${action} ${resource}`,
  );

const callsOf = (given: JsonObject, part = 'action S/A') => {
  const Resources = {
    Pipeline: {
      Type: 'AWS::CodePipeline::Pipeline',
      Properties: {
        Name: 'p',
        RoleArn: own,
        ArtifactStore: { Location: 'artifacts', Type: 'S3' },
        Stages: [{ Name: 'S', Actions: [given] }],
      },
    },
    Project: { Type: 'AWS::CodeBuild::Project', Properties: { Name: 'build', ServiceRole: building } },
  };
  return plannedCalls(resolvePartly([assembled({ Resources })]).stacks).filter(({ by }) => by.part === part);
};

const connection = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/c';
const log = 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/codebuild/build';
const topic = 'arn:aws:sns:eu-west-1:111111111111:t';
const execution = 'arn:aws:iam::222222222222:role/exec';
const stack = 'arn:aws:cloudformation:eu-west-1:222222222222:stack/one/*';

test.each<[string, JsonObject, readonly string[]]>([
  [
    'a source uses the connection and writes its artifact',
    action('CodeStarSourceConnection', { ConnectionArn: connection }),
    [
      `${own} codeconnections:UseConnection ${connection}`,
      `${own} s3:PutObject ${objects}`,
      `${own} s3:PutObjectAcl ${objects}`,
    ],
  ],
  [
    'a build is started as the pipeline, and logs and reads as itself',
    action('CodeBuild', { ProjectName: 'build' }, { InputArtifacts: [{ Name: 'I' }] }),
    [
      `${own} codebuild:StartBuild arn:aws:codebuild:eu-west-1:111111111111:project/build`,
      `${own} codebuild:BatchGetBuilds arn:aws:codebuild:eu-west-1:111111111111:project/build`,
      `${building} logs:CreateLogGroup ${log}`,
      `${building} logs:CreateLogStream ${log}:log-stream:*`,
      `${building} logs:PutLogEvents ${log}:log-stream:*`,
      `${building} s3:GetObject ${objects}`,
    ],
  ],
  [
    'a deployment assumes its role, and passes another to CloudFormation',
    action(
      'CloudFormation',
      { StackName: 'one', RoleArn: 'arn:aws:iam::222222222222:role/exec' },
      { RoleArn: deploying },
    ),
    [
      `${own} sts:AssumeRole ${deploying}`,
      `${deploying} s3:GetObject ${objects}`,
      ...['CreateStack', 'UpdateStack', 'DescribeStacks', 'DescribeStackEvents'].map(
        (name) => `${deploying} cloudformation:${name} ${stack}`,
      ),
      `${deploying} iam:PassRole arn:aws:iam::222222222222:role/exec`,
    ],
  ],
  [
    'a change set is made as the pipeline, with the role of CloudFormation',
    action('CloudFormation', { ActionMode: 'CHANGE_SET_REPLACE', StackName: 'one', RoleArn: execution }),
    [
      `${own} s3:GetObject ${objects}`,
      ...['CreateChangeSet', 'DeleteChangeSet', 'DescribeChangeSet', 'DescribeStacks'].map(
        (name) => `${own} cloudformation:${name} ${stack}`,
      ),
      `${own} iam:PassRole ${execution}`,
    ],
  ],
  [
    'a change set is executed, without a role and an artifact',
    action('CloudFormation', { ActionMode: 'CHANGE_SET_EXECUTE', StackName: 'one', RoleArn: execution }),
    ['ExecuteChangeSet', 'DescribeChangeSet', 'DescribeStacks', 'DescribeStackEvents'].map(
      (name) => `${own} cloudformation:${name} ${stack}`,
    ),
  ],
  [
    'a stack is deleted',
    action('CloudFormation', { ActionMode: 'DELETE_ONLY', StackName: 'one', RoleArn: execution }),
    [
      ...['DeleteStack', 'DescribeStacks', 'DescribeStackEvents'].map(
        (name) => `${own} cloudformation:${name} ${stack}`,
      ),
      `${own} iam:PassRole ${execution}`,
    ],
  ],
  [
    'an object is a source, which is written as an artifact',
    action('S3', { S3Bucket: 'b', S3ObjectKey: 'k' }, { ActionTypeId: { Category: 'Source', Provider: 'S3' } }),
    [
      ...['GetObject', 'GetObjectVersion'].map((name) => `${own} s3:${name} arn:aws:s3:::b/k`),
      ...['Versioning', 'Acl', 'Location'].map((name) => `${own} s3:GetBucket${name} arn:aws:s3:::b`),
      `${own} s3:PutObject ${objects}`,
    ],
  ],
  [
    'objects are deployed to a bucket',
    action('S3', { BucketName: 'b' }),
    [`${own} s3:GetObject ${objects}`, `${own} s3:PutObject arn:aws:s3:::b/*`],
  ],
  [
    'a function is invoked in the account of the role that acts',
    action('Lambda', { FunctionName: 'f' }, { RoleArn: deploying }),
    [
      `${own} sts:AssumeRole ${deploying}`,
      `${deploying} lambda:InvokeFunction arn:aws:lambda:eu-west-1:222222222222:function:f`,
    ],
  ],
  [
    'a workflow is started and watched',
    action('StepFunctions', { StateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:m' }),
    [
      `${own} states:DescribeStateMachine arn:aws:states:eu-west-1:111111111111:stateMachine:m`,
      `${own} states:StartExecution arn:aws:states:eu-west-1:111111111111:stateMachine:m`,
      `${own} states:DescribeExecution arn:aws:states:eu-west-1:111111111111:execution:m:*`,
    ],
  ],
  ['an approval tells its topic', action('Manual', { NotificationArn: topic }), [`${own} sns:Publish ${topic}`]],
  ['an approval without one tells nobody', action('Manual', {}), []],
])('%s', (_, given, lines) => {
  expect(linesOf(given)).toEqual(lines);
});

test.each<[string, JsonObject, string]>([
  [
    'of another provider',
    action('CodeDeploy', {}),
    'what an action of CodeDeploy calls is not known here: add it to packages/assembly/src/calls/pipeline-actions.ts',
  ],
  [
    'of another mode of CloudFormation',
    action('CloudFormation', { ActionMode: 'OTHER', StackName: 'one' }),
    'what the mode OTHER calls is not known here: add it to packages/assembly/src/calls/pipeline-actions.ts',
  ],
])('an action %s is a doubt with the place to add it', (_, given, doubt) => {
  expect(callsOf(given).flatMap((call) => call.doubt ?? [])).toEqual([doubt]);
});

test('CodePipeline reads and writes the bucket of artifacts, whatever the actions are', () => {
  expect(linesOf(action('Manual', {}), 'artifacts in eu-west-1')).toEqual([
    ...['Acl', 'Location', 'Versioning'].map((name) => `${own} s3:GetBucket${name} arn:aws:s3:::artifacts`),
    ...['GetObject', 'GetObjectVersion', 'PutObject', 'PutObjectAcl'].map((name) => `${own} s3:${name} ${objects}`),
  ]);
});

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
const linesOf = (given: JsonObject, part = 'action S/A'): readonly string[] => {
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
  return plannedCalls(resolvePartly([assembled({ Resources })]).stacks)
    .filter(({ by }) => by.part === part)
    .map(
      ({ caller, action, resource }) => `${caller.kind === 'role' ? caller.arn : caller.service} ${action} ${resource}`,
    );
};

const connection = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/c';
const log = 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/codebuild/build';
const topic = 'arn:aws:sns:eu-west-1:111111111111:t';
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
  ['an approval tells its topic', action('Manual', { NotificationArn: topic }), [`${own} sns:Publish ${topic}`]],
  ['an approval without one tells nobody', action('Manual', {}), []],
])('%s', (_, given, lines) => {
  expect(linesOf(given)).toEqual(lines);
});

test('CodePipeline reads and writes the bucket of artifacts, whatever the actions are', () => {
  expect(linesOf(action('Manual', {}), 'artifacts in eu-west-1')).toEqual([
    ...['Acl', 'Location', 'Versioning'].map((name) => `${own} s3:GetBucket${name} arn:aws:s3:::artifacts`),
    ...['GetObject', 'GetObjectVersion', 'PutObject', 'PutObjectAcl'].map((name) => `${own} s3:${name} ${objects}`),
  ]);
});

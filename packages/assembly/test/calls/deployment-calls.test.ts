import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { plannedCalls } from '../../src/calls/planned-calls.ts';
import type { AssembledStack } from '../../src/read-assembly.ts';
import { resolvePartly } from '../../src/resolve.ts';
import type { TemplateResource } from '../../src/template.ts';
import { assembled } from '../../src/testing/assembled.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const execution = 'arn:aws:iam::111111111111:role/exec';
const other = 'arn:aws:iam::111111111111:role/other';
const roles = assembled({
  Resources: Object.fromEntries(
    ['exec', 'other'].map((RoleName): [string, TemplateResource] => [
      RoleName,
      { Type: 'AWS::IAM::Role', Properties: { RoleName } },
    ]),
  ),
});
const deployment = {
  ...{
    assetManifest: undefined,
    deployRoleArn: undefined,
    templateUrl: undefined,
    bootstrapVersionParameter: undefined,
  },
  ...{ terminationProtection: false, tags: {}, executionRoleArn: execution },
};

interface Given {
  readonly role?: string;
  readonly others?: readonly AssembledStack[];
  readonly pipeline?: Resources;
}

/** Calls for a stack with an execution role; the roles are in a stack that somebody else deploys. */
function callsFor(Resources: Resources, { role = execution, others = [roles], pipeline = {} }: Given = {}) {
  const resolved = resolvePartly([
    { ...assembled({ Resources }), name: 'one', deployment: { ...deployment, executionRoleArn: role } },
    { ...assembled({ Resources: pipeline }), name: 'pipeline' },
    ...others,
  ]).stacks;
  return plannedCalls(resolved.slice(0, 2), resolved.slice(2)).filter(
    ({ by }) => by.part.endsWith('by CloudFormation') || by.part === 'execution role',
  );
}

/** The calls as lines, such as `update sns:SetTopicAttributes arn:…`. */
const linesFor = (...given: Parameters<typeof callsFor>): readonly string[] =>
  callsFor(...given)
    .filter(({ by }) => by.part !== 'execution role')
    .map(({ action, resource, by }) => `${by.part.split(' ')[0] ?? ''} ${action} ${resource}`);

const topic: Resources = { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 't', DisplayName: 'T' } } };
const topicArn = 'arn:aws:sns:eu-west-1:111111111111:t';

describe('CloudFormation', () => {
  test('assumes the execution role, and creates, changes and deletes a resource with it, each call once', () => {
    const [assume, ...calls] = callsFor(topic);
    expect(assume).toMatchObject({
      caller: { kind: 'service', service: 'cloudformation.amazonaws.com' },
      action: 'sts:AssumeRole',
      resource: execution,
    });
    for (const { caller } of calls) expect(caller).toEqual({ kind: 'role', arn: execution });
    const lines = linesFor(topic);
    expect(lines).toEqual(
      expect.arrayContaining([
        `creation sns:CreateTopic ${topicArn}`,
        `update sns:SetTopicAttributes ${topicArn}`,
        `deletion sns:DeleteTopic ${topicArn}`,
      ]),
    );
    expect(lines.map((line) => line.replace(/^\w+ /, ''))).toHaveLength(
      new Set(lines.map((line) => line.replace(/^\w+ /, ''))).size,
    );
  });

  test('has the role that the action of the pipeline passes', () => {
    const action: JsonObject = {
      Name: 'A',
      ActionTypeId: { Category: 'Deploy', Provider: 'CloudFormation', Owner: 'AWS', Version: '1' },
      Configuration: { StackName: 'one', RoleArn: other },
    };
    const pipeline: Resources = {
      P: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Name: 'p', Stages: [{ Name: 'S', Actions: [action] }] } },
    };
    const callers = callsFor(topic, { pipeline }).flatMap(({ caller }) => (caller.kind === 'role' ? caller.arn : []));
    expect(new Set(callers)).toEqual(new Set([other]));
  });

  test('makes no call of its own with the session of whoever asks', () => {
    expect(callsFor(topic, { role: '' })).toEqual([]);
  });

  test('asks for a role that no stack makes, and nothing is said of what that may', () => {
    expect(callsFor(topic, { others: [] }).map(({ action }) => action)).toEqual(['sts:AssumeRole']);
  });

  test('deletes nothing that is retained', () => {
    const retained: Resources = { T: { ...topic['T'], Type: 'AWS::SNS::Topic', DeletionPolicy: 'Retain' } };
    expect(linesFor(topic)).toContain(`deletion sns:DeleteTopic ${topicArn}`);
    expect(linesFor(retained)).not.toContain(`deletion sns:DeleteTopic ${topicArn}`);
  });

  test('changes no property whose change makes another resource', () => {
    const policy: TemplateResource = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: 'b', PolicyDocument: { Statement: [] } },
    };
    const lines = linesFor({ P: policy });
    expect(lines).toContain('creation s3:PutBucketPolicy arn:aws:s3:::b');
    expect(lines.filter((line) => !line.endsWith(' arn:aws:s3:::b'))).toEqual([]);
  });

  test.each<[string, JsonObject, string | undefined]>([
    [
      'its boundary',
      { PermissionsBoundary: 'arn:aws:iam::111111111111:policy/b' },
      'arn:aws:iam::111111111111:policy/b',
    ],
    ['none', {}, undefined],
  ])('gives a role a policy, which has %s', (_, rest, boundary) => {
    const calls = callsFor({
      R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r', Path: '/p/', ...rest } },
      P: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'P', Roles: ['r'], PolicyDocument: { Statement: [] } },
      },
    }).filter(({ action, by }) => action === 'iam:PutRolePolicy' && by.path === 'P');
    expect(calls.map(({ resource, context }) => [resource, context['iam:PermissionsBoundary']])).toEqual([
      ['arn:aws:iam::111111111111:role/p/r', boundary],
    ]);
  });

  test('does something unknown for a type without a table, which is a doubt', () => {
    const [call, ...rest] = callsFor({ V: { Type: 'AWS::EC2::VPC', Properties: {} } }).slice(1);
    expect(rest).toEqual([]);
    expect(call).toMatchObject({
      action: 'ec2:*',
      resource: '*',
      doubt:
        'which calls CloudFormation makes for AWS::EC2::VPC is not known here: add the type to packages/aws/src/deployment, with its sources',
    });
  });

  test('says in which region it acts', () => {
    expect(
      new Set(
        callsFor(topic)
          .slice(1)
          .map(({ context }) => context['aws:RequestedRegion']),
      ),
    ).toEqual(new Set(['eu-west-1']));
  });
});

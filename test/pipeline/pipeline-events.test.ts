import type { Resource } from '@crosswind/assembly/resolve';
import { rolesOf } from '@crosswind/assembly/roles';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { authorize } from '@crosswind/iam/authorize';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import { describe, expect, test } from 'vitest';
import { platformOf, platformText, stackAt, synthesize, synthesized, type Synthesized } from '../synthesized.ts';

const [tooling, monitoring] = ['111111111111', '222222222222'];

const rulesOf = ({ stacks }: Synthesized): readonly Resource[] =>
  stackAt(stacks, 'Crosswind').resources.filter(({ type }) => type === 'AWS::Events::Rule');
const patternsOf = (it: Synthesized) => rulesOf(it).map(({ properties }) => objectOf(properties['EventPattern']));
const targetsOf = (it: Synthesized) =>
  rulesOf(it).flatMap(({ properties }) => listOf(properties['Targets']).map(objectOf));

describe('somebody hears', () => {
  test('of executions that end without success, and of approvals that wait', () => {
    const source = ['aws.codepipeline'];
    expect(patternsOf(synthesized())).toEqual([
      {
        source,
        'detail-type': ['CodePipeline Pipeline Execution State Change'],
        detail: { pipeline: ['crosswind'], state: ['FAILED', 'CANCELED', 'STOPPED', 'SUPERSEDED'] },
      },
      {
        source,
        'detail-type': ['CodePipeline Action Execution State Change'],
        detail: { pipeline: ['crosswind'], type: { category: ['Approval'] }, state: ['STARTED'] },
      },
    ]);
  });

  test('of no overtaken execution where no wave waits for an approval', () => {
    const without = synthesize(platformOf(platformText.replace('    approval: true\n', '')));
    expect(patternsOf(without).map(({ detail }) => objectOf(detail)['state'])).toEqual([
      ['FAILED', 'CANCELED', 'STOPPED'],
    ]);
  });

  test.each([
    ['those who get tickets', platformText, 'crosswind-ticket'],
    [
      'those who are woken, where nobody gets tickets',
      platformText.replace(/ {2}ticket:.*\n(?: {4}- .*\n)*/, ''),
      'crosswind-page',
    ],
  ])('%s, by a topic of the monitoring account that is there', (_, text, topic) => {
    const it = synthesize(platformOf(text));
    const arn = `arn:aws:sns:us-east-1:${monitoring}:${topic}`;
    expect(new Set(targetsOf(it).map(({ Arn }) => Arn))).toEqual(new Set([arn]));
    const { resources } = stackAt(it.stacks, 'Crosswind/observability/Alerts');
    expect(resources.filter(({ type }) => type === 'AWS::SNS::Topic').map((each) => each.arn)).toContain(arn);
  });
});

describe('the role of the rules', () => {
  const roleArn = textOf(targetsOf(synthesized())[0]?.['RoleArn']);
  const topicArn = textOf(targetsOf(synthesized())[0]?.['Arn']);
  const role = rolesOf(stackAt(synthesized().stacks, 'Crosswind')).find(({ arn }) => arn === roleArn);
  const { resources } = stackAt(synthesized().stacks, 'Crosswind/observability/Alerts');
  const key = resources.find(({ type }) => type === 'AWS::KMS::Key');
  const topicPolicy = resources.find(
    ({ type, properties }) => type === 'AWS::SNS::TopicPolicy' && listOf(properties['Topics']).includes(topicArn),
  );
  const documents = {
    topic: topicPolicy?.properties['PolicyDocument'] as unknown as PolicyDocument,
    key: key?.properties['KeyPolicy'] as unknown as PolicyDocument,
  };

  const may = (of: 'topic' | 'key', action: string, name = 'crosswind-pipeline-events'): boolean =>
    authorize(
      {
        principal: {
          kind: 'role',
          roleArn: `arn:aws:iam::${tooling}:role/${name}`,
          sessionArn: `arn:aws:sts::${tooling}:assumed-role/${name}/events`,
          account: tooling,
        },
        action,
        resource: of === 'topic' ? topicArn : (key?.arn ?? ''),
        resourceAccount: monitoring,
        context: { 'kms:ViaService': 'sns.us-east-1.amazonaws.com', 'aws:SecureTransport': 'true' },
      },
      {
        identity: (role?.policies ?? []).map((policy) => ({
          name: policy.name,
          document: policy.document as unknown as PolicyDocument,
        })),
        resource: { name: `policy of the ${of}`, document: documents[of] },
      },
    ).allowed;

  test.each<['topic' | 'key', string]>([
    ['topic', 'sns:Publish'],
    ['key', 'kms:GenerateDataKey'],
    ['key', 'kms:Decrypt'],
  ])('may use the %s across accounts: %s', (of, action) => {
    expect(may(of, action)).toBe(true);
    expect(may(of, action, 'another')).toBe(false);
  });

  test('may do nothing else with them', () => {
    expect(may('topic', 'sns:Subscribe')).toBe(false);
    expect(may('key', 'kms:ScheduleKeyDeletion')).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { listOf, objectOf } from '@crosswind/aws/json';
import { AssetPublishingRole } from '../../pipeline/asset-publishing-role.ts';
import { stackAt, stackWith, synthesized } from '../synthesized.ts';

const organizationId = 'o-oneorganization';
const publishingRoleArns = 'arn:aws:iam::*:role/publish-*';

describe('the role that publishes assets', () => {
  const { stack } = stackWith((scope) => {
    const role = new AssetPublishingRole(scope, 'Role', { organizationId, publishingRoleArns });
    role.addAssumeRole();
  });
  const statements = stack.resources
    .filter(({ type }) => type === 'AWS::IAM::Policy')
    .flatMap(({ properties }) => listOf(objectOf(properties['PolicyDocument'])['Statement']));

  test('assumes the publishing roles of accounts of the organization, however many it is told of', () => {
    expect(statements).toEqual([
      {
        Sid: 'Publish',
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: publishingRoleArns,
        Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
      },
    ]);
  });

  test('is assumed by CodeBuild alone', () => {
    const role = stack.resources.find(({ type }) => type === 'AWS::IAM::Role');
    expect(objectOf(role?.properties['AssumeRolePolicyDocument'])['Statement']).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'codebuild.amazonaws.com' } },
    ]);
  });

  test('is the one that the pipeline publishes with', () => {
    const { resources } = stackAt(synthesized().stacks, 'Crosswind');
    const role = resources.find(({ path }) => path === 'Crosswind/Pipeline/PublishingRole/Resource');
    const project = resources.find(({ path }) => path.startsWith('Crosswind/Pipeline/Assets/'));
    expect(project?.type).toBe('AWS::CodeBuild::Project');
    expect(role?.arn).toMatch(/^arn:aws:iam::111111111111:role\/./);
    expect(project?.properties['ServiceRole']).toBe(role?.arn);
    const others = resources.filter(({ type, properties }) => {
      const text = JSON.stringify(properties);
      return type.startsWith('AWS::IAM::') && text.includes('file-publishing-role') && !text.includes('"Publish"');
    });
    expect(others).toEqual([]);
  });
});

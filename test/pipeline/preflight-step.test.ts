import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { shippedPlatform } from '../synthesized.ts';
import { pipelineApp } from './pipeline-app.ts';

const template = Template.fromStack(pipelineApp(shippedPlatform).stack);

describe('preflight', () => {
  test('comes before everything that is deployed to an account', () => {
    const [pipeline] = Object.values(template.findResources('AWS::CodePipeline::Pipeline'));
    const { Stages } = (
      pipeline as { Properties: { Stages: { Name: string; Actions: { Name: string; RunOrder: number }[] }[] } }
    ).Properties;
    const first = Stages.findIndex(({ Actions }) => Actions.some(({ Name }) => Name.endsWith('.Deploy')));
    expect(Stages[first]?.Name).toBe('probes');
    expect(Stages[first]?.Actions.filter(({ RunOrder }) => RunOrder === 1).map(({ Name }) => Name)).toEqual([
      'Preflight',
    ]);
  });

  test('runs the command as a role that views accounts of the organization, and does nothing else', () => {
    template.hasResourceProperties('AWS::CodeBuild::Project', {
      TimeoutInMinutes: 20,
      Source: { BuildSpec: Match.stringLikeRegexp('npx crosswind preflight"') },
    });
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'crosswind-preflight' });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: 'View',
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Resource: 'arn:aws:iam::*:role/crosswind-viewer',
            Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-exampleorg1' } },
          },
        ]),
      },
    });
  });
});

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

  test('compares with the assembly of this push, which the build of the check has made', () => {
    const [pipeline] = Object.values(template.findResources('AWS::CodePipeline::Pipeline'));
    type Action = Readonly<Record<'InputArtifacts' | 'OutputArtifacts', readonly { Name: string }[]>> & {
      Name: string;
    };
    const { Stages } = (pipeline as { Properties: { Stages: { Actions: Action[] }[] } }).Properties;
    const actions = new Map(Stages.flatMap(({ Actions }) => Actions).map((action) => [action.Name, action]));
    expect(actions.get('Preflight')?.InputArtifacts).toEqual([
      ...(actions.get('Source')?.OutputArtifacts ?? []),
      ...(actions.get('Synth')?.OutputArtifacts ?? []),
    ]);
    template.hasResourceProperties('AWS::CodeBuild::Project', {
      Source: { BuildSpec: Match.stringLikeRegexp('ln -s -- .*CODEBUILD_SRC_DIR_Synth_Output.* .*cdk.out') },
    });
  });

  test('runs the command as a role that views accounts of the organization, and does nothing else', () => {
    template.hasResourceProperties('AWS::CodeBuild::Project', {
      TimeoutInMinutes: 20,
      Source: { BuildSpec: Match.stringLikeRegexp('npx crosswind preflight --assembly cdk.out"') },
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

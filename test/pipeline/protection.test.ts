import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { pipelineRoleNames } from '../../config/role-names.ts';
import { shippedPlatform } from '../synthesized.ts';
import { pipelineApp } from './pipeline-app.ts';

const template = Template.fromStack(pipelineApp(shippedPlatform).stack);

/** Names of the actions of every stage, the last of the stage last. */
function protecting(of: Template): readonly string[] {
  const [pipeline] = Object.values(of.findResources('AWS::CodePipeline::Pipeline'));
  const { Stages } = (pipeline as { Properties: { Stages: { Name: string; Actions: { Name: string }[] }[] } })
    .Properties;
  return Stages.flatMap(({ Name, Actions }) =>
    Actions.filter((action) => action.Name.startsWith('Protect')).map((action) => `${Name} ${action.Name}`),
  );
}

describe('termination protection', () => {
  test('is switched on after each wave and after the alarms, and nowhere else', () => {
    expect(protecting(template)).toEqual([
      'probes Protect_probes',
      'observability Protect_observability',
      'dev Protect_dev',
      'prod Protect_prod',
    ]);
  });

  test('is asked for with the stage, within 20 minutes', () => {
    template.hasResourceProperties('AWS::CodeBuild::Project', {
      TimeoutInMinutes: 20,
      Source: { BuildSpec: Match.stringLikeRegexp('npx crosswind protect dev"') },
    });
  });

  test('has a role of a fixed name that assumes the protector of the organization, and no other role', () => {
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: pipelineRoleNames.protection });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: 'Protect',
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Resource: 'arn:aws:iam::*:role/crosswind-protector',
            Condition: { StringEquals: { 'aws:ResourceOrgID': shippedPlatform.organization.id } },
          },
        ]),
      },
    });
    const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    expect(policies.split('crosswind-protector').length - 1).toBe(1);
  });
});

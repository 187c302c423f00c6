import type { TemplateResource, Value } from './template.ts';
import { ref } from './template.ts';

/** Telemetry that accounts share, by CloudFormation resource type (AWS::Oam::Link). */
const telemetryTypes = ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup', 'AWS::XRay::Trace'];

/** The sink of the monitoring account, one per region: every account of the organization may link to it. */
export const sink = (organizationId: string): TemplateResource => ({
  Type: 'AWS::Oam::Sink',
  Properties: {
    Name: 'crosswind',
    Policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: ['oam:CreateLink', 'oam:UpdateLink'],
          Resource: '*',
          Condition: {
            StringEquals: { 'aws:PrincipalOrgID': organizationId },
            'ForAllValues:StringEquals': { 'oam:ResourceTypes': telemetryTypes },
          },
        },
      ],
    },
  },
});

/** The link of an account to that sink. A sink that is created again has another ARN, and the link is replaced. */
export const link: TemplateResource = {
  Type: 'AWS::Oam::Link',
  Properties: { LabelTemplate: '$AccountName', ResourceTypes: telemetryTypes, SinkIdentifier: ref('SinkArn') },
};

/** Its ARN holds a generated id, so it is a parameter: the output of the monitoring account's baseline. */
export const sinkArnParameter: Value = {
  Type: 'String',
  Description: 'ARN of the sink in this region, the output SinkArn of the baseline of the monitoring account',
  AllowedPattern: '^arn:[^:]+:oam:[^:]+:[0-9]{12}:sink/.+$',
  ConstraintDescription: 'the ARN of a sink, arn:aws:oam:<region>:<account>:sink/<id>',
};

import type { TemplateResource, Value } from './template.ts';
import { ref } from './template.ts';

/** Telemetry that accounts share, by CloudFormation resource type (AWS::Oam::Link). */
export const telemetryTypes = ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup', 'AWS::XRay::Trace'];

/** The sink of the monitoring account, one per region: every account of the organization may link to it. */
export const sink = (organizationId: string): TemplateResource => ({
  Type: 'AWS::Oam::Sink',
  Condition: 'HasSink',
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
  Condition: 'HasLink',
  Properties: { LabelTemplate: '$AccountName', ResourceTypes: telemetryTypes, SinkIdentifier: ref('SinkArn') },
};

/** Value of `SinkArn` that takes the link out of the stack. */
export const noSink = 'none';

/** Its ARN holds a generated id, so it is a parameter: the output of the monitoring account's baseline. */
export const sinkArnParameter: Value = {
  Type: 'String',
  Description: `ARN of the sink in this region, the output SinkArn of the baseline of the monitoring account; ${noSink} takes the link out of the stack`,
  AllowedPattern: `^(${noSink}|arn:[^:]+:oam:[^:]+:[0-9]{12}:sink/.+)$`,
  ConstraintDescription: `the ARN of a sink, arn:aws:oam:<region>:<account>:sink/<id>, or ${noSink}`,
};

/**
 * CloudFormation compares templates and parameters, not what is there: it creates a resource that somebody has deleted by
 * hand only once the resource has left the stack. The baseline is deployed without it, then with it.
 */
export const hasSinkParameter: Value = {
  Type: 'String',
  Default: 'true',
  AllowedValues: ['true', 'false'],
  Description: 'false takes the sink out of the stack',
};

/** Conditions of the sink and of the link. */
export const hasSink: Value = { 'Fn::Equals': [ref('HasSink'), 'true'] };
export const hasLink: Value = { 'Fn::Not': [{ 'Fn::Equals': [ref('SinkArn'), noSink] }] };

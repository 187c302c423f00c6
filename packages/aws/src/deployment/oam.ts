import { type Json, listOf, textOf } from '../json.ts';
import type { Occasions, Targets, TypeCalls } from './call-row.ts';
import { allKeys, keyWithAll, newTags } from './condition-keys.ts';
import { given, set, textAt } from './occasions.ts';
import { assumedCall, call, onChange, onCreate, onDelete, onUpdate, reads, schemaOf, tagging } from './shared-rows.ts';
import { everything, generated } from './targets.ts';

const api = (operation: string): string => `https://docs.aws.amazon.com/OAM/latest/APIReference/API_${operation}.html`;
/** CloudWatch User Guide, "Link monitoring accounts with source accounts": permissions needed to create links. */
const guide =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account-Setup.html';
const linkSchema = schemaOf('AWS::Oam::Link');
const sinkSchema = schemaOf('AWS::Oam::Sink');

/** The action that sharing a type of resources needs. */
const sharing: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Metric': 'cloudwatch:Link',
  'AWS::Logs::LogGroup': 'logs:Link',
  'AWS::XRay::Trace': 'xray:Link',
  'AWS::ApplicationInsights::Application': 'applicationinsights:Link',
  'AWS::InternetMonitor::Monitor': 'internetmonitor:Link',
};

const shares =
  (type: string): Occasions =>
  ({ properties }) =>
    listOf(properties['ResourceTypes']).some((shared: Json) => textOf(shared) === type) ? [null] : [];

const itsSink: Targets = ({ properties }) => [textAt(properties, 'SinkIdentifier')];
const types = keyWithAll('oam:ResourceTypes', 'ResourceTypes[]');

export const link: TypeCalls = {
  arn: generated,
  rows: [
    ...Object.entries(sharing).map(([type, action]) =>
      call(action, onChange, guide, { when: shares(type), on: everything }),
    ),
    call('oam:CreateLink', onCreate, api('CreateLink'), { on: itsSink, keys: allKeys(types, newTags), creates: true }),
    call('oam:UpdateLink', onUpdate, api('UpdateLink'), {
      when: given('ResourceTypes', 'LinkConfiguration'),
      keys: types,
    }),
    ...tagging(api('CreateLink'), 'oam:TagResource', 'oam:UntagResource'),
    assumedCall('oam:GetLink', [...onChange, ...onDelete], linkSchema),
    call('oam:DeleteLink', onDelete, api('DeleteLink')),
    ...reads(linkSchema, 'oam:GetLink'),
  ],
};

export const sink: TypeCalls = {
  arn: generated,
  rows: [
    call('oam:CreateSink', onCreate, api('CreateSink'), { on: everything, keys: newTags, creates: true }),
    call('oam:PutSinkPolicy', onChange, api('PutSinkPolicy'), { when: set('Policy') }),
    ...tagging(api('CreateSink'), 'oam:TagResource', 'oam:UntagResource'),
    assumedCall('oam:GetSinkPolicy', [...onChange, ...onDelete], sinkSchema),
    assumedCall('oam:GetSink', [...onChange, ...onDelete], sinkSchema),
    call('oam:DeleteSink', onDelete, api('DeleteSink')),
    ...reads(sinkSchema, 'oam:GetSinkPolicy', 'oam:GetSink'),
  ],
};

import type { Json, JsonObject } from '@crosswind/aws/json';
import { alarmMayPublish } from '../../../policies/rules/alarm-may-publish.ts';
import { resource, testRule } from './test-rule.ts';

const alarm = (...actions: readonly Json[]) =>
  resource('AWS::CloudWatch::Alarm', 'Alarm', { AlarmActions: [...actions] });
const topic = (properties: JsonObject = {}) => resource('AWS::SNS::Topic', 'Topic', properties);
const topicPolicy = (...statements: readonly JsonObject[]) =>
  resource('AWS::SNS::TopicPolicy', 'TopicPolicy', {
    Topics: [{ Ref: 'Topic' }],
    PolicyDocument: { Statement: [...statements] },
  });
const key = (...actions: readonly string[]) =>
  resource('AWS::KMS::Key', 'Key', {
    KeyPolicy: {
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: [...actions], Resource: '*' },
      ],
    },
  });
const publish = (principal: JsonObject, condition?: JsonObject): JsonObject => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sns:Publish',
  Resource: { Ref: 'Topic' },
  ...(condition && { Condition: condition }),
});
const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
const overTls: JsonObject = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sns:Publish',
  Resource: { Ref: 'Topic' },
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const toTopic = alarm({ Ref: 'Topic' });
const encrypted = topic({ KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } });
const at = { at: 'Alarm', property: 'Properties.AlarmActions' };

testRule(alarmMayPublish, {
  valid: {
    'a topic without a policy of its own': { ...topic(), ...toTopic },
    'a topic whose policy lets CloudWatch in': {
      ...topic(),
      ...topicPolicy(overTls, publish(cloudWatch, { StringEquals: { 'aws:SourceAccount': '111111111111' } })),
      ...toTopic,
    },
    'a key that lets CloudWatch use it': { ...encrypted, ...key('kms:Decrypt', 'kms:GenerateDataKey'), ...toTopic },
    'an action that is no topic': alarm('arn:aws:lambda:eu-west-1:111111111111:function:act'),
    'a topic that nothing publishes to': { ...topic(), ...topicPolicy(overTls) },
  },
  invalid: {
    'a topic that nobody makes': {
      given: alarm('arn:aws:sns:eu-west-1:111111111111:nowhere'),
      message: 'no stack makes the topic arn:aws:sns:eu-west-1:111111111111:nowhere',
      ...at,
    },
    'a topic that only the deployment knows': {
      given: alarm({ 'Fn::ImportValue': 'topic' }),
      message: 'no stack makes the topic',
      ...at,
    },
    'a topic whose policy only refuses what is not encrypted': {
      given: { ...topic(), ...topicPolicy(overTls), ...toTopic },
      message: 'service cloudwatch.amazonaws.com',
      ...at,
    },
    'a topic that lets another service in': {
      given: { ...topic(), ...topicPolicy(publish({ Service: 'events.amazonaws.com' })), ...toTopic },
      message: 'sns:Publish',
      ...at,
    },
    'a topic that lets in the CloudWatch of another account': {
      given: {
        ...topic(),
        ...topicPolicy(publish(cloudWatch, { StringEquals: { 'aws:SourceAccount': '999999999999' } })),
        ...toTopic,
      },
      message: 'sns:Publish',
      ...at,
    },
    'a key that lets CloudWatch only decrypt': {
      given: { ...encrypted, ...key('kms:Decrypt'), ...toTopic },
      message: 'kms:GenerateDataKey',
      ...at,
    },
    'a key that lets CloudWatch only encrypt': {
      given: { ...encrypted, ...key('kms:GenerateDataKey'), ...toTopic },
      message: 'kms:Decrypt',
      ...at,
    },
  },
});

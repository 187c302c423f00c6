import { describe, expect, test } from 'vitest';
import { type Json, type JsonObject, unresolved } from '../../src/json.ts';
import { problemsOf, validationFailure, validationPath } from '../../src/resource-types/resource-types.ts';

const topic = 'AWS::SNS::Topic';
const queue = 'AWS::SQS::Queue';
const bucket = 'AWS::S3::Bucket';
const parameter = 'AWS::SSM::Parameter';
const logGroup = 'AWS::Logs::LogGroup';
const samFunction = 'AWS::Serverless::Function';
const rule = '#/LifecycleConfiguration/Rules/0';
const expiring = (ExpirationDate: Json): JsonObject => ({
  LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationDate }] },
});
const withCode = { Code: { ZipFile: 'a' }, Role: 'arn:aws:iam::111111111111:role/r' };

const said = (type: string, properties: JsonObject): readonly string[] =>
  problemsOf(type, properties).map(({ pointer, message }) => `#${pointer}: ${message}`);

describe('early validation refuses', () => {
  test.each<[what: string, type: string, properties: JsonObject, problems: readonly string[]]>([
    [
      'an unknown property',
      queue,
      { VisibilityTimeoutSeconds: 5 },
      ['#: extraneous key [VisibilityTimeoutSeconds] is not permitted'],
    ],
    ['a property in another case', queue, { queueName: 'a' }, ['#: extraneous key [queueName] is not permitted']],
    [
      'a property that every object inherits',
      queue,
      { constructor: 'a' },
      ['#: extraneous key [constructor] is not permitted'],
    ],
    ['a read-only property', queue, { Arn: 'a' }, ['#: extraneous key [Arn] is not permitted']],
    [
      'missing properties',
      parameter,
      { Name: 'a' },
      ['#: required key [Type] not found', '#: required key [Value] not found'],
    ],
    [
      'properties of a nested object',
      bucket,
      { NotificationConfiguration: { QueueConfigurations: [{ Queue: 'a', Events: ['b'] }] } },
      [
        '#/NotificationConfiguration/QueueConfigurations/0: required key [Event] not found',
        '#/NotificationConfiguration/QueueConfigurations/0: extraneous key [Events] is not permitted',
      ],
    ],
    ['a tag without a value', topic, { Tags: [{ Key: 'a' }] }, ['#/Tags/0: required key [Value] not found']],
    [
      'an object in place of text',
      topic,
      { TopicName: { a: 1 } },
      ['#/TopicName: expected type: String, found: JSONObject'],
    ],
    [
      'a list in place of text',
      'AWS::Lambda::Function',
      { ...withCode, Role: ['a'] },
      ['#/Role: expected type: String, found: JSONArray'],
    ],
    ['null in place of text', topic, { TopicName: null }, ['#/TopicName: expected type: String, found: Null']],
    ['text in place of a list', topic, { Tags: 'a' }, ['#/Tags: expected type: JSONArray, found: String']],
    [
      'an object in place of a list',
      topic,
      { Tags: { a: 'b' } },
      ['#/Tags: expected type: JSONArray, found: JSONObject'],
    ],
    [
      'a list in place of an object',
      bucket,
      { VersioningConfiguration: [] },
      ['#/VersioningConfiguration: expected type: JSONObject, found: JSONArray'],
    ],
    [
      'a list in place of a map',
      parameter,
      { Type: 'String', Value: 'a', Tags: [] },
      ['#/Tags: expected type: JSONObject, found: JSONArray'],
    ],
    [
      'an object inside of a map',
      parameter,
      { Type: 'String', Value: 'a', Tags: { a: {} } },
      ['#/Tags/a: expected type: String, found: JSONObject'],
    ],
    [
      'words in place of a number',
      queue,
      { DelaySeconds: 'five' },
      ['#/DelaySeconds: expected type: Integer, found: String'],
    ],
    [
      'a fraction in place of an integer',
      queue,
      { DelaySeconds: 1.5 },
      ['#/DelaySeconds: expected type: Integer, found: BigDecimal'],
    ],
    [
      'a number in place of a boolean',
      topic,
      { FifoTopic: 1 },
      ['#/FifoTopic: expected type: Boolean, found: Integer'],
    ],
    [
      'a boolean in place of a document',
      'AWS::StepFunctions::StateMachine',
      { RoleArn: 'a', Definition: true },
      ['#/Definition: expected type: JSONObject, found: Boolean'],
    ],
    [
      'null in place of a document or text',
      queue,
      { RedrivePolicy: null },
      ['#/RedrivePolicy: #: no subschema matched out of the total 2 subschemas'],
    ],
    [
      'a value that is none of those allowed',
      parameter,
      { Type: 'SecureString', Value: 'a' },
      ['#/Type: failed validation constraint for keyword [enum]'],
    ],
    [
      'an object where values are allowed',
      parameter,
      { Type: {}, Value: 'a' },
      ['#/Type: expected type: String, found: JSONObject'],
    ],
    [
      'blanks in place of a number',
      queue,
      { DelaySeconds: ' ' },
      ['#/DelaySeconds: expected type: Integer, found: String'],
    ],
    [
      'a list where numbers are allowed',
      logGroup,
      { RetentionInDays: [] },
      ['#/RetentionInDays: expected type: Integer, found: JSONArray'],
    ],
    [
      'a number that is none of those allowed',
      logGroup,
      { RetentionInDays: 8 },
      ['#/RetentionInDays: failed validation constraint for keyword [enum]'],
    ],
    [
      'a date that is an object',
      bucket,
      expiring({}),
      [`${rule}/ExpirationDate: expected type: String, found: JSONObject`],
    ],
    [
      'a key next to that of a function',
      topic,
      { TopicName: { Ref: 'a', b: 1 } },
      ['#/TopicName: expected type: String, found: JSONObject'],
    ],
    ['a custom resource without a function', 'Custom::Thing', { Any: 1 }, ['#: required key [ServiceToken] not found']],
  ])('%s', (_, type, properties, problems) => {
    expect(said(type, properties)).toEqual(problems);
  });
});

describe('early validation takes', () => {
  test.each<[what: string, type: string, properties: JsonObject]>([
    ['known properties', queue, { QueueName: 'a', VisibilityTimeout: 5 }],
    ['a number as text', queue, { DelaySeconds: '5' }],
    ['a number and a boolean where text is expected', parameter, { Type: 'String', Value: 5, Description: true }],
    ['a boolean as text', topic, { FifoTopic: 'True' }],
    ['a document as text and as an object', queue, { RedrivePolicy: '{}', RedriveAllowPolicy: { any: ['thing'] } }],
    ['a number in place of a document or text', queue, { RedrivePolicy: 5 }],
    ['a tag', topic, { Tags: [{ Key: 'a', Value: 'b' }] }],
    ['a date', bucket, expiring('2026-11-29T00:00:00Z')],
    ['a number that is allowed, as text', logGroup, { RetentionInDays: '7' }],
    [
      'any key of an object whose properties are not known',
      samFunction,
      { Policies: [{ AMIDescribePolicy: { any: 1 } }] },
    ],
    ['a map', parameter, { Type: 'String', Value: 'a', Tags: { a: 'b' } }],
    ['nested objects', bucket, { NotificationConfiguration: { QueueConfigurations: [{ Queue: 'a', Event: 'b' }] } }],
    ['any property of a custom resource', 'Custom::Thing', { ServiceToken: 'arn:a', Any: { thing: [1] } }],
    ['the metadata of the CDK', 'AWS::CDK::Metadata', { Analytics: 'v2:deflate64:a' }],
    ['anything of a type that is not known', 'AWS::Made::Up', { Any: { thing: [1] } }],
  ])('%s', (_, type, properties) => {
    expect(said(type, properties)).toEqual([]);
  });

  test.each<[what: string, value: Json]>([
    ['a text that is not resolved', unresolved],
    ['a text of which a part is not resolved', `a${unresolved}`],
    ['a reference', { Ref: 'Other' }],
    ['a function', { 'Fn::GetAtt': ['Other', 'Tags'] }],
  ])('%s in place of any value', (_, value) => {
    expect(said(bucket, { BucketName: value, Tags: value, VersioningConfiguration: { Status: value } })).toEqual([]);
  });
});

describe('a problem', () => {
  const [missing, unknown, wrong] = problemsOf(parameter, { Type: 'String', Nmae: 'a', Tags: [] });

  test.each([
    [missing, 'Required property [Value] not found', '/Resources/Param/Properties'],
    [unknown, 'Unsupported property [Nmae]', '/Resources/Param/Properties'],
    [wrong, '#/Tags: expected type: JSONObject, found: JSONArray', '/Resources/Param/Properties/Tags'],
  ])('has the words and the place of early validation: %j', (problem, words, path) => {
    expect([problem?.earlyMessage, problem && validationPath('Param', problem)]).toEqual([words, path]);
  });

  test('fails the resource with the words of CloudFormation where it was not found early', () => {
    expect(validationFailure('Param', problemsOf(parameter, { Value: 'a', Tags: [] }))).toBe(
      'Properties validation failed for resource Param with message: ' +
        '[#: required key [Type] not found, #/Tags: expected type: JSONObject, found: JSONArray]',
    );
  });
});

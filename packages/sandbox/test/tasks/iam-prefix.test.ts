import { describe, expect, test } from 'vitest';
import { iamAction, iamPrefix } from '../../src/tasks/iam-prefix.ts';

describe('the IAM prefix of a service', () => {
  test.each([
    ['its name', 'dynamodb', 'dynamodb'],
    ['another name of the SDK', 'sfn', 'states'],
    ['another name of the SDK, with a hyphen', 'rdsdata', 'rds-data'],
    ['the name without a version', 'sesv2', 'ses'],
    ['the name without a part of the API', 'bedrockruntime', 'bedrock'],
    ['another name, without both', 'bedrockagentruntime', 'bedrock'],
    ['a name that ends in a version', 'wafv2', 'wafv2'],
    ['its name, even one that objects inherit', 'constructor', 'constructor'],
    ['another name in signatures', 'email', 'ses'],
    ['another name in CloudFormation', 'StepFunctions', 'states'],
  ])('is %s: %s', (_, service, prefix) => {
    expect(iamPrefix(service)).toBe(prefix);
  });
});

describe('the IAM action of an operation', () => {
  test.each([
    ['dynamodb', 'putItem', 'dynamodb:PutItem'],
    ['sqs', 'SendMessage', 'sqs:SendMessage'],
    ['eventbridge', 'putRule', 'events:PutRule'],
    ['cloudwatchlogs', 'putLogEvents', 'logs:PutLogEvents'],
    ['cloudwatch', 'putMetricData', 'cloudwatch:PutMetricData'],
    ['lambda', 'invoke', 'lambda:InvokeFunction'],
    ['s3', 'listObjectsV2', 's3:ListBucket'],
    ['http', 'invoke', 'states:InvokeHTTPEndpoint'],
  ])('of %s and %s is %s', (service, operation, action) => {
    expect(iamAction(service, operation)).toBe(action);
  });
});

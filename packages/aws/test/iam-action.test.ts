import { describe, expect, test } from 'vitest';
import { iamAction } from '../src/iam-action.ts';

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

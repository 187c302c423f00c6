import { describe, expect, test } from 'vitest';
import { managedPolicy } from '../src/managed-policies.ts';

test.each(['aws', 'aws-cn', 'aws-us-gov'])('the basic role of a function writes logs in partition %s', (partition) => {
  const arn = `arn:${partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`;
  expect(managedPolicy(arn)?.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  ]);
});

test.each([
  'ReadOnlyAccess',
  'AdministratorAccess',
  'PowerUserAccess',
  'SecurityAudit',
  'job-function/ViewOnlyAccess',
  'AmazonS3ReadOnlyAccess',
  'AWSXRayDaemonWriteAccess',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
  'service-role/AWSLambdaVPCAccessExecutionRole',
  'service-role/AmazonECSTaskExecutionRolePolicy',
])('%s is known', (name) => {
  expect(managedPolicy(`arn:aws:iam::aws:policy/${name}`)?.Version).toBe('2012-10-17');
});

test('a policy of another partition names the ARNs of that partition', () => {
  const policy = 'policy/service-role/AmazonSSMAutomationRole';
  const texts = ['aws', 'aws-cn'].map((partition) =>
    JSON.stringify(managedPolicy(`arn:${partition}:iam::aws:${policy}`)),
  );
  expect(texts[0]).toContain('"arn:aws:lambda:');
  expect(texts[1]).toContain('"arn:aws-cn:lambda:');
});

test('a policy is the same object each time, so that it is compiled once', () => {
  const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  expect(managedPolicy(arn)).toBe(managedPolicy(arn));
});

describe('the statements are not known of', () => {
  test.each([
    'arn:aws:iam::aws:policy/NoSuchPolicy',
    'arn:aws:iam::aws:policy/__proto__',
    'arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy',
    'arn:aws:iam::111111111111:policy/AdministratorAccess',
    'AdministratorAccess',
  ])('%s', (arn) => {
    expect(managedPolicy(arn)).toBeUndefined();
  });
});

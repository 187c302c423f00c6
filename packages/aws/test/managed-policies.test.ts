import { expect, test } from 'vitest';
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

test.each(['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::111111111111:policy/AdministratorAccess'])(
  'the statements of %s are not known',
  (arn) => {
    expect(managedPolicy(arn)).toBeUndefined();
  },
);

import { expect, test } from 'vitest';
import * as address from '../../../services/workflow/address.ts';

const wind = { tenant: 'wind', region: 'eu-west-1', parentAccount: '111111111111', childAccount: '222222222222' };

test.each([
  ['the parent role', address.parentRoleArn(wind), 'arn:aws:iam::111111111111:role/crosswind-wind-parent'],
  ['the target role', address.targetRoleArn(wind), 'arn:aws:iam::222222222222:role/crosswind-wind-target'],
  [
    'the parent',
    address.parentStateMachineArn(wind),
    'arn:aws:states:eu-west-1:111111111111:stateMachine:crosswind-wind-parent',
  ],
  [
    'the child',
    address.childStateMachineArn(wind),
    'arn:aws:states:eu-west-1:222222222222:stateMachine:crosswind-wind-child',
  ],
  [
    'the queue',
    address.scheduleFailuresArn(wind),
    'arn:aws:sqs:eu-west-1:111111111111:crosswind-wind-schedule-failures',
  ],
])('%s has an ARN in its own account', (_, arn, expected) => {
  expect(arn).toBe(expected);
});

test.each([
  ['cn-north-1', 'arn:aws-cn:'],
  ['us-gov-west-1', 'arn:aws-us-gov:'],
  ['us-east-1', 'arn:aws:'],
])('an ARN in %s begins with %s', (region, partition) => {
  const there = { ...wind, region };
  for (const arnOf of [
    address.parentRoleArn,
    address.targetRoleArn,
    address.parentStateMachineArn,
    address.childStateMachineArn,
    address.scheduleFailuresArn,
  ]) {
    expect(arnOf(there).startsWith(partition)).toBe(true);
  }
});

test('the names of the longest tenant are within the limits of IAM, Step Functions and SQS', () => {
  const longest = { ...wind, tenant: 'a'.repeat(30) };
  for (const name of [address.parentRoleName, address.targetRoleName, address.runnerRoleName])
    expect(name(longest).length).toBeLessThanOrEqual(64);
  for (const name of [address.parentStateMachineName, address.childStateMachineName, address.scheduleFailuresName]) {
    expect(name(longest).length).toBeLessThanOrEqual(80);
  }
});

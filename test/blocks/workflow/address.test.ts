import { expect, test } from 'vitest';
import * as address from '../../../blocks/workflow/address.ts';

const wind = {
  tenant: 'wind',
  region: 'eu-west-1',
  accounts: { entry: '111111111111', middle: '222222222222', last: '333333333333' },
};

test.each([
  ['the role of a caller', address.callerRoleArn(wind, 'entry'), 'arn:aws:iam::111111111111:role/crosswind-wind-entry'],
  ['the target role', address.targetRoleArn(wind, 'middle'), 'arn:aws:iam::222222222222:role/crosswind-wind-target'],
  ['the runner role', address.runnerRoleArn(wind, 'last'), 'arn:aws:iam::333333333333:role/crosswind-wind-runner'],
  [
    'the workflow',
    address.stateMachineArn(wind, 'last'),
    'arn:aws:states:eu-west-1:333333333333:stateMachine:crosswind-wind-last',
  ],
  [
    'the queue',
    address.scheduleFailuresArn(wind, 'entry'),
    'arn:aws:sqs:eu-west-1:111111111111:crosswind-wind-schedule-failures',
  ],
])('%s of a stage has an ARN in its account', (_, arn, expected) => {
  expect(arn).toBe(expected);
});

test.each([
  ['cn-north-1', 'arn:aws-cn:'],
  ['us-gov-west-1', 'arn:aws-us-gov:'],
  ['us-east-1', 'arn:aws:'],
])('an ARN in %s begins with %s', (region, partition) => {
  const there = { ...wind, region };
  const arns = [
    address.callerRoleArn,
    address.targetRoleArn,
    address.runnerRoleArn,
    address.stateMachineArn,
    address.scheduleFailuresArn,
  ].map((arnOf) => arnOf(there, 'entry'));
  expect(arns.filter((arn) => !arn.startsWith(partition))).toEqual([]);
});

test('the longest names are within the limits of IAM, Step Functions and SQS', () => {
  const longest = { tenant: 'a'.repeat(30) };
  const stage = 'b'.repeat(12);
  const roles = [
    address.callerRoleName(longest, stage),
    address.targetRoleName(longest),
    address.runnerRoleName(longest),
  ];
  expect(roles.filter(({ length }) => length > 64)).toEqual([]);
  const others = [address.stateMachineName(longest, stage), address.scheduleFailuresName(longest)];
  expect(others.filter(({ length }) => length > 80)).toEqual([]);
});

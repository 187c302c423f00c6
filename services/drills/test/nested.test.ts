import { expect, test } from 'vitest';
import { objectOf, textOf } from '@crosswind/aws/json';
import { synthesized } from './platform.ts';

const machine = 'arn:aws:states:us-east-1:444444444444:stateMachine:crosswind-drills-child';
const resources = () => synthesized().stacks.flatMap((stack) => stack.resources);

test('the probe watches the workflow that starts the child in its own account, too', () => {
  const inputs = resources()
    .filter(({ type, name }) => type === 'AWS::Scheduler::Schedule' && name === 'crosswind-probe')
    .map(({ properties }) => JSON.parse(textOf(objectOf(properties['Target'])['Input'])) as { workflows: object[] });
  const nested = {
    tenant: 'drills',
    stateMachineArn: `${machine}-nested`,
    runsOnMinutes: 10,
    starts: [{ stateMachineArn: machine, roleArn: 'arn:aws:iam::444444444444:role/crosswind-drills-probe' }],
  };
  expect(inputs.flatMap(({ workflows }) => workflows)).toContainEqual(nested);
});

test('the role for probes admits that of the account itself, besides that of the parent', () => {
  const role = resources().find(({ type, name }) => type === 'AWS::IAM::Role' && name === 'crosswind-drills-probe');
  const trust = JSON.stringify(role?.properties['AssumeRolePolicyDocument'] ?? {});
  const trusted = [...trust.matchAll(/iam::(\d+):role/g)].map(([, account]) => account);
  expect(trusted).toEqual(['333333333333', '444444444444']);
});

import { describe, expect, test } from 'vitest';
import { type Resources, allow, lambda, lambdaFunction, role, trusting, typesOf } from '../../src/testing/literals.ts';
import { account, called } from '../step-functions/calling.ts';

describe('a task that is a function', () => {
  const functionArn = `arn:aws:lambda:us-east-1:${account}:function:double`;
  const code = 'export const handler = ({ n }) => { if (n === 0) throw new RangeError("nothing"); return n * 2; };';
  const resources = (): Resources => ({
    FunctionRole: role('function-role', lambda),
    Double: lambdaFunction('double', code),
  });
  const may = [allow('lambda:InvokeFunction', functionArn)];
  const events = (ending: string): readonly string[] => [
    'LambdaFunctionScheduled',
    'LambdaFunctionStarted',
    `LambdaFunction${ending}`,
  ];

  test('gets the input and gives what the function answers', async () => {
    const { execution } = await called({ resource: functionArn, resources: resources(), may }, { n: 4 });
    expect(execution.outcome).toEqual({ status: 'SUCCEEDED', output: 8 });
    expect(typesOf(execution).slice(2, 5)).toEqual(events('Succeeded'));
  });

  test('fails with what the function throws', async () => {
    const { execution } = await called({ resource: functionArn, resources: resources(), may }, { n: 0 });
    expect(execution.outcome).toMatchObject({ status: 'FAILED', error: 'RangeError' });
    expect(typesOf(execution).slice(2, 5)).toEqual(events('Failed'));
  });

  test.each([
    ['may not be invoked', functionArn, [], 'Lambda.AWSLambdaException'],
    ['is not there', `${functionArn}-2`, [allow('lambda:InvokeFunction')], 'Lambda.ResourceNotFoundException'],
  ])('that %s fails', async (_, resource, statements, error) => {
    const { execution } = await called({ resource, resources: resources(), may: statements }, { n: 4 });
    expect(execution.outcome).toMatchObject({ status: 'FAILED', error });
  });

  test('may be invoked as the role of Credentials', async () => {
    const target = `arn:aws:iam::${account}:role/invoker`;
    const trust = trusting({ AWS: `arn:aws:iam::${account}:root` });
    const roles = { ...resources(), Invoker: role('invoker', trust, ...may) };
    const task = { Credentials: { RoleArn: target } };
    const calling = { resource: functionArn, resources: roles, task };
    const { execution } = await called({ ...calling, may: [allow('sts:AssumeRole', target)] }, { n: 4 });
    expect(execution.outcome).toEqual({ status: 'SUCCEEDED', output: 8 });
    const denied = await called({ ...calling, may }, { n: 4 });
    expect(denied.execution.outcome).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
  });
});

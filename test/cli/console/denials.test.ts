import type { PolicyDocument } from '@crosswind/iam/policy-document';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { expect, test } from 'vitest';
import { denialsReader } from '../../../cli/console/sections/denials.ts';
import { recordedDecisions } from '../../../cli/run-record/recorded-decisions.ts';
import { Cuts } from '../../../cli/run-record/cuts.ts';
import { contextOf, emptySandbox } from './console-context.ts';

const account = '444444444444';
const arn = `arn:aws:iam::${account}:role/target`;
const execution = `arn:aws:states:us-east-1:${account}:execution:child:run-1`;

/** Lets a role with these statements call an action. */
function call(sandbox: Sandbox, action: string, statements: PolicyDocument['Statement']): void {
  const role = sandbox.identities.addRole({ arn, name: 'target', account, trust: { Statement: [] } });
  role.policies.push({ name: 'own', document: { Version: '2012-10-17', Statement: statements } });
  const sessionArn = `arn:aws:sts::${account}:assumed-role/target/test`;
  const principal = { kind: 'role', roleArn: arn, sessionArn, account } as const;
  sandbox.authorize({ principal, action, resource: execution, resourceAccount: account, context: {} });
}

test('a missing statement is explained with its layer and the statement to add; what is denied by Deny has none', async () => {
  const sandbox = await emptySandbox();
  const read = denialsReader(contextOf(sandbox, []));
  expect(await read()).toEqual([]);
  call(sandbox, 'states:DescribeExecution', [{ Effect: 'Allow', Action: 'states:StopExecution', Resource: '*' }]);
  call(sandbox, 'states:StopExecution', [
    { Effect: 'Allow', Action: 'states:*', Resource: '*' },
    { Effect: 'Deny', Action: 'states:StopExecution', Resource: '*' },
  ]);
  const denials = await read();
  expect(denials).toMatchObject([
    {
      id: 'denial-1',
      kind: 'implicit deny',
      principal: arn,
      action: 'states:DescribeExecution',
      resource: execution,
      account,
      first: sandbox.simulation.now(),
      layers: ['identity'],
      fixes: [{ place: `identity policy of role target of ${account}` }],
    },
    { id: 'denial-2', kind: 'explicit deny', action: 'states:StopExecution', layers: ['identity'], fixes: [] },
  ]);
  expect(JSON.parse(denials[0]?.fixes[0]?.text ?? '')).toEqual({
    Effect: 'Allow',
    Action: 'states:DescribeExecution',
    Resource: `arn:aws:states:us-east-1:${account}:execution:child:*`,
  });
  expect(denials[0]?.reason).toBe(
    `role target of ${account} lacks states:DescribeExecution on child:run-1 of ${account}: no statement of its identity policies names states:DescribeExecution`,
  );
  const { decisions } = recordedDecisions(sandbox.decisions, new Cuts());
  expect(decisions.map(({ denial }) => denial)).toEqual(['denial-1', 'denial-2']);
});

test('an action that nobody can decide says what is not known', async () => {
  const sandbox = await emptySandbox();
  call(sandbox, 'states:NoSuchAction', []);
  const [denial] = await denialsReader(contextOf(sandbox, []))();
  expect(denial).toMatchObject({ kind: 'undecidable', layers: [], fixes: [] });
  expect(denial?.hints.join(' ')).toContain('states:NoSuchAction');
});

test('the same denial again changes nothing; another one, or forgetting all, is read anew', async () => {
  const sandbox = await emptySandbox();
  const read = denialsReader(contextOf(sandbox, []));
  call(sandbox, 'states:DescribeExecution', []);
  const first = await read();
  call(sandbox, 'states:DescribeExecution', []);
  expect(await read()).toBe(first);
  call(sandbox, 'states:StopExecution', []);
  const second = await read();
  expect(second.length).toBe(2);
  sandbox.decisions.clear();
  expect(await read()).toEqual([]);
  call(sandbox, 'states:StopExecution', []);
  call(sandbox, 'states:DescribeExecution', []);
  const again: readonly { readonly action: string }[] = await read();
  expect(again.map(({ action }) => action)).toEqual(['states:StopExecution', 'states:DescribeExecution']);
});

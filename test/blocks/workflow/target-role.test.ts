import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, test } from 'vitest';
import { rolesOf } from '@crosswind/assembly/roles';
import { stateMachineArn } from '../../../blocks/workflow/address.ts';
import { TargetRole } from '../../../blocks/workflow/target-role.ts';
import { stackWith } from '../../synthesized.ts';

const address = {
  tenant: 'relay',
  region: 'us-east-1',
  accounts: { one: '222222222222', two: '333333333333', last: '444444444444' },
};

const roleFor = (...callers: readonly string[]) => {
  const { stack } = stackWith((scope) => {
    const stateMachine = StateMachine.fromStateMachineArn(scope, 'Last', stateMachineArn(address, 'last'));
    new TargetRole(scope, 'Target', { address, stage: 'last', callers, stateMachine });
  });
  const [role] = rolesOf(stack);
  if (!role) throw new Error('no role');
  return role;
};

const trusting = (account: string, stage: string) => ({
  Action: 'sts:AssumeRole',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Condition: {
    ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/crosswind-relay-${stage}` },
    StringEquals: { 'sts:ExternalId': `arn:aws:states:us-east-1:${account}:stateMachine:crosswind-relay-${stage}` },
  },
});

describe('the target role of a stage', () => {
  test('trusts its one caller, as the state machine that it is', () => {
    expect(roleFor('one').trust['Statement']).toEqual([trusting('222222222222', 'one')]);
  });

  test('trusts each of several callers with conditions of its own', () => {
    expect(roleFor('one', 'two').trust['Statement']).toEqual([
      trusting('222222222222', 'one'),
      trusting('333333333333', 'two'),
    ]);
  });

  test('has one name in the account, however many callers there are', () => {
    expect(roleFor('one').name).toBe('crosswind-relay-target');
    expect(roleFor('one', 'two').name).toBe('crosswind-relay-target');
  });
});

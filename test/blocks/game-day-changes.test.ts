import { expect, test } from 'vitest';
import { withDenied, withTimeout } from '../../blocks/game-day-changes.ts';

test('a state machine has another timeout, and all else as before', () => {
  const DefinitionString = JSON.stringify({
    StartAt: 'Wait',
    TimeoutSeconds: 3_600,
    States: { Wait: { TimeoutSeconds: 5 } },
  });
  expect(withTimeout(60)({ DefinitionString, RoleArn: 'role' })).toEqual({
    DefinitionString: JSON.stringify({ StartAt: 'Wait', TimeoutSeconds: 60, States: { Wait: { TimeoutSeconds: 5 } } }),
  });
});

test('a policy denies actions after what it says already', () => {
  const allow = { Effect: 'Allow', Action: 'states:ListExecutions', Resource: '*' };
  const deny = { Effect: 'Deny', Action: ['states:ListExecutions'], Resource: '*' };
  for (const Statement of [allow, [allow]]) {
    expect(withDenied('states:ListExecutions')({ PolicyDocument: { Statement } })).toEqual({
      PolicyDocument: { Statement: [allow, deny] },
    });
  }
});

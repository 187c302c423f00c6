import { expect, test } from 'vitest';
import { unknownActions } from '../../../policies/iam/unknown-actions.ts';
import { rolesOf } from '../../../assembly/roles.ts';
import type { PolicyDocument } from '../../../policies/iam/policy-document.ts';
import { synthesized } from '../../synthesized.ts';
import { document } from './actors.ts';

test('actions and patterns that no service has are named, the others are not', () => {
  const actions = [
    'states:StartExecution',
    'states:startexecution',
    's3:Get*',
    '*',
    'states:StartExec',
    'sfn:Start*',
    's3:Fetch*',
  ];
  const unknown = unknownActions(document({ Effect: 'Allow', Action: actions, Resource: '*' }));
  expect(unknown).toEqual(['states:StartExec', 'sfn:Start*', 's3:Fetch*']);
});

test('the platform allows no action that no service has: a misspelt one would allow nothing, silently', () => {
  const policies = synthesized()
    .stacks.flatMap(rolesOf)
    .flatMap(({ policies: own }) => own);
  expect(policies.length).toBeGreaterThan(20);
  const unknown = policies.flatMap((policy) => unknownActions(policy.document as unknown as PolicyDocument));
  expect([...new Set(unknown)]).toEqual([]);
});

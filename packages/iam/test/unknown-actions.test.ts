import { expect, test } from 'vitest';
import { unknownActions } from '../src/unknown-actions.ts';
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

import { expect, test } from 'vitest';
import { authorize, isDecidedApart } from '../src/authorize.ts';
import { actionsOfService } from '../src/service-reference.ts';

const nothing = { identity: [], resource: undefined };

test('an action that needs no permission is decided apart, and no other of its service', () => {
  const free = actionsOfService('sts').filter(
    (action) =>
      authorize(
        {
          principal: { kind: 'user', userArn: 'arn:aws:iam::111111111111:user/u', account: '111111111111' },
          ...{ action, resource: '*', resourceAccount: '111111111111', context: {} },
        },
        nothing,
      ).allowed,
  );
  expect(free).toHaveLength(2);
  expect(actionsOfService('sts').filter((action) => isDecidedApart(action.toLowerCase()))).toEqual(free);
});

test('an action that resource control policies do not apply to is decided apart', () => {
  expect(actionsOfService('kms').filter((action) => isDecidedApart(action.toLowerCase()))).toEqual(['kms:RetireGrant']);
});

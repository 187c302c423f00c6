import { expect, test } from 'vitest';
import { authorize } from '../../../policies/iam/authorize.ts';
import { denialMessage } from '../../../policies/iam/denial-message.ts';
import type { StatementJson } from '../../../policies/iam/policy-document.ts';
import { ask, PARENT, policy, role } from './actors.ts';

const allow: StatementJson = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const request = ask('s3:GetObject', 'arn:aws:s3:::b/k');
const across = { ...request, principal: role('worker', PARENT) };
const user = `User: ${role('worker').sessionArn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k"`;

test.each([
  [
    'an identity policy that is silent',
    request,
    [],
    `${user} because no identity-based policy allows the s3:GetObject action`,
  ],
  [
    'an identity policy that denies',
    request,
    [policy('P', { ...allow, Effect: 'Deny' as const })],
    `${user} with an explicit deny in an identity-based policy`,
  ],
  [
    'a bucket of another account',
    across,
    [policy('P', allow)],
    `${user.replace(role('worker').account, PARENT)} because no resource-based policy allows the s3:GetObject action`,
  ],
])('%s is refused in the words of AWS', (_, asked, identity, message) => {
  const decision = authorize(asked, { identity });
  expect(decision.allowed ? 'allowed' : denialMessage(asked, decision)).toBe(message);
});

test('an anonymous caller learns nothing', () => {
  const anonymous = { ...request, principal: { kind: 'anonymous' } as const };
  const decision = authorize(anonymous, { identity: [] });
  expect(decision.allowed ? 'allowed' : denialMessage(anonymous, decision)).toBe('Access Denied');
});

import { expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import { denialMessage } from '../src/denial-message.ts';
import type { StatementJson } from '../src/policy-document.ts';
import { ask, PARENT, policy, role } from './actors.ts';

const allow: StatementJson = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const request = ask('s3:GetObject', 'arn:aws:s3:::b/k');
const across = { ...request, principal: role('worker', PARENT) };
const user = `User: ${role('worker').sessionArn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k"`;

test.each([
  [
    'an identity policy that is silent',
    request,
    { identity: [] },
    `${user} because no identity-based policy allows the s3:GetObject action`,
  ],
  [
    'an identity policy that denies',
    request,
    { identity: [policy('P', { ...allow, Effect: 'Deny' as const })] },
    `${user} with an explicit deny in an identity-based policy`,
  ],
  [
    'a bucket of another account',
    across,
    { identity: [policy('P', allow)] },
    `${user.replace(role('worker').account, PARENT)} because no resource-based policy allows the s3:GetObject action`,
  ],
  [
    'a session policy that is silent',
    request,
    { identity: [policy('P', allow)], session: [policy('S', { ...allow, Action: 'sqs:*' })] },
    `${user} because no session policy allows the s3:GetObject action`,
  ],
  [
    'a service control policy that denies',
    request,
    { identity: [policy('P', allow)], scps: [[policy('C', { ...allow, Effect: 'Deny' as const })]] },
    `${user} with an explicit deny in a service control policy`,
  ],
  [
    'a resource control policy that denies',
    request,
    {
      identity: [policy('P', allow)],
      rcps: [[policy('R', { ...allow, Effect: 'Deny' as const, Principal: '*' as const })]],
    },
    `${user} with an explicit deny in a resource control policy`,
  ],
])('%s is refused in the words of AWS', (_, asked, policies, message) => {
  const decision = authorize(asked, policies);
  expect(decision.allowed ? 'allowed' : denialMessage(asked, decision)).toBe(message);
});

test('an anonymous caller learns nothing', () => {
  const anonymous = { ...request, principal: { kind: 'anonymous' } as const };
  const decision = authorize(anonymous, { identity: [] });
  expect(decision.allowed ? 'allowed' : denialMessage(anonymous, decision)).toBe('Access Denied');
});

test('what cannot be decided is refused with what is not known, which AWS has no words for', () => {
  const unknown = { ...request, action: 's3:FetchObject' };
  const decision = authorize(unknown, { identity: [policy('P', { ...allow, Action: '*' })] });
  expect(decision.allowed ? 'allowed' : denialMessage(unknown, decision)).toContain(
    'because it cannot be decided here: the service authorization reference has no action s3:FetchObject',
  );
});

test('services other than S3 name the resource without quotes', () => {
  const asked = ask('states:StartExecution', 'arn:aws:states:us-east-1:444444444444:stateMachine:m');
  const decision = authorize(asked, { identity: [] });
  expect(decision.allowed ? 'allowed' : denialMessage(asked, decision)).toContain(
    'to perform: states:StartExecution on resource: arn:aws:states:us-east-1:444444444444:stateMachine:m because no',
  );
});

test('a user is named by its ARN', () => {
  const userArn = 'arn:aws:iam::444444444444:user/ada';
  const asUser = { ...request, principal: { kind: 'user', userArn, account: '444444444444' } as const };
  const decision = authorize(asUser, { identity: [] });
  expect(decision.allowed ? 'allowed' : denialMessage(asUser, decision)).toMatch(`User: ${userArn} is not authorized`);
});

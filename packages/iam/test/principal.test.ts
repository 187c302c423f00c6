import { describe, expect, test } from 'vitest';
import { type Principal, callerName, principalName } from '../src/principal.ts';
import { CHILD, role } from './actors.ts';

const user = `arn:aws:iam::${CHILD}:user/staff/ada`;
const root = `arn:aws:iam::${CHILD}:root`;
const session = `arn:aws:sts::${CHILD}:federated-user/ada`;

type Named = Exclude<Principal, { readonly kind: 'anonymous' }>;

const ROWS: readonly (readonly [what: string, Named, sentence: string, caller: string])[] = [
  [
    'a role',
    role('worker'),
    `role arn:aws:iam::${CHILD}:role/worker`,
    `arn:aws:sts::${CHILD}:assumed-role/worker/session`,
  ],
  ['a user', { kind: 'user', userArn: user, account: CHILD }, `user ${user}`, user],
  ['the root user', { kind: 'root', rootArn: root, account: CHILD }, `the root user of account ${CHILD}`, root],
  [
    'a federated user',
    { kind: 'federated user', sessionArn: session, account: CHILD },
    `federated user ${session}`,
    session,
  ],
  [
    'a web identity',
    { kind: 'federated', provider: 'accounts.google.com' },
    'someone known to accounts.google.com',
    'accounts.google.com',
  ],
  [
    'a service',
    { kind: 'service', service: 'states.amazonaws.com' },
    'service states.amazonaws.com',
    'states.amazonaws.com',
  ],
];

describe.each(ROWS)('%s', (_, principal, sentence, caller) => {
  test('has a name in sentences', () => {
    expect(principalName(principal)).toBe(sentence);
  });

  test("has a name in AWS's messages", () => {
    expect(callerName(principal)).toBe(caller);
  });
});

test('an anonymous caller has a name in sentences alone', () => {
  expect(principalName({ kind: 'anonymous' })).toBe('an anonymous caller');
});

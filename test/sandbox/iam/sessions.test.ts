import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../assembly/template.ts';
import type { RequestContext } from '../../../policies/iam/request.ts';
import { Sessions } from '../../../sandbox/iam/sessions.ts';
import { allow, role, sandboxWith, states, trusting } from '../literals.ts';

const parent = '111111111111';
const child = '222222222222';
const targetArn = `arn:aws:iam::${child}:role/teams/target`;
const machineArn = `arn:aws:states:us-east-1:${parent}:stateMachine:parent`;

const starter = {
  kind: 'role',
  roleArn: `arn:aws:iam::${parent}:role/starter`,
  sessionArn: `arn:aws:sts::${parent}:assumed-role/starter/session`,
  account: parent,
} as const;

/** The target role in the child's account, and a role in the parent's that may do what `statements` say. */
async function sessionsWith(trust: JsonObject, ...statements: readonly JsonObject[]): Promise<Sessions> {
  const target = role('target', trust, allow('s3:GetObject'));
  const { cloud } = await sandboxWith([
    { account: parent, resources: { Starter: role('starter', states, ...statements) } },
    { account: child, resources: { Target: { ...target, Properties: { ...target.Properties, Path: '/teams/' } } } },
  ]);
  return cloud.sessions;
}

describe('a role is assumed', () => {
  const mayAssume = allow('sts:AssumeRole', targetArn);
  const parentRoot = { AWS: `arn:aws:iam::${parent}:root` };
  const conditions = {
    ArnEquals: { 'aws:PrincipalArn': starter.roleArn },
    StringEquals: { 'sts:ExternalId': machineArn },
  };

  test('as a session with a name', async () => {
    const sessions = await sessionsWith(trusting(parentRoot), mayAssume);
    expect(sessions.assumeRole(starter, targetArn, 'run-1')).toEqual({
      ok: true,
      session: {
        kind: 'role',
        roleArn: targetArn,
        sessionArn: `arn:aws:sts::${child}:assumed-role/target/run-1`,
        account: child,
      },
    });
  });

  test.each<[string, JsonObject, readonly JsonObject[], RequestContext, boolean]>([
    ['by a role of a trusted account', trusting(parentRoot), [mayAssume], {}, true],
    ['by no role of another account', trusting({ AWS: `arn:aws:iam::${child}:root` }), [mayAssume], {}, false],
    ['by no role without a permission of its own', trusting(parentRoot), [], {}, false],
    ['if the conditions hold', trusting(parentRoot, conditions), [mayAssume], { 'sts:ExternalId': machineArn }, true],
    [
      'not with another external id',
      trusting(parentRoot, conditions),
      [mayAssume],
      { 'sts:ExternalId': `${machineArn}-2` },
      false,
    ],
    ['not without an external id', trusting(parentRoot, conditions), [mayAssume], {}, false],
    [
      'not by another role than the condition names',
      trusting(parentRoot, { ArnEquals: { 'aws:PrincipalArn': `${starter.roleArn}-2` } }),
      [mayAssume],
      {},
      false,
    ],
  ])('%s', async (_, trust, statements, context, ok) => {
    const sessions = await sessionsWith(trust, ...statements);
    expect(sessions.assumeRole(starter, targetArn, 'run-1', context).ok).toBe(ok);
  });

  test('only if there is one; the refusal says why', async () => {
    const sessions = await sessionsWith(trusting(parentRoot), allow('sts:AssumeRole'));
    const refused = sessions.assumeRole(starter, `${targetArn}-2`, 'run-1');
    expect(refused.ok ? undefined : refused.denied.reason).toBe(
      `role ${starter.roleArn} lacks sts:AssumeRole on ${targetArn}-2 of account ${child}: the resource has no trust policy`,
    );
  });

  test.each([
    ['the service that it trusts', 'states.amazonaws.com', true],
    ['no other service', 'lambda.amazonaws.com', false],
  ])('by %s', async (_, service, ok) => {
    const sessions = await sessionsWith(states);
    expect(sessions.assumeRole({ kind: 'service', service }, targetArn, 'run-1').ok).toBe(ok);
  });
});

describe('credentials', () => {
  const session = (name: string) => ({ ...starter, sessionArn: `arn:aws:sts::${parent}:assumed-role/starter/${name}` });
  const sessions = () => new Sessions(() => ({ allowed: true, reason: 'tried' }));

  test('tell who signed with them', () => {
    const known = sessions();
    const [one, other] = [known.credentials(session('one')), known.credentials(session('other'))];
    expect(known.authenticate(one.accessKeyId, one.sessionToken)).toEqual(session('one'));
    expect(known.authenticate(other.accessKeyId, other.sessionToken)).toEqual(session('other'));
  });

  test('look as those of STS do', () => {
    const { accessKeyId, secretAccessKey, sessionToken } = sessions().credentials(session('one'));
    expect(accessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/);
    expect(secretAccessKey).toHaveLength(40);
    expect(sessionToken).toMatch(/^simulated-/);
  });

  test.each([
    ['a key that was never given out', 'ASIA0000000000000000', 'simulated-'],
    ['a key that was never given out, without a token', 'ASIA0000000000000000', undefined],
    ['the token of another session', 'one', 'other'],
    ['a key without its token', 'one', undefined],
  ])('are refused: %s', (_, keyOf, tokenOf) => {
    const known = sessions();
    const given = { one: known.credentials(session('one')), other: known.credentials(session('other')) };
    const accessKeyId = keyOf === 'one' ? given.one.accessKeyId : keyOf;
    const token = tokenOf === 'other' ? given.other.sessionToken : tokenOf;
    expect(known.authenticate(accessKeyId, token)).toBeUndefined();
  });
});

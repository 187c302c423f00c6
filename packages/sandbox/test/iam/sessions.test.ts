import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { RequestContext } from '@crosswind/iam/request';
import { credentialsFor } from '../../src/iam/session-credentials.ts';
import { Sessions, type SessionsProps } from '../../src/iam/sessions.ts';
import { allow, role, sandboxWith, states, trusting } from '../../src/testing/literals.ts';

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
  const cloud = await sandboxWith([
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
  const sessions = (props?: SessionsProps) => new Sessions(() => ({ allowed: true, reason: 'tried' }), props);

  test('tell who signed with them, and with which secret', () => {
    const known = sessions();
    for (const name of ['one', 'other']) {
      const { accessKeyId, secretAccessKey, sessionToken } = known.credentials(session(name));
      expect(known.authenticate(accessKeyId, sessionToken)).toEqual({
        ok: true,
        session: session(name),
        secretAccessKey,
      });
    }
  });

  test.each([
    ['a key that was never given out', 'ASIA0000000000000000', 'simulated-', 'unknown key'],
    ['a key that was never given out, without a token', 'ASIA0000000000000000', undefined, 'unknown key'],
    ['the token of another session', 'one', 'other', 'invalid token'],
    ['a key with a token that nobody made', 'one', 'simulated-', 'invalid token'],
    ['a key without its token', 'one', undefined, 'invalid token'],
  ])('are refused: %s', (_, keyOf, tokenOf, reason) => {
    const known = sessions();
    const given = { one: known.credentials(session('one')), other: known.credentials(session('other')) };
    const accessKeyId = keyOf === 'one' ? given.one.accessKeyId : keyOf;
    const token = tokenOf === 'other' ? given.other.sessionToken : tokenOf;
    expect(known.authenticate(accessKeyId, token)).toMatchObject({ ok: false, reason });
  });

  test('of one sandbox are nothing to another', () => {
    const { accessKeyId, sessionToken } = sessions().credentials(session('one'));
    expect(sessions().authenticate(accessKeyId, sessionToken)).toEqual({ ok: false, reason: 'unknown key' });
  });

  describe('that somebody else derived from the same key', () => {
    const key = Buffer.alloc(32, 1);
    const known = sessions({
      key,
      roleNamed: (account, name) => {
        const role = { arn: `arn:aws:iam::${account}:role/teams/${name}`, name, account };
        const policies = { trust: { name: 'trust', document: { Statement: [] } }, policies: [], unknown: [] };
        return account === parent && name === 'starter' ? { ...role, ...policies } : undefined;
      },
    });
    const derived = (sessionArn: string, from = key) => credentialsFor(from, sessionArn);

    test('are those of the role by that name, wherever its path leads', () => {
      const { accessKeyId, secretAccessKey, sessionToken } = derived(session('me').sessionArn);
      const roleArn = `arn:aws:iam::${parent}:role/teams/starter`;
      expect(known.authenticate(accessKeyId, sessionToken)).toEqual({
        ok: true,
        session: { ...session('me'), roleArn },
        secretAccessKey,
      });
    });

    test('are refused for a role that is not there, by its name', () => {
      const { accessKeyId, sessionToken } = derived(`arn:aws:sts::${child}:assumed-role/starter/me`);
      expect(known.authenticate(accessKeyId, sessionToken)).toEqual({
        ok: false,
        reason: 'invalid token',
        message: `The security token included in the request is invalid: the sandbox has no role "starter" in account ${child}`,
      });
    });

    test('are refused with the access key of another session, and from another key', () => {
      const [me, other] = [derived(session('me').sessionArn), derived(session('other').sessionArn)];
      expect(known.authenticate(other.accessKeyId, me.sessionToken).ok).toBe(false);
      const foreign = derived(session('me').sessionArn, Buffer.alloc(32, 2));
      expect(known.authenticate(foreign.accessKeyId, foreign.sessionToken).ok).toBe(false);
    });
  });
});

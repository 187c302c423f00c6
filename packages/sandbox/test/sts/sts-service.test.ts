import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { SandboxProps } from '../../src/sandbox.ts';
import { allow, lambda, role, sandboxWith, trusting } from '../../src/testing/literals.ts';
import { presigned } from '../signed-request.ts';
import { clientOf, credentialsAs, unknownCredentials } from './callers.ts';

const caller = '111111111111';
const target = '222222222222';
const callerArn = `arn:aws:iam::${caller}:role/caller`;
const targetArn = `arn:aws:iam::${target}:role/target`;
const trustingCaller = trusting({ AWS: `arn:aws:iam::${caller}:root` });
const mayAssume = allow('sts:AssumeRole', targetArn);

/** A sandbox with a caller that may do what `statements` say, a target with that trust policy, and a client of the caller. */
async function withTarget(trust: JsonObject, statements: readonly JsonObject[], props: SandboxProps = {}) {
  const sandbox = await sandboxWith(
    [
      { account: caller, resources: { Caller: role('caller', lambda, ...statements) } },
      { account: target, resources: { Target: role('target', trust) } },
    ],
    props,
  );
  return { sandbox, client: new STSClient(clientOf(sandbox, credentialsAs(sandbox, callerArn))) };
}

const request = { RoleArn: targetArn, RoleSessionName: 'run-1' };
const assume = (client: STSClient, ExternalId?: string) =>
  client.send(new AssumeRoleCommand({ ...request, ExternalId }));

describe('STS, asked with the real SDK', () => {
  test('gives a session of the role, with credentials for an hour of the time that clients have', async () => {
    const { client, sandbox } = await withTarget(trustingCaller, [mayAssume]);
    const { Credentials: given, AssumedRoleUser: user } = await assume(client);
    expect(user?.Arn).toBe(`arn:aws:sts::${target}:assumed-role/target/run-1`);
    expect(Number(given?.Expiration) - Date.now()).toBeCloseTo(3_600_000, -5);
    expect(sandbox.sessions.authenticate(given?.AccessKeyId ?? '', given?.SessionToken)).toMatchObject({
      session: { roleArn: targetArn, account: target },
      secretAccessKey: given?.SecretAccessKey,
    });
  });

  test.each<[string, JsonObject, readonly JsonObject[]]>([
    ['the role does not trust', trusting({ AWS: `arn:aws:iam::${target}:root` }), [mayAssume]],
    ['has no permission of its own', trustingCaller, []],
  ])('denies a caller that %s, in the words of AWS', async (_, trust, statements) => {
    const { client } = await withTarget(trust, statements);
    await expect(assume(client)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(
        `^User: arn:aws:sts::${caller}:assumed-role/caller/session is not authorized to perform: sts:AssumeRole on resource: ${targetArn} because no `,
      ) as string,
    });
  });

  test('honours the external id', async () => {
    const trust = trusting(
      { AWS: `arn:aws:iam::${caller}:root` },
      { StringEquals: { 'sts:ExternalId': 'a <b> & "c"' } },
    );
    const { client } = await withTarget(trust, [mayAssume]);
    await expect(assume(client, 'a <b> & "c"')).resolves.toHaveProperty('Credentials');
    await expect(assume(client, 'another')).rejects.toThrow(/is not authorized/);
    await expect(assume(client)).rejects.toThrow(/is not authorized/);
  });

  test.each([
    ['lets a caller of the organization in', 'o-one', true],
    ['lets no caller of another organization in', 'o-other', false],
    ['lets no caller without an organization in', undefined, false],
  ])('%s, where a trust policy asks for that', async (_, organizationId, allowed) => {
    const trust = trusting({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-one' } });
    const { client } = await withTarget(trust, [mayAssume], { organizationId });
    const assumed = await assume(client).then(
      () => true,
      () => false,
    );
    expect(assumed).toBe(allowed);
  });

  test('refuses credentials that it did not give out', async () => {
    const { sandbox } = await withTarget(trustingCaller, [mayAssume]);
    await expect(assume(new STSClient(clientOf(sandbox, unknownCredentials)))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    });
  });

  test('says who asks, who needs no permission for that', async () => {
    const { client } = await withTarget(trustingCaller, []);
    expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: caller,
      Arn: `arn:aws:sts::${caller}:assumed-role/caller/session`,
      UserId: expect.stringMatching(/^AROA[A-Z0-9]{17}:session$/) as string,
    });
  });

  test('gives credentials for as long as they are asked for', async () => {
    const { client } = await withTarget(trustingCaller, [mayAssume]);
    const { Credentials: given } = await client.send(new AssumeRoleCommand({ ...request, DurationSeconds: 900 }));
    expect(Number(given?.Expiration) - Date.now()).toBeCloseTo(900_000, -5);
  });

  test.each<[string, Partial<AssumeRoleCommandInput>, string, string]>([
    ['what is no ARN of a role', { RoleArn: 'target' }, 'ValidationError', `Value 'target' at 'roleArn'`],
    ['a name that would be a path', { RoleSessionName: 'a/b' }, 'ValidationError', `Value 'a/b' at 'roleSessionName'`],
    ['no name', { RoleSessionName: undefined }, 'ValidationError', `Value null at 'roleSessionName'`],
    ['too short a time', { DurationSeconds: 899 }, 'ValidationError', `Value '899' at 'durationSeconds'`],
    [
      'more than a chained role may have',
      { DurationSeconds: 3601 },
      'ValidationError',
      'exceeds the 1 hour session limit',
    ],
    ['a session policy', { Policy: '{}' }, 'NotImplemented', 'the simulated STS does not know AssumeRole with Policy'],
    ['session tags', { Tags: [{ Key: 'a', Value: 'b' }] }, 'NotImplemented', 'AssumeRole with Tags.member.1.Key'],
  ])('refuses %s', async (_, input, name, message) => {
    const { client } = await withTarget(trustingCaller, [mayAssume]);
    const refused = client.send(new AssumeRoleCommand({ ...request, ...input }));
    await expect(refused).rejects.toMatchObject({ name, message: expect.stringContaining(message) as string });
  });

  test('names what it does not know', async () => {
    const { client } = await withTarget(trustingCaller, [mayAssume]);
    await expect(client.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'the simulated STS does not know GetSessionToken (see docs/sandbox-support.md)',
    });
  });
});

test('a presigned URL proves who somebody is', async () => {
  const sandbox = await sandboxWith([{ account: '444444444444', resources: { Reader: role('reader', lambda) } }]);
  const credentials = credentialsAs(sandbox, 'arn:aws:iam::444444444444:role/reader');
  const url = `${sandbox.endpointUrl}/?Action=GetCallerIdentity&Version=2011-06-15`;
  const signed = (method: string): string => presigned({ method, url }, { credentials, service: 'sts' });
  const told = '<Arn>arn:aws:sts::444444444444:assumed-role/reader/session</Arn>';
  for (const method of ['GET', 'POST']) {
    expect(await (await fetch(signed(method), { method })).text()).toContain(told);
  }
  const other = await fetch(signed('POST'));
  expect([other.status, await other.text()]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
});

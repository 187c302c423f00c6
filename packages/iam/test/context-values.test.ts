import { describe, expect, test } from 'vitest';
import { type ContextValue, RequestKeys } from '../src/context-values.ts';
import type { Principal } from '../src/principal.ts';
import type { AccessRequest } from '../src/request.ts';
import { ask, CHILD, role, service } from './actors.ts';

const user: Principal = { kind: 'user', userArn: `arn:aws:iam::${CHILD}:user/staff/ada`, account: CHILD };
const root: Principal = { kind: 'root', rootArn: `arn:aws:iam::${CHILD}:root`, account: CHILD };
const federatedUser: Principal = {
  kind: 'federated user',
  sessionArn: `arn:aws:sts::${CHILD}:federated-user/ada`,
  account: CHILD,
};
const anonymous: Principal = { kind: 'anonymous' };
const states = service('states.amazonaws.com');
const get = (principal: Principal): AccessRequest => ask('s3:GetObject', 'arn:aws:s3:::winds/a', { principal });
const decrypt = ask('kms:Decrypt', `arn:aws:kms:eu-central-1:${CHILD}:key/1`);
const told = (context: AccessRequest['context']): AccessRequest => ({ ...get(user), context });

const web = (provider: string): AccessRequest =>
  ask('sts:AssumeRoleWithWebIdentity', `arn:aws:iam::${CHILD}:role/r`, { principal: { kind: 'federated', provider } });
const id = web(`arn:aws:iam::${CHILD}:oidc-provider/Tokens.Example.com/Id`);
const getLoudly = ask('S3:GetObject', 'arn:aws:s3:::winds/a', { principal: user });
const decryptLoudly = ask('KMS:Decrypt', `arn:aws:kms:eu-central-1:${CHILD}:key/1`);
const assumeLoudly = ask('STS:AssumeRole', `arn:aws:iam::${CHILD}:role/r`);

const ROWS: readonly (readonly [key: string, of: string, AccessRequest, ContextValue])[] = [
  ['aws:principalarn', 'a role is the role', get(role('worker')), [`arn:aws:iam::${CHILD}:role/worker`]],
  ['aws:principalarn', 'a federated user is the session', get(federatedUser), [federatedUser.sessionArn]],
  ['aws:principalarn', 'a service is absent', get(states), undefined],
  ['aws:principalaccount', 'the root user is its account', get(root), [CHILD]],
  ['aws:principalaccount', 'anyone is anonymous', get(anonymous), ['anonymous']],
  ['aws:principaltype', 'a role is AssumedRole', get(role('worker')), ['AssumedRole']],
  ['aws:principaltype', 'a user is User', get(user), ['User']],
  ['aws:principaltype', 'the root user is Account', get(root), ['Account']],
  ['aws:principaltype', 'a federated user is FederatedUser', get(federatedUser), ['FederatedUser']],
  ['aws:principaltype', 'anyone is Anonymous', get(anonymous), ['Anonymous']],
  ['aws:principalisawsservice', 'a service is true', get(states), ['true']],
  ['aws:principalisawsservice', 'a user is false', get(user), ['false']],
  ['aws:principalservicename', 'a service is its name', get(states), ['states.amazonaws.com']],
  ['aws:principalservicenameslist', 'a service is its name', get(states), ['states.amazonaws.com']],
  ['aws:principalservicename', 'a user is absent', get(user), undefined],
  ['aws:username', 'a user is the name without path', get(user), ['ada']],
  ['aws:username', 'a role is absent', get(role('worker')), undefined],
  ['aws:userid', 'the root user is its account', get(root), [CHILD]],
  ['aws:userid', 'a federated user is account and name', get(federatedUser), [`${CHILD}:ada`]],
  ['aws:userid', 'a role is not told', get(role('worker')), 'untold'],
  ['aws:userid', 'anyone is absent', get(anonymous), undefined],
  ['aws:tokenissuetime', 'a role is not told', get(role('worker')), 'untold'],
  ['aws:tokenissuetime', 'a user is absent', get(user), undefined],
  ['aws:sourceip', 'a user is not told', get(user), 'untold'],
  ['aws:sourceip', 'a service is absent', get(states), undefined],
  ['aws:resourceaccount', 'a resource is its owner', get(user), [CHILD]],
  ['aws:resourceaccount', 'a resource of nobody known is not told', { ...get(states), resourceAccount: '' }, 'untold'],
  ['s3:resourceaccount', 'a bucket is its owner', get(user), [CHILD]],
  ['s3:resourceaccount', 'a key is absent', decrypt, undefined],
  ['kms:calleraccount', 'a key is the account of the caller', decrypt, [CHILD]],
  ['kms:calleraccount', 'a bucket is absent', get(user), undefined],
  ['aws:requestedregion', 'a key is the region in its ARN', decrypt, ['eu-central-1']],
  ['aws:requestedregion', 'a bucket is not told', get(user), 'untold'],
  ['aws:currenttime', 'a time in seconds', told({ 'aws:EpochTime': '1767225600' }), ['2026-01-01T00:00:00.000Z']],
  ['aws:epochtime', 'a time', told({ 'aws:CurrentTime': '2026-01-01T00:00:00Z' }), ['1767225600']],
  ['aws:epochtime', 'a time that is none is not told', told({ 'aws:CurrentTime': 'now' }), 'untold'],
  ['s3:tlsversion', 'a bucket is not told', get(user), 'untold'],
  ['s3:tlsversion', 'a key is absent', decrypt, undefined],
  [
    'sts:rolesessionname',
    'assuming a role is not told',
    ask('sts:AssumeRole', `arn:aws:iam::${CHILD}:role/r`),
    'untold',
  ],
  ['sts:rolesessionname', 'a bucket is absent', get(user), undefined],
  ['aws:multifactorauthpresent', 'a role is absent', get(role('worker')), undefined],
  ['tokens.example.com/id:sub', 'a provider in capitals is absent', id, undefined],
  ['tokens.example.com:sub', 'another provider is undocumented', id, 'undocumented'],
  ['accounts.google.com:sub', 'a provider without an ARN is absent', web('Accounts.Google.com'), undefined],
  ['s3:resourceaccount', 'a bucket asked in capitals is its owner', getLoudly, [CHILD]],
  ['s3:tlsversion', 'a bucket asked in capitals is not told', getLoudly, 'untold'],
  ['kms:calleraccount', 'a key asked in capitals is the account of the caller', decryptLoudly, [CHILD]],
  ['sts:rolesessionname', 'assuming a role in capitals is not told', assumeLoudly, 'untold'],
  ['aws:mood', 'anybody is undocumented', get(user), 'undocumented'],
  ['aws:mood', 'who carries it is what it says', told({ 'AWS:Mood': 'good' }), ['good']],
];

describe('a condition key', () => {
  test.each(ROWS)('%s of %s', (key, _, request, expected) => {
    expect(new RequestKeys(request).get(key)).toEqual(expected);
  });

  test('that the request carries is not overruled by what follows from it', () => {
    const request = { ...get(user), context: { 'aws:PrincipalAccount': '999999999999' } };
    expect(new RequestKeys(request).get('aws:principalaccount')).toEqual(['999999999999']);
  });
});

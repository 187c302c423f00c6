import { authorize } from '@crosswind/iam/authorize';
import { breakGlassPrincipal, breakGlassTrust } from '../../../policies/organization/break-glass.ts';
import { describe, expect, test } from 'vitest';

const management = '999999999999';
const child = '444444444444';
const role = `arn:aws:iam::${child}:role/crosswind-break-glass`;
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } as const;

const ada = `arn:aws:iam::${management}:user/ada`;
const ofSignOn = `arn:aws:iam::${management}:role/aws-reserved/sso.amazonaws.com`;
const given = [ada, `${ofSignOn}/*AWSReservedSSO_Emergency_*`];
const principals = given.flatMap((arn) => breakGlassPrincipal(arn, 'aws') ?? []);
const document = breakGlassTrust({ partition: 'aws', organizationId: 'o-exampleorg1' }, principals);

const user = (userArn: string) => ({ kind: 'user', userArn, account: userArn.split(':')[4] ?? '' }) as const;
const session = (roleArn: string) => {
  const account = roleArn.split(':')[4] ?? '';
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/ada`;
  return { kind: 'role', roleArn, sessionArn, account } as const;
};

/** True if an administrator of its account may assume the role. */
function mayAssume(
  principal: ReturnType<typeof user> | ReturnType<typeof session>,
  { mfa, organization = 'o-exampleorg1' }: { readonly mfa?: string; readonly organization?: string } = {},
): boolean {
  const context = {
    'aws:PrincipalOrgID': organization,
    ...(mfa !== undefined && { 'aws:MultiFactorAuthPresent': mfa }),
  };
  const request = { principal, action: 'sts:AssumeRole', resource: role, resourceAccount: child, context };
  return authorize(request, {
    identity: [{ name: 'administrator', document: everything }],
    resource: { name: 'trust', document },
  }).allowed;
}

describe('the trust of the role for emergencies', () => {
  test.each([
    ['a named user with MFA', user(ada), { mfa: 'true' }],
    ['a named role of IAM Identity Center', session(`${ofSignOn}/AWSReservedSSO_Emergency_0a1b2c3d`), {}],
    ['the same in another region', session(`${ofSignOn}/eu-west-1/AWSReservedSSO_Emergency_0a1b2c3d`), {}],
  ])('admits %s', (_, principal, circumstances) => {
    expect(mayAssume(principal, circumstances)).toBe(true);
  });

  test.each([
    ['a named user who has shown no MFA', user(ada), { mfa: 'false' }],
    ['a named user with an access key alone', user(ada), {}],
    ['another user with MFA', user(`arn:aws:iam::${management}:user/eve`), { mfa: 'true' }],
    ['another role of IAM Identity Center', session(`${ofSignOn}/AWSReservedSSO_Developers_0a1b2c3d`), {}],
    ['a role that is only called so', session(`arn:aws:iam::${management}:role/AWSReservedSSO_Emergency_0`), {}],
    ['an administrator of the account', session(`arn:aws:iam::${child}:role/administrator`), {}],
    ['a user of that name in another account', user(`arn:aws:iam::${child}:user/ada`), { mfa: 'true' }],
    ['a named user outside of the organization', user(ada), { mfa: 'true', organization: 'o-elsewhere' }],
  ])('does not admit %s', (_, principal, circumstances) => {
    expect(mayAssume(principal, circumstances)).toBe(false);
  });

  test.each([
    ['everybody', '*'],
    ['an account', `arn:aws:iam::${management}:root`],
    ['every role of an account', `arn:aws:iam::${management}:role/*`],
    ['every role of a path', `arn:aws:iam::${management}:role/aws-reserved/*`],
    ['roles of every account', 'arn:aws:iam::*:role/emergency'],
    ['a session', `arn:aws:sts::${management}:assumed-role/emergency/ada`],
    ['another partition', `arn:aws-cn:iam::${management}:user/ada`],
    ['a text that would end the word of the shell', `arn:aws:iam::${management}:user/ada'`],
  ])('is for nobody who is given as %s', (_, arn) => {
    expect(breakGlassPrincipal(arn, 'aws')).toBeUndefined();
  });
});

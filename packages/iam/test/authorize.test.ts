import { describe, expect, test } from 'vitest';
import type { ApplicablePolicies } from '../src/applicable-policies.ts';
import { authorize } from '../src/authorize.ts';
import type { PolicySource, StatementJson } from '../src/policy-document.ts';
import type { AccessRequest } from '../src/request.ts';
import { unknownPolicy } from '../src/statement.ts';
import { ask, CHILD, PARENT, policy, role, service } from './actors.ts';

type Case = readonly [
  sentence: string,
  outcome: 'allowed' | 'explicit deny' | 'implicit deny' | 'undecidable',
  AccessRequest,
  ApplicablePolicies,
];

const OBJECT = 'arn:aws:s3:::winds/2024/a.csv';
const TARGET = `arn:aws:iam::${CHILD}:role/target`;
const KEY = `arn:aws:kms:us-east-1:${CHILD}:key/1`;
const worker = role('worker');
const stranger = role('worker', PARENT);

const none: ApplicablePolicies = { identity: [] };
const identity = (...statements: StatementJson[]): ApplicablePolicies => ({
  identity: [policy('inline policy "P"', ...statements)],
});
const resource = (...statements: StatementJson[]): ApplicablePolicies => ({
  identity: [],
  resource: policy('the resource policy', ...statements),
});
const both = (one: ApplicablePolicies, other: ApplicablePolicies): ApplicablePolicies => ({
  ...one,
  resource: other.resource,
});
const bounded = (one: ApplicablePolicies, ...statements: StatementJson[]): ApplicablePolicies => ({
  ...one,
  boundary: policy('the boundary', ...statements),
});

const read: StatementJson = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::winds/*' };
const get = ask('s3:GetObject', OBJECT);
const getAcross = ask('s3:GetObject', OBJECT, { principal: stranger });
const readBy = (Principal: StatementJson['Principal']): StatementJson => ({ ...read, Principal });
const assume = ask('sts:AssumeRole', TARGET);
const mayAssume = identity({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: TARGET });
const trust = (Principal: StatementJson['Principal']): ApplicablePolicies =>
  resource({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal });
const trusting = (resource: PolicySource): ApplicablePolicies => ({ identity: [], resource });
const decrypt = ask('kms:Decrypt', KEY);
const mayDecrypt = identity({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY });
const keyFor = (Principal: StatementJson['Principal']): ApplicablePolicies =>
  resource({ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal });

const ELEMENTS: readonly Case[] = [
  ['a statement that names action and resource allows', 'allowed', get, identity(read)],
  ['no policy at all denies', 'implicit deny', get, none],
  ['actions ignore case', 'allowed', get, identity({ ...read, Action: 'S3:getobject' })],
  ['a wildcard action covers its siblings', 'allowed', get, identity({ ...read, Action: ['s3:List*', 's3:Get*'] })],
  ['a wildcard service covers every action', 'allowed', get, identity({ ...read, Action: '*:*' })],
  ['a wildcard action covers nothing else', 'implicit deny', get, identity({ ...read, Action: 's3:Put*' })],
  [
    'NotAction allows every other action',
    'allowed',
    get,
    identity({ Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' }),
  ],
  [
    'NotAction leaves out what it names',
    'implicit deny',
    get,
    identity({ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }),
  ],
  ['resources respect case', 'implicit deny', get, identity({ ...read, Resource: 'arn:aws:s3:::Winds/*' })],
  [
    'NotResource allows every other resource',
    'allowed',
    get,
    identity({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x/*' }),
  ],
  [
    'NotResource leaves out what it names',
    'implicit deny',
    get,
    identity({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::winds/*' }),
  ],
  ['a deny wins over an allow', 'explicit deny', get, identity(read, { ...read, Effect: 'Deny' })],
  [
    'a deny of another action does not',
    'allowed',
    get,
    identity(read, { ...read, Effect: 'Deny', Action: 's3:PutObject' }),
  ],
  [
    'a variable in a resource is filled in',
    'allowed',
    { ...get, context: { 'AWS:principaltag/year': '2024' } },
    identity({ ...read, Resource: 'arn:aws:s3:::winds/${aws:PrincipalTag/Year}/*' }),
  ],
  [
    'a variable without a value matches nothing',
    'implicit deny',
    get,
    identity({ ...read, Resource: 'arn:aws:s3:::winds/${aws:PrincipalTag/Year}/*' }),
  ],
];

const ACCOUNTS: readonly Case[] = [
  ['within an account the bucket policy alone suffices', 'allowed', get, resource(readBy({ AWS: worker.roleArn }))],
  ['a bucket policy for the account only delegates', 'implicit deny', get, resource(readBy({ AWS: CHILD }))],
  [
    'a bucket policy for another role does not help',
    'implicit deny',
    get,
    resource(readBy({ AWS: role('other').roleArn })),
  ],
  ['a bucket policy may name the session', 'allowed', get, resource(readBy({ AWS: worker.sessionArn }))],
  ['across accounts both sides allow', 'allowed', getAcross, both(identity(read), resource(readBy({ AWS: PARENT })))],
  ['across accounts the identity policy alone is not enough', 'implicit deny', getAcross, identity(read)],
  [
    'across accounts the bucket policy alone is not enough',
    'implicit deny',
    getAcross,
    resource(readBy({ AWS: stranger.roleArn })),
  ],
  [
    'a deny for everyone in a bucket policy wins',
    'explicit deny',
    get,
    both(identity(read), resource({ ...readBy('*'), Effect: 'Deny' })),
  ],
  ['anyone may read a public object', 'allowed', { ...get, principal: { kind: 'anonymous' } }, resource(readBy('*'))],
  [
    'an anonymous caller is not an account',
    'implicit deny',
    { ...get, principal: { kind: 'anonymous' } },
    resource(readBy({ AWS: CHILD })),
  ],
  [
    'NotPrincipal spares a role that is listed with its account',
    'allowed',
    get,
    both(identity(read), resource({ ...read, Effect: 'Deny', NotPrincipal: { AWS: [worker.roleArn, CHILD] } })),
  ],
  [
    'NotPrincipal denies a role that is listed without its account',
    'explicit deny',
    get,
    both(identity(read), resource({ ...read, Effect: 'Deny', NotPrincipal: { AWS: worker.roleArn } })),
  ],
];

const GATEKEPT: readonly Case[] = [
  ['within an account a trust that names the role suffices', 'allowed', assume, trust({ AWS: worker.roleArn })],
  [
    'a trust of the account needs the identity policy',
    'implicit deny',
    assume,
    trust({ AWS: `arn:aws:iam::${CHILD}:root` }),
  ],
  [
    'a trust of the account with the identity policy suffices',
    'allowed',
    assume,
    both(mayAssume, trust({ AWS: CHILD })),
  ],
  [
    'the identity policy without the trust is not enough',
    'implicit deny',
    assume,
    both(mayAssume, trust({ AWS: PARENT })),
  ],
  [
    'a service needs only the trust',
    'allowed',
    { ...assume, principal: service('states.amazonaws.com') },
    trust({ Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] }),
  ],
  [
    'a service that the trust does not name is refused',
    'implicit deny',
    { ...assume, principal: service('states.amazonaws.com') },
    trust({ Service: 'lambda.amazonaws.com' }),
  ],
  ['a key policy that names the role suffices', 'allowed', decrypt, keyFor({ AWS: worker.roleArn })],
  [
    'a key policy for the account root delegates to identity policies',
    'allowed',
    decrypt,
    both(mayDecrypt, keyFor({ AWS: `arn:aws:iam::${CHILD}:root` })),
  ],
  [
    'a key policy for the account root alone allows nobody',
    'implicit deny',
    decrypt,
    keyFor({ AWS: `arn:aws:iam::${CHILD}:root` }),
  ],
  [
    'a key whose policy is silent is closed to identity policies',
    'implicit deny',
    decrypt,
    both(mayDecrypt, keyFor({ AWS: PARENT })),
  ],
  ['everyone may ask who they are', 'allowed', ask('sts:GetCallerIdentity', '*'), none],
];

const BOUNDARIES: readonly Case[] = [
  [
    'a boundary that allows leaves the allow',
    'allowed',
    get,
    bounded(identity(read), { Effect: 'Allow', Action: 's3:*', Resource: '*' }),
  ],
  [
    'a boundary that is silent takes the allow away',
    'implicit deny',
    get,
    bounded(identity(read), { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
  ],
  [
    'a boundary alone allows nothing',
    'implicit deny',
    get,
    bounded(none, { Effect: 'Allow', Action: '*', Resource: '*' }),
  ],
  [
    'a boundary also limits what a bucket policy gives the role',
    'implicit deny',
    get,
    bounded(resource(readBy({ AWS: worker.roleArn })), { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
  ],
  [
    'but not what it gives the session',
    'allowed',
    get,
    bounded(resource(readBy({ AWS: worker.sessionArn })), { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
  ],
  [
    'a deny in a boundary wins',
    'explicit deny',
    get,
    bounded(resource(readBy({ AWS: worker.sessionArn })), { Effect: 'Deny', Action: '*', Resource: '*' }),
  ],
];

const KEYS: readonly Case[] = [
  [
    'the evaluation knows the role behind the session',
    'allowed',
    get,
    identity({ ...read, Condition: { ArnEquals: { 'aws:PrincipalArn': worker.roleArn } } }),
  ],
  [
    'which is not another role',
    'implicit deny',
    get,
    identity({ ...read, Condition: { ArnEquals: { 'aws:PrincipalArn': stranger.roleArn } } }),
  ],
  [
    'and the account of the principal',
    'allowed',
    get,
    identity({ ...read, Condition: { StringEquals: { 'aws:principalaccount': '${aws:ResourceAccount}' } } }),
  ],
  [
    'and whether it is a service',
    'allowed',
    { ...assume, principal: service('states.amazonaws.com') },
    resource({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: '*',
      Condition: { Bool: { 'aws:PrincipalIsAWSService': true } },
    }),
  ],
  [
    'keys that come with the request are compared without case',
    'allowed',
    { ...get, context: { 'AWS:SECURETRANSPORT': 'true' } },
    identity({ ...read, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
  ],
  [
    'a key that did not come fails its condition',
    'implicit deny',
    get,
    identity({ ...read, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
  ],
  [
    'a key that must have come and was not told leaves it open',
    'undecidable',
    get,
    identity({ ...read, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
  ],
];

const UNRESOLVED: readonly Case[] = [
  ['an unresolved resource may be the one', 'undecidable', get, identity({ ...read, Resource: '<unresolved>/*' })],
  [
    'an unresolved part may be the one',
    'undecidable',
    get,
    identity({ ...read, Resource: 'arn:aws:s3:::<unresolved>/2024/*' }),
  ],
  [
    'what is known of the resource must fit',
    'implicit deny',
    get,
    identity({ ...read, Resource: 'arn:aws:s3:::<unresolved>/2025/*' }),
  ],
  [
    'an unresolved resource changes nothing for another action',
    'implicit deny',
    get,
    identity({ ...read, Action: 's3:PutObject', Resource: '<unresolved>' }),
  ],
  [
    'nor where another resource of the statement is the one',
    'allowed',
    get,
    identity({ ...read, Resource: ['<unresolved>', OBJECT] }),
  ],
  ['an unresolved action may be the one', 'undecidable', get, identity({ ...read, Action: 's3:<unresolved>' })],
  [
    'an unresolved denial may be one',
    'undecidable',
    get,
    identity(read, { Effect: 'Deny', Action: 's3:*', Resource: '<unresolved>' }),
  ],
  [
    'beside a certain denial it changes nothing',
    'explicit deny',
    get,
    identity({ ...read, Effect: 'Deny' }, { ...read, Resource: '<unresolved>' }),
  ],
  [
    'an unresolved value of a condition may be the one',
    'undecidable',
    get,
    identity({ ...read, Condition: { StringEquals: { 'aws:PrincipalAccount': '<unresolved>' } } }),
  ],
  [
    'as may one that should be true or false',
    'undecidable',
    get,
    identity({ ...read, Condition: { Bool: { 'aws:PrincipalIsAWSService': '<unresolved>' } } }),
  ],
  [
    'which an absent key does not wait for',
    'implicit deny',
    get,
    identity({ ...read, Condition: { StringEquals: { 'aws:PrincipalTag/team': '<unresolved>' } } }),
  ],
  [
    'an unresolved principal may be the caller',
    'undecidable',
    assume,
    trust({ AWS: 'arn:aws:iam::<unresolved>:root' }),
  ],
  ['but not a caller of another kind', 'implicit deny', assume, trust({ Service: '<unresolved>' })],
  [
    'NotPrincipal may spare the caller',
    'undecidable',
    get,
    both(identity(read), resource({ ...read, Effect: 'Deny', NotPrincipal: { AWS: '<unresolved>' } })),
  ],
  ['a policy that is not known may allow', 'undecidable', get, { identity: [unknownPolicy('it', 'identity')] }],
  [
    'another one that allows is enough',
    'allowed',
    get,
    { identity: [unknownPolicy('it', 'identity'), ...identity(read).identity] },
  ],
  ['a trust policy that is not known may allow', 'undecidable', assume, trusting(unknownPolicy('it', 'resource'))],
  [
    'to another account it is not enough',
    'implicit deny',
    { ...assume, principal: stranger },
    trusting(unknownPolicy('it', 'resource')),
  ],
  [
    'a boundary that is not known may take an allow away',
    'undecidable',
    get,
    { ...identity(read), boundary: unknownPolicy('it', 'boundary') },
  ],
  ['and leaves an implicit deny', 'implicit deny', get, { ...none, boundary: unknownPolicy('it', 'boundary') }],
  [
    'and an explicit one',
    'explicit deny',
    get,
    { ...identity(read, { ...read, Effect: 'Deny' }), boundary: unknownPolicy('it', 'boundary') },
  ],
  [
    'a resource that is assumed may be another one',
    'undecidable',
    { ...get, isResourceAssumed: true },
    identity({ ...read, Resource: 'arn:aws:s3:::others/*' }),
  ],
  ['a statement that names it allows', 'allowed', { ...get, isResourceAssumed: true }, identity(read)],
  [
    'a statement about another action allows nothing',
    'implicit deny',
    { ...get, isResourceAssumed: true },
    identity({ ...read, Action: 's3:PutObject' }),
  ],
];

function isDecided(...[, outcome, request, policies]: Case): void {
  const decision = authorize(request, policies);
  expect(decision.allowed ? 'allowed' : decision.kind, decision.reason).toBe(outcome);
}

describe('what is not known', () => {
  test.each(UNRESOLVED)('%s: %s', isDecided);
});

/** Policies with every statement of the decision's `mends` added, as an operator would paste them. */
function mended(request: AccessRequest, policies: ApplicablePolicies): ApplicablePolicies {
  const decision = authorize(request, policies);
  if (decision.allowed || decision.kind !== 'implicit deny') return policies;
  const statements = (name: string) =>
    decision.mends.filter((mend) => mend.document === name).map((mend) => mend.statement);
  const onResource = decision.mends.filter(
    ({ document }) => !['identity policy', 'permissions boundary'].includes(document),
  );
  const wider = (source: ApplicablePolicies['resource'], added: readonly StatementJson[]) =>
    policy('mended', ...(source ? [source.document.Statement].flat() : []), ...added);
  return {
    identity: [...policies.identity, policy('mend', ...statements('identity policy'))],
    resource: wider(
      policies.resource,
      onResource.map((mend) => mend.statement),
    ),
    ...(policies.boundary && { boundary: wider(policies.boundary, statements('permissions boundary')) }),
  };
}

describe.each([
  ['elements', ELEMENTS],
  ['accounts', ACCOUNTS],
  ['trust and key policies', GATEKEPT],
  ['permissions boundaries', BOUNDARIES],
  ['condition keys', KEYS],
])('%s', (_, cases) => {
  test.each(cases)('%s: %s', isDecided);

  test.each(cases.filter(([, outcome]) => outcome === 'implicit deny'))(
    '%s, until it is mended',
    (sentence, _outcome, request, policies) => {
      const decision = authorize(request, policies);
      const mends = !decision.allowed && decision.kind === 'implicit deny' ? decision.mends : [];
      const beyondMending = ['an anonymous caller is not an account', 'a key that did not come fails its condition'];
      expect(mends.length > 0, decision.reason).toBe(!beyondMending.includes(sentence));
      if (mends.length > 0) expect(authorize(request, mended(request, policies)).reason).toMatch(/^allowed by/);
    },
  );
});

test('a session policy that is silent is mended in the session policy', () => {
  const silent = policy('the session policy', { Effect: 'Allow', Action: 'sqs:*', Resource: '*' });
  const decision = authorize(get, { ...identity(read), session: [silent] });
  const mends = !decision.allowed && decision.kind === 'implicit deny' ? decision.mends : [];
  expect(mends).toEqual([{ document: 'session policy', of: worker.roleArn, statement: read }]);
});

test.each(['aws', 'aws-cn'])('a trust policy is mended in the partition %s of the caller', (partition) => {
  const place = (arn: string) => arn.replace('arn:aws:', `arn:${partition}:`);
  const principal = { ...stranger, roleArn: place(stranger.roleArn), sessionArn: place(stranger.sessionArn) };
  const decision = authorize({ ...assume, resource: place(TARGET), principal }, none);
  const mends = !decision.allowed && decision.kind === 'implicit deny' ? decision.mends : [];
  expect(mends.map(({ statement }) => statement.Principal)).toContainEqual({
    AWS: `arn:${partition}:iam::${PARENT}:root`,
  });
});

test('what an organization forbids is not for the account to mend', () => {
  const silent = policy('the control', { Effect: 'Allow', Action: 'sqs:*', Resource: '*' });
  const decision = authorize(get, { ...identity(read), scps: [[silent]] });
  expect(decision).toMatchObject({ kind: 'implicit deny', missing: ['scp'], mends: [] });
});

test.each([
  [
    'the value',
    get,
    identity({ ...read, Resource: 'arn:aws:s3:::<unresolved>/*' }),
    'statement 1 of inline policy "P" allows it or not, depending on "arn:aws:s3:::<unresolved>/*"',
  ],
  ['the policy', get, { identity: [unknownPolicy('it', 'identity')] }, 'the statements of it are not known'],
  [
    'the resource',
    { ...get, isResourceAssumed: true },
    identity({ ...read, Resource: 'arn:aws:s3:::others/*' }),
    `statement 1 of inline policy "P" allows it or not, depending on the ARN of the resource (assumed: ${OBJECT})`,
  ],
])('what is not known is named: %s', (_, request, policies, unknown) => {
  expect(authorize(request, policies)).toMatchObject({ kind: 'undecidable', unknowns: [unknown] });
});

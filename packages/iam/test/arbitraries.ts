import fc from 'fast-check';
import type { ApplicablePolicies } from '../src/applicable-policies.ts';
import type { PolicySource, StatementJson } from '../src/policy-document.ts';
import type { Principal } from '../src/principal.ts';
import type { AccessRequest, RequestContext } from '../src/request.ts';
import { CHILD, PARENT, policy, role, service } from './actors.ts';

// Few words, so that what is drawn twice often meets.
const often = <Item>(item: Item, ...others: readonly Item[]): fc.Arbitrary<Item> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(item) }, ...others.map((other) => fc.constant(other)));

const actions = often('s3:GetObject', 's3:PutObject', 'kms:Decrypt', 'sts:AssumeRole', 's3:FetchObject');
const resources = often(
  'arn:aws:s3:::winds/a',
  'arn:aws:s3:::winds/ada',
  `arn:aws:kms:us-east-1:${CHILD}:key/1`,
  `arn:aws:iam::${CHILD}:role/target`,
);
const accounts = often(CHILD, PARENT);

const callers: fc.Arbitrary<Principal> = accounts.chain((account) =>
  fc.constantFrom<Principal>(
    role('worker', account),
    { kind: 'user', userArn: `arn:aws:iam::${account}:user/ada`, account },
    { kind: 'root', rootArn: `arn:aws:iam::${account}:root`, account },
    { kind: 'federated user', sessionArn: `arn:aws:sts::${account}:federated-user/ada`, account },
    { kind: 'federated', provider: 'accounts.google.com' },
    service('states.amazonaws.com'),
    { kind: 'anonymous' },
  ),
);

const addresses = fc.constantFrom('10.1.2.3', '192.168.1.1', '2001:db8::1');

const contexts: fc.Arbitrary<RequestContext> = fc.record(
  {
    'aws:SourceIp': addresses,
    'aws:SecureTransport': fc.constantFrom('true', 'false'),
    'aws:TagKeys': fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 3 }),
    'aws:PrincipalTag/team': fc.constantFrom('wind', '*', 'ada'),
  },
  { requiredKeys: [] },
);

const quantified = fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:');
const ifExists = fc.constantFrom('', 'IfExists');
const texts = fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike');
const values = fc.constantFrom('a', 'w*', '${aws:username}', '${aws:PrincipalTag/team}', "${aws:userid, 'a'}", '${*}');
const textKeys = fc.constantFrom('aws:TagKeys', 'aws:PrincipalTag/team', 'aws:username', 'aws:userid', 'aws:Mood');

const conditions: fc.Arbitrary<NonNullable<StatementJson['Condition']>> = fc.oneof(
  fc
    .tuple(quantified, texts, ifExists, textKeys, fc.array(values, { minLength: 1, maxLength: 2 }))
    .map(([all, text, exists, key, expected]) => ({ [`${all}${text}${exists}`]: { [key]: expected } })),
  fc
    .tuple(fc.constantFrom('IpAddress', 'NotIpAddress'), ifExists, fc.constantFrom('10.0.0.0/8', '2001:db8::/32'))
    .map(([operator, exists, range]) => ({ [`${operator}${exists}`]: { 'aws:SourceIp': range } })),
  fc
    .tuple(fc.constantFrom('aws:SourceIp', 'aws:TagKeys', 'aws:Mood'), fc.boolean())
    .map(([key, absent]) => ({ Null: { [key]: absent } })),
  fc.constant({ Bool: { 'aws:SecureTransport': 'false' } }),
);

const named = fc.constantFrom<NonNullable<StatementJson['Principal']>>(
  '*',
  { AWS: CHILD },
  { AWS: [role('worker').roleArn, PARENT] },
  { AWS: role('worker').sessionArn },
  { AWS: `arn:aws:iam::${CHILD}:user/ada` },
  { Service: 'states.amazonaws.com' },
  { Federated: 'accounts.google.com' },
);

const targets = often('*', 'arn:aws:s3:::winds/*', 'arn:aws:s3:::winds/${aws:username}', 'arn:aws:kms:*:*:key/*');
const verbs = often('*', 's3:*', 's3:Get*', 'kms:Decrypt', 'sts:AssumeRole');

/** A statement of a policy that is attached to something, of one on a resource, or of a resource control policy. */
export const statements = (on: 'attached' | 'resource' | 'control'): fc.Arbitrary<StatementJson> =>
  fc
    .record({
      effect: often<'Allow' | 'Deny'>('Allow', 'Deny'),
      verb: verbs,
      target: targets,
      condition: fc.option(conditions, { nil: undefined, freq: 2 }),
      principal: named,
      isNot: fc.record({ action: rarely, resource: rarely, principal: rarely }),
    })
    .map(({ effect, verb, target, condition, principal, isNot }) => ({
      Effect: effect,
      [isNot.action && on !== 'control' ? 'NotAction' : 'Action']: verb,
      [isNot.resource ? 'NotResource' : 'Resource']: target,
      ...(condition && { Condition: condition }),
      ...(on === 'control' && { Principal: '*' as const }),
      ...(on === 'resource' && { [isNot.principal && effect === 'Deny' ? 'NotPrincipal' : 'Principal']: principal }),
    }));

const rarely = fc.integer({ min: 0, max: 5 }).map((number) => number === 0);

const source = (name: string, on: 'attached' | 'resource' | 'control' = 'attached'): fc.Arbitrary<PolicySource> =>
  fc.array(statements(on), { maxLength: 4 }).map((each) => policy(name, ...each));

/** Policies of every kind, some of them absent. */
export const policies: fc.Arbitrary<ApplicablePolicies> = fc.record(
  {
    identity: fc.array(source('identity'), { minLength: 1, maxLength: 2 }),
    resource: source('resource', 'resource'),
    boundary: source('boundary'),
    session: fc.array(source('session'), { minLength: 1, maxLength: 2 }),
    scps: fc.array(fc.array(source('scp'), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
    rcps: fc.array(fc.array(source('rcp', 'control'), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
  },
  { requiredKeys: ['identity'] },
);

/** Requests that such policies often speak of. */
export const requests: fc.Arbitrary<AccessRequest> = fc.record({
  principal: callers,
  action: actions,
  resource: resources,
  resourceAccount: accounts,
  context: contexts,
});

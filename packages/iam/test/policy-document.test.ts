import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import type { PolicyDocument } from '../src/policy-document.ts';
import { ask, CHILD } from './actors.ts';

const VALID = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

const ORIGIN_ACCESS_IDENTITY = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE';

/** Evaluates a document that came as JSON, whatever it holds. */
function decide(statement: object, type: 'identity' | 'resource' = 'identity', version = '2012-10-17') {
  const document = JSON.parse(JSON.stringify({ Version: version, Statement: statement })) as PolicyDocument;
  const source = { name: 'policy X', document };
  return authorize(ask('s3:GetObject', 'arn:aws:s3:::b/k'), {
    identity: type === 'identity' ? [source] : [],
    ...(type === 'resource' && { resource: source }),
  });
}

describe('a policy document', () => {
  test('may hold one statement without a list', () => {
    expect(decide(VALID).allowed).toBe(true);
  });

  test.each([
    ['an unknown element', { ...VALID, Resuorce: '*' }, 'Unrecognized key: "Resuorce"'],
    ['an unknown effect', { ...VALID, Effect: 'allow' }, 'Statement.0.Effect'],
    ['no action', { Effect: 'Allow', Resource: '*' }, 'needs either Action or NotAction'],
    ['Action and NotAction', { ...VALID, NotAction: 's3:*' }, 'needs either Action or NotAction'],
    ['no resource', { Effect: 'Allow', Action: 's3:GetObject' }, 'statement 1 of policy X: needs a Resource'],
    ['a resource that is no ARN', { ...VALID, Resource: 'bucket' }, '"bucket" is neither an ARN nor "*"'],
    ['an action without a service', { ...VALID, Action: 'GetObject' }, '"GetObject" is not an action'],
    ['a principal', { ...VALID, Principal: '*' }, 'has a Principal, which only resource policies may'],
    [
      'an unknown operator',
      { ...VALID, Sid: 'S', Condition: { StringEqual: { a: 'b' } } },
      'statement "S" of policy X: unknown condition operator "StringEqual"',
    ],
  ])('with %s is refused by name', (_, statement, message) => {
    expect(() => decide(statement)).toThrow(message);
  });

  test('with an unknown version is refused', () => {
    expect(() => decide(VALID, 'identity', '2012-10-18')).toThrow('Version');
  });

  test.each([
    ['no principal', VALID, 'needs a Principal'],
    [
      'a canonical user',
      { ...VALID, Principal: { CanonicalUser: 'x' } },
      'principal kind "CanonicalUser" is not supported',
    ],
    ['an unknown kind of principal', { ...VALID, Principal: { Aws: '*' } }, 'unknown principal kind "Aws"'],
    [
      'a wildcard within a service',
      { ...VALID, Principal: { Service: '*.amazonaws.com' } },
      'Service principal "*.amazonaws.com" may not have wildcards',
    ],
    [
      'a wildcard within a principal',
      { ...VALID, Principal: { AWS: `arn:aws:iam::${CHILD}:role/*` } },
      'is neither an account, a role, a session, a user nor "*"',
    ],
    ['NotPrincipal and Allow', { ...VALID, NotPrincipal: '*' }, 'combines NotPrincipal with Allow'],
  ])('on a resource with %s is refused by name', (_, statement, message) => {
    expect(() => decide(statement, 'resource')).toThrow(message);
  });

  test.each([
    ['a principal', { ...VALID, Principal: '*' }],
    ['no Resource, which is then its own', { Effect: 'Allow', Action: 's3:GetObject', Principal: '*' }],
    ['an identity provider beside the principal', { ...VALID, Principal: { AWS: '*', Federated: 'x' } }],
    ['an origin access identity beside it', { ...VALID, Principal: { AWS: ['*', ORIGIN_ACCESS_IDENTITY] } }],
  ])('on a resource with %s is accepted', (_, statement) => {
    expect(decide(statement, 'resource').allowed).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import type { PolicyDocument, StatementJson } from '../src/policy-document.ts';
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
    ['an empty list of actions', { ...VALID, Action: [] }, 'Statement.0.Action: expected at least one action'],
    ['an empty list of resources', { ...VALID, Resource: [] }, 'Statement.0.Resource: expected at least one resource'],
    [
      'an empty NotAction',
      { Effect: 'Allow', NotAction: [], Resource: '*' },
      'Statement.0.NotAction: expected at least one action',
    ],
    [
      'an empty NotResource',
      { Effect: 'Allow', Action: '*', NotResource: [] },
      'Statement.0.NotResource: expected at least one resource',
    ],
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
    [
      'of the element',
      '{"Effect":"Allow","Action":"s3:*","Resource":"*","__proto__":{}}',
      'Unrecognized key: "__proto__"',
    ],
    [
      'of an operator',
      '{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"__proto__":{"aws:SourceIp":"10.0.0.1"}}}',
      'unknown condition operator "__proto__"',
    ],
    [
      'of a kind of principal',
      '{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":{"AWS":"*","__proto__":"x"}}',
      'unknown principal kind "__proto__"',
    ],
  ])('with __proto__ as name %s is refused by that name', (_, text, message) => {
    const source = {
      name: 'policy X',
      document: { Version: '2012-10-17', Statement: JSON.parse(text) as StatementJson },
    };
    const isResource = text.includes('Principal');
    const policies = isResource ? { identity: [], resource: source } : { identity: [source] };
    expect(() => authorize(ask('s3:GetObject', 'arn:aws:s3:::b/k'), policies)).toThrow(message);
  });

  const NEITHER = 'must be "*", "root" or start with user/, federated-user/, role/';
  test.each([
    ['arn:aws:iam::123456789012:*/*', NEITHER],
    ['arn:aws:iam::123456789012:r*/worker', NEITHER],
    ['arn:aws:iam::123456789012:worker', NEITHER],
    ['arn:aws:iam::123456789012', NEITHER],
    ['arn:aws:iam:us-east-1:123456789012:role/worker', 'cannot contain a region'],
    ['arn:aws:iam:*:123456789012:role/worker', 'cannot contain a region'],
    ['arn:aws:s3:us-east-1:123456789012:bucket/key', 'cannot contain a region'],
    ['arn:aws:*:us-east-1:123456789012:queue', 'must be fully qualified and cannot contain wildcards'],
    ['arn:aws:s?s:us-east-1:123456789012:queue', 'must be fully qualified and cannot contain wildcards'],
    ['arn:aws', 'must be fully qualified and cannot contain wildcards'],
    ['arn:*', 'must be fully qualified and cannot contain wildcards'],
    ['arn::s3:::bucket', 'partition "" of'],
    ['arn:a*:s3:::bucket', 'partition "a*" of'],
  ])('with the resource %s is refused as IAM refuses it', (resource, message) => {
    expect(() => decide({ ...VALID, Resource: resource })).toThrow(message);
    expect(() => decide({ Effect: 'Deny', Action: '*', NotResource: resource })).toThrow(message);
  });

  test.each([
    'arn:aws:iam::123456789012:*',
    'arn:aws:iam::*:root',
    'arn:aws:iam::aws:policy/*',
    'arn:*:iam::123456789012:role/*/worker',
    'arn:aws:iam::123456789012:role/${aws:username}',
    'arn:aws:s3:*:123456789012:accesspoint/*',
    'arn:aws:s3:*:*:*',
    'arn:aws:s3:::*/key',
    'arn:aws:sqs:*:*:*',
    'arn:aws:sqs',
    'arn:aws-us-gov:sqs:us-gov-west-1:123456789012:queue',
  ])('with the resource %s is accepted', (resource) => {
    expect(() => decide({ ...VALID, Resource: resource })).not.toThrow();
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

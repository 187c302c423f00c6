import { describe, expect, test } from 'vitest';
import { canonicalRequest, type SignedParts } from '../../src/signatures/canonical-request.ts';
import { isSame, sha256, signatureOf, signingKey, stringToSign } from '../../src/signatures/signature.ts';

/** Keys of AWS's own examples. The one for S3 has a slash where the other has a plus. */
const secretOfS3 = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const secretOfSuite = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const nothing = sha256('');

const parts = (rest: Partial<SignedParts>): SignedParts => ({
  method: 'GET',
  url: '/',
  headers: { host: ['example.amazonaws.com'], 'x-amz-date': ['20150830T123600Z'] },
  signedHeaders: ['host', 'x-amz-date'],
  payloadHash: nothing,
  ...rest,
});

const ofS3 = (rest: Partial<SignedParts>): SignedParts =>
  parts({
    ...rest,
    headers: { host: ['examplebucket.s3.amazonaws.com'], 'x-amz-date': ['20130524T000000Z'], ...rest.headers },
    signedHeaders: ['host', 'x-amz-date', ...Object.keys(rest.headers ?? {})],
  });

describe('the signature of a request is the one that AWS publishes', () => {
  test.each([
    ['get-vanilla', parts({}), '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      parts({ url: '/?Param2=value2&Param1=value1' }),
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    ['post-vanilla', parts({ method: 'POST' }), '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ])('in its test suite: %s', (_, signed, expected) => {
    const scope = { date: '20150830', region: 'us-east-1', service: 'service' };
    const text = stringToSign('20150830T123600Z', scope, canonicalRequest(signed, 'service'));
    expect(signatureOf(signingKey(secretOfSuite, scope), text)).toBe(expected);
  });

  test.each([
    [
      'GetObject with a range',
      ofS3({ url: '/test.txt', headers: { range: ['bytes=0-9'], 'x-amz-content-sha256': [nothing] } }),
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'GetBucketLifecycle',
      ofS3({ url: '/?lifecycle', headers: { 'x-amz-content-sha256': [nothing] } }),
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'ListObjects',
      ofS3({ url: '/?max-keys=2&prefix=J', headers: { 'x-amz-content-sha256': [nothing] } }),
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ])('in the examples of S3: %s', (_, signed, expected) => {
    const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
    const text = stringToSign('20130524T000000Z', scope, canonicalRequest(signed, 's3'));
    expect(signatureOf(signingKey(secretOfS3, scope), text)).toBe(expected);
  });
});

describe('a request is signed', () => {
  const lines = (rest: Partial<SignedParts>, service: string): readonly string[] =>
    canonicalRequest(parts(rest), service).split('\n');

  test.each([
    ['s3', '/a%20b/%C3%A4', '/a%20b/%C3%A4'],
    ['s3', '/a//b/../c', '/a//b/../c'],
    ['s3', "/a(1)~'x'", '/a%281%29~%27x%27'],
    ['s3', '/a%2Fb', '/a%2Fb'],
    ['s3', '/broken%', '/broken%'],
    ['lambda', '/functions/arn%3Aaws/invocations', '/functions/arn%253Aaws/invocations'],
    ['lambda', '/a//b/./c/../d/', '/a/b/d/'],
    ['lambda', '/..', '/'],
  ])('for %s, with the path %s as %s', (service, url, path) => {
    expect(lines({ url }, service)[1]).toBe(path);
  });

  test.each([
    ['/?b=2&a=1', 'a=1&b=2'],
    ['/?a=2&a=1&a', 'a=&a=1&a=2'],
    ['/?uploads', 'uploads='],
    ['/?prefix=a%2fb&x=%7E', 'prefix=a%2Fb&x=~'],
    ['/?a=b=c&&', 'a=b%3Dc'],
    ['/?', ''],
    ['/', ''],
  ])('with the query of %s as %j', (url, query) => {
    expect(lines({ url }, 's3')[2]).toBe(query);
  });

  test('with its headers sorted, trimmed, and their values together', () => {
    const headers = { host: [' example  com '], 'x-amz-date': ['1', ' 2'], accept: ['any'] };
    const signedHeaders = ['x-amz-date', 'host'];
    expect(lines({ headers, signedHeaders }, 's3').slice(3)).toEqual([
      'host:example com',
      'x-amz-date:1,2',
      '',
      'host;x-amz-date',
      nothing,
    ]);
  });
});

test.each([
  ['ab', 'ab', true],
  ['ab', 'ac', false],
  ['ab', 'abc', false],
  ['', 'ä', false],
])('%j is the same as %j: %s', (one, other, same) => {
  expect(isSame(one, other)).toBe(same);
});

import { describe, expect, test } from 'vitest';
import { authorizationOf, signedFor } from '../../src/signatures/authorization.ts';

const credential = 'ASIA1/20260102/eu-west-1/sts/aws4_request';
const complete = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=ab12`;

describe('the header Authorization', () => {
  test.each([
    ['as the SDKs write it', complete],
    ['without spaces after the commas', complete.replaceAll(', ', ',')],
    ['in another order', `AWS4-HMAC-SHA256 Signature=ab12, SignedHeaders=host;x-amz-date, Credential=${credential}`],
  ])('is read %s', (_, header) => {
    expect(authorizationOf(header)).toEqual({
      accessKeyId: 'ASIA1',
      date: '20260102',
      region: 'eu-west-1',
      service: 'sts',
      signedHeaders: ['host', 'x-amz-date'],
      signature: 'ab12',
    });
  });

  test.each([
    ['of another kind', 'Basic dTpw', 'Please use AWS4-HMAC-SHA256'],
    ['of the older version', 'AWS AKIA1:c2lnbmF0dXJl', 'Please use AWS4-HMAC-SHA256'],
    ['that is empty', '', 'Please use AWS4-HMAC-SHA256'],
    ['without a signature', complete.replace('Signature=ab12', ''), "requires 'Signature' parameter"],
    ['without headers', complete.replace('SignedHeaders=host;x-amz-date', ''), "requires 'SignedHeaders' parameter"],
    ['with an empty credential', complete.replace(credential, ''), "requires 'Credential' parameter"],
    ['whose credential has no scope', complete.replace(credential, 'ASIA1'), 'exactly 5 slash-delimited elements'],
    ['whose credential goes on', complete.replace(credential, `${credential}/more`), 'exactly 5 slash-delimited'],
    ['whose credential has no region', complete.replace('eu-west-1', ''), 'exactly 5 slash-delimited elements'],
    ['that ends otherwise', complete.replace('aws4_request', 'aws5_request'), 'exactly 5 slash-delimited elements'],
  ])('is refused %s, and what is missing is said', (_, header, message) => {
    expect(authorizationOf(header)).toEqual({ missing: expect.stringContaining(message) as string });
  });

  test('tells for which service a request is signed, if it is', () => {
    expect(signedFor({ headers: { authorization: complete } })).toBe('sts');
    expect(signedFor({ headers: { authorization: 'Basic dTpw' } })).toBeUndefined();
    expect(signedFor({ headers: {} })).toBeUndefined();
  });
});

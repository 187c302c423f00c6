import { describe, expect, test } from 'vitest';
import { operationName } from '../../src/s3/operation-name.ts';

const named = (method: string, key: string, query: string): string =>
  operationName({
    method,
    bucket: 'winds',
    key,
    query: new URLSearchParams(query),
    header: () => undefined,
    headerNames: [],
  });

describe('a query parameter', () => {
  test.each([
    ['POST', '', 'delete', 'DeleteObjects'],
    ['POST', 'a', 'uploads', 'CreateMultipartUpload'],
    ['GET', '', 'uploads', 'ListMultipartUploads'],
    ['GET', 'a', 'uploadId=1', 'ListParts'],
  ])('names an operation: %s %s ?%s is %s', (method, key, query, name) => {
    expect(named(method, key, query)).toBe(name);
  });

  test.each([
    ['POST', 'a', 'delete', 'POST of an object'],
    ['POST', '', 'uploads', 'POST ?uploads'],
    ['GET', 'a', 'versions', 'GetObject'],
  ])('of buckets names none of objects, and the other way round: %s %s ?%s is %s', (method, key, query, name) => {
    expect(named(method, key, query)).toBe(name);
  });
});

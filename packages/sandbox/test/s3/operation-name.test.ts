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
    ['GET', 'a', 'tagging', 'GetObjectTagging'],
    ['PUT', 'a', 'tagging', 'PutObjectTagging'],
    ['DELETE', 'a', 'tagging', 'DeleteObjectTagging'],
    ['GET', 'a', 'attributes', 'GetObjectAttributes'],
    ['POST', 'a', 'restore', 'RestoreObject'],
    ['GET', '', 'location', 'GetBucketLocation'],
    ['GET', '', 'versioning', 'GetBucketVersioning'],
    ['PUT', '', 'policy', 'PutBucketPolicy'],
    ['GET', '', 'lifecycle', 'GetBucketLifecycleConfiguration'],
    ['DELETE', '', 'lifecycle', 'DeleteBucketLifecycle'],
    ['GET', '', 'inventory', 'ListBucketInventoryConfigurations'],
    ['GET', '', 'inventory&id=1', 'GetBucketInventoryConfiguration'],
    ['DELETE', '', 'publicAccessBlock', 'DeletePublicAccessBlock'],
  ])('names an operation: %s %s ?%s is %s', (method, key, query, name) => {
    expect(named(method, key, query)).toBe(name);
  });

  test.each([
    ['POST', 'a', 'delete', 'POST of an object'],
    ['POST', '', 'uploads', 'POST ?uploads'],
    ['GET', 'a', 'versions', 'GetObject'],
    ['GET', 'a', 'policy', 'GetObject'],
    ['GET', '', 'torrent', 'GET ?torrent'],
    ['GET', '', 'constructor', 'GET ?constructor'],
  ])('of buckets names none of objects, and the other way round: %s %s ?%s is %s', (method, key, query, name) => {
    expect(named(method, key, query)).toBe(name);
  });
});

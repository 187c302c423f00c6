import { etagOf, type StoredObject } from './bucket.ts';
import { MAX_KEYS, type ListQuery } from './list-objects.ts';
import type { ObjectPage } from './object-storage.ts';
import { answer, answerXml } from './s3-answer.ts';
import { S3Error } from './s3-error.ts';
import type { Operation } from './s3-operation.ts';
import type { S3Request } from './s3-request.ts';
import { element, leaf, xmlDocument } from './xml.ts';

/** HeadBucket. */
export const headBucket: Operation = {
  parameters: [],
  headers: [],
  run: ({ storage, caller, request, response }) => {
    const { region } = storage.headBucket(caller, request.bucket);
    answer(response, 200, { 'x-amz-bucket-region': region });
  },
};

/** ListObjectsV2. */
export const listObjectsV2: Operation = {
  parameters: ['list-type', 'prefix', 'delimiter', 'start-after', 'continuation-token', 'max-keys', 'encoding-type'],
  headers: [],
  run: ({ storage, caller, request, response }) => {
    const query = listQuery(request);
    const page = storage.list(caller, request.bucket, query);
    answerXml(response, listResult(request, query, page));
  },
};

function listQuery({ query }: S3Request): ListQuery {
  const maxKeys = query.get('max-keys') ?? String(MAX_KEYS);
  if (!/^\d+$/.test(maxKeys))
    throw new S3Error('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? undefined,
    startAfter: query.get('start-after') ?? undefined,
    continuationToken: query.get('continuation-token') ?? undefined,
    maxKeys: Number(maxKeys),
  };
}

function listResult({ bucket, query }: S3Request, list: ListQuery, page: ObjectPage): string {
  const asUrl = query.get('encoding-type') === 'url';
  const name = (text: string) => (asUrl ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
  const optional = (tag: string, value: string | undefined) => (value === undefined ? '' : leaf(tag, value));
  return xmlDocument(
    'ListBucketResult',
    leaf('Name', bucket),
    leaf('Prefix', name(list.prefix ?? '')),
    leaf('KeyCount', page.objects.length + page.commonPrefixes.length),
    leaf('MaxKeys', Math.min(list.maxKeys ?? MAX_KEYS, MAX_KEYS)),
    leaf('IsTruncated', page.isTruncated),
    optional('Delimiter', list.delimiter && name(list.delimiter)),
    optional('StartAfter', list.startAfter && name(list.startAfter)),
    optional('ContinuationToken', list.continuationToken),
    optional('NextContinuationToken', page.nextContinuationToken),
    optional('EncodingType', asUrl ? 'url' : undefined),
    ...page.objects.map((object) => contents(object, name)),
    ...page.commonPrefixes.map((prefix) => element('CommonPrefixes', leaf('Prefix', name(prefix)))),
  );
}

const contents = (object: StoredObject, name: (key: string) => string): string =>
  element(
    'Contents',
    leaf('Key', name(object.key)),
    leaf('LastModified', new Date(object.lastModified).toISOString()),
    leaf('ETag', etagOf(object)),
    leaf('Size', object.size),
    leaf('StorageClass', 'STANDARD'),
  );

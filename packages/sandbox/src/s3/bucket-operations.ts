import { createHash } from 'node:crypto';
import { element, leaf } from '../xml.ts';
import { etagOf, type StoredObject } from './bucket.ts';
import { MAX_KEYS, type ListQuery, tokenAfter } from './list-objects.ts';
import type { ObjectPage } from './object-storage.ts';
import { answer, answerXml } from './s3-answer.ts';
import { S3Error } from './s3-error.ts';
import type { Operation } from './s3-operation.ts';
import { parameterOf, type S3Request } from './s3-request.ts';
import { compareKeys } from './sorted-keys.ts';
import { xmlDocument } from './xml.ts';

/** ListBuckets: of the caller's account. */
export const listBuckets: Operation = {
  parameters: ['max-buckets', 'prefix', 'continuation-token', 'bucket-region'],
  headers: [],
  run: ({ storage, caller, request, response }) => {
    const after = parameterOf(request, 'continuation-token') ?? '';
    const most = Number(parameterOf(request, 'max-buckets') ?? 10_000);
    const prefix = parameterOf(request, 'prefix') ?? '';
    const region = parameterOf(request, 'bucket-region');
    const later = storage
      .listBuckets(caller)
      .filter((bucket) => bucket.name > after && bucket.name.startsWith(prefix))
      .filter((bucket) => region === undefined || bucket.region === region);
    const page = later.slice(0, most);
    const owner = 'account' in caller ? createHash('sha256').update(caller.account).digest('hex') : '';
    const next = later.length > page.length ? [leaf('ContinuationToken', page.at(-1)?.name ?? '')] : [];
    const buckets = page.map(({ name, createdAt, region: place }) =>
      element(
        'Bucket',
        leaf('Name', name),
        leaf('CreationDate', new Date(createdAt).toISOString()),
        leaf('BucketRegion', place),
      ),
    );
    answerXml(
      response,
      xmlDocument(
        'ListAllMyBucketsResult',
        element('Owner', leaf('ID', owner)),
        element('Buckets', ...buckets),
        ...next,
      ),
    );
  },
};

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

/** ListObjects, the first version: pages begin after a key, or after a common prefix. */
export const listObjects: Operation = {
  parameters: ['prefix', 'delimiter', 'marker', 'max-keys', 'encoding-type'],
  headers: [],
  run: ({ storage, caller, request, response }) => {
    const marker = request.query.get('marker') ?? '';
    const list = listQuery(request);
    const isGroup = Boolean(list.delimiter) && marker.endsWith(list.delimiter ?? '');
    const continuationToken = marker === '' ? undefined : tokenAfter(isGroup ? 'prefix' : 'key', marker);
    const page = storage.list(caller, request.bucket, { ...list, continuationToken });
    const last = [page.objects.at(-1)?.key ?? '', page.commonPrefixes.at(-1) ?? ''].sort(compareKeys).at(-1) ?? '';
    answerXml(
      response,
      listed(request, list, page, (name) => [
        leaf('Marker', name(marker)),
        ...(page.isTruncated ? [leaf('NextMarker', name(last))] : []),
      ]),
    );
  },
};

export function listQuery(request: S3Request): ListQuery {
  const maxKeys = parameterOf(request, 'max-keys') ?? String(MAX_KEYS);
  if (!/^\d+$/.test(maxKeys))
    throw new S3Error('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  return {
    prefix: parameterOf(request, 'prefix') ?? '',
    delimiter: parameterOf(request, 'delimiter'),
    startAfter: parameterOf(request, 'start-after'),
    continuationToken: parameterOf(request, 'continuation-token'),
    maxKeys: Number(maxKeys),
  };
}

function listResult(request: S3Request, list: ListQuery, page: ObjectPage): string {
  const optional = (tag: string, value: string | undefined) => (value === undefined ? [] : [leaf(tag, value)]);
  return listed(request, list, page, (name) => [
    leaf('KeyCount', page.objects.length + page.commonPrefixes.length),
    ...optional('StartAfter', list.startAfter && name(list.startAfter)),
    ...optional('ContinuationToken', list.continuationToken),
    ...optional('NextContinuationToken', page.nextContinuationToken),
  ]);
}

/** Answer of a list operation: the elements that both versions share, and those that `own` adds. */
function listed(
  request: S3Request,
  list: ListQuery,
  page: ObjectPage,
  own: (name: Naming) => readonly string[],
): string {
  const name = naming(request);
  return xmlDocument(
    'ListBucketResult',
    ...listHead(request, list, page),
    ...own(name),
    ...page.objects.map((object) => item('Contents', object, name)),
    ...commonPrefixes(page, name),
  );
}

/** Form of a name in an answer: itself, or encoded as in a URL. */
export type Naming = (text: string) => string;

export const naming = ({ query }: S3Request): Naming =>
  query.get('encoding-type') === 'url' ? (text) => encodeURIComponent(text).replaceAll('%2F', '/') : (text) => text;

/** The elements that every list begins with. */
export function listHead(
  request: S3Request,
  list: ListQuery,
  page: Pick<ObjectPage, 'isTruncated'>,
): readonly string[] {
  const name = naming(request);
  return [
    leaf('Name', request.bucket),
    leaf('Prefix', name(list.prefix ?? '')),
    leaf('MaxKeys', Math.min(list.maxKeys ?? MAX_KEYS, MAX_KEYS)),
    leaf('IsTruncated', page.isTruncated),
    ...(list.delimiter === undefined ? [] : [leaf('Delimiter', name(list.delimiter))]),
    ...(request.query.get('encoding-type') === 'url' ? [leaf('EncodingType', 'url')] : []),
  ];
}

export const commonPrefixes = (page: Pick<ObjectPage, 'commonPrefixes'>, name: Naming): readonly string[] =>
  page.commonPrefixes.map((prefix) => element('CommonPrefixes', leaf('Prefix', name(prefix))));

/** An object in a list, with elements of its own after the key. */
export const item = (tag: string, object: StoredObject, name: Naming, ...own: readonly string[]): string =>
  element(
    tag,
    leaf('Key', name(object.key)),
    ...own,
    leaf('LastModified', new Date(object.lastModified).toISOString()),
    leaf('ETag', etagOf(object)),
    leaf('Size', object.size),
    leaf('StorageClass', 'STANDARD'),
  );

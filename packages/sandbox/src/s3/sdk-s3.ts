import { etagOf, type StoredObject } from './bucket.ts';
import { isAwsManaged } from './encryption.ts';
import { MAX_KEYS } from './list-objects.ts';
import type { ObjectAddress } from './object-address.ts';
import type { FoundObject, ObjectStorage } from './object-storage.ts';
import { S3Error } from './s3-error.ts';
import { copySource } from './s3-request.ts';
import { isMarker, versionIdOf, versioningOf } from './versions.ts';
import { defined, type JsonObject } from '@crosswind/aws/json';
import type { TaskCall } from '../tasks/integration.ts';
import { type SdkFailure, type SdkOperation, asText, exceptionName } from '../tasks/sdk-call.ts';

const listObjectsV2: SdkOperation<ObjectStorage> = {
  arguments: ['Bucket', 'Prefix', 'Delimiter', 'ContinuationToken', 'MaxKeys', 'StartAfter'],
  run: (storage, call) => {
    const Name = text(call, 'Bucket') ?? '';
    const [prefix, delimiter] = [text(call, 'Prefix'), text(call, 'Delimiter')];
    const [continuationToken, startAfter] = [text(call, 'ContinuationToken'), text(call, 'StartAfter')];
    const { MaxKeys } = call.arguments;
    const maxKeys = typeof MaxKeys === 'number' ? MaxKeys : MAX_KEYS;
    const query = { prefix, delimiter, continuationToken, startAfter, maxKeys };
    const { objects, commonPrefixes, isTruncated, nextContinuationToken } = storage.list(call.principal, Name, query);
    return defined({
      CommonPrefixes: commonPrefixes.length > 0 ? commonPrefixes.map((Prefix) => ({ Prefix })) : undefined,
      Contents: objects.length > 0 ? objects.map(listed) : undefined,
      ContinuationToken: continuationToken,
      Delimiter: delimiter,
      IsTruncated: isTruncated,
      KeyCount: objects.length + commonPrefixes.length,
      MaxKeys: maxKeys,
      Name,
      NextContinuationToken: nextContinuationToken,
      Prefix: prefix ?? '',
      StartAfter: startAfter,
    });
  },
};

const listed = (object: StoredObject): JsonObject => ({
  ETag: etagOf(object),
  Key: object.key,
  LastModified: moment(object.lastModified),
  Size: object.size,
  StorageClass: 'STANDARD',
});

const getObject: SdkOperation<ObjectStorage> = {
  arguments: ['Bucket', 'Key', 'Range', 'VersionId'],
  run: async (storage, call) => {
    const found = storage.get(call.principal, address(call), text(call, 'Range'));
    const { object, range, bytes } = found;
    return defined({
      ...described(found),
      ...(range && {
        ContentLength: range.last - range.first + 1,
        ContentRange: `bytes ${range.first}-${range.last}/${object.size}`,
      }),
      Body: (await bytes()).toString(),
    });
  },
};

const headObject: SdkOperation<ObjectStorage> = {
  arguments: ['Bucket', 'Key', 'VersionId'],
  run: (storage, call) => {
    return described(storage.head(call.principal, address(call)));
  },
};

const putObject: SdkOperation<ObjectStorage> = {
  arguments: ['Bucket', 'Key', 'Body', 'ContentType'],
  run: async (storage, call) => {
    const { Body } = call.arguments;
    const type = text(call, 'ContentType') ?? 'text/plain; charset=UTF-8';
    const to = address(call);
    const object = await storage.put(call.principal, {
      ...to,
      // A text, too, is stored as JSON, with its quotation marks, as recorded.
      body: Buffer.from(Body === undefined ? '' : JSON.stringify(Body)),
      headers: { 'content-type': type },
    });
    return defined({
      ChecksumCRC32: object.digest?.checksum.value,
      ChecksumType: 'FULL_OBJECT',
      ETag: etagOf(object),
      ...encryption(object),
      VersionId: object.versionId,
    });
  },
};

const copyObject: SdkOperation<ObjectStorage> = {
  arguments: ['Bucket', 'Key', 'CopySource'],
  run: async (storage, call) => {
    const to = address(call);
    const source = copySource(text(call, 'CopySource') ?? '');
    const object = await storage.copy(call.principal, { ...to, source });
    return defined({
      CopyObjectResult: { ETag: etagOf(object), LastModified: moment(object.lastModified) },
      ...encryption(object),
      VersionId: object.versionId,
    });
  },
};

const deleteObject: SdkOperation<ObjectStorage> = {
  arguments: ['Bucket', 'Key', 'VersionId'],
  run: async (storage, call) => {
    const to = address(call);
    const version = await storage.delete(call.principal, to);
    return defined({
      DeleteMarker: isMarker(version) || undefined,
      VersionId: to.versionId ?? (version && versionIdOf(version)),
    });
  },
};

/** `aws-sdk:s3:…`, by the object storage that answers over HTTP as well. */
export const sdkS3: ReadonlyMap<string, SdkOperation<ObjectStorage>> = new Map(
  Object.entries({ listObjectsV2, getObject, headObject, putObject, copyObject, deleteObject }),
);

/** Errors that S3 models; all others are its own exception. */
const modelled = ['NoSuchBucket', 'NoSuchKey', 'NoSuchUpload', 'BucketAlreadyExists', 'BucketAlreadyOwnedByYou'];

/** The words of AWS, as recorded. */
export const s3Failure = (error: unknown): SdkFailure | undefined =>
  error instanceof S3Error
    ? {
        error: exceptionName('S3', error.code, modelled.includes(error.code)),
        cause: `${error.message} (Service: S3, Status Code: ${error.status}, Request ID: simulated, Extended Request ID: simulated)`,
      }
    : undefined;

/** Fields of an object in the answers of GetObject and HeadObject. */
const described = ({ object, bucket }: FoundObject): JsonObject => ({
  AcceptRanges: 'bytes',
  ContentLength: object.size,
  ContentType: object.headers['content-type'] ?? 'binary/octet-stream',
  ETag: etagOf(object),
  LastModified: moment(object.lastModified),
  Metadata: metadataOf(object),
  ...encryption(object),
  ...(versioningOf(bucket) !== undefined && { VersionId: versionIdOf(object) }),
});

const metadataOf = ({ headers }: StoredObject): JsonObject =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), value]] : [],
    ),
  );

function encryption({ encryption: used }: StoredObject): JsonObject {
  if (used === undefined) return { ServerSideEncryption: 'AES256' };
  const { kmsKeyArn, bucketKey } = used;
  return {
    ServerSideEncryption: 'aws:kms',
    ...(!isAwsManaged(used) && { SSEKMSKeyId: kmsKeyArn }),
    ...(bucketKey && { BucketKeyEnabled: true }),
  };
}

/** S3 knows whole seconds. */
const moment = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

const text = ({ arguments: given }: TaskCall, field: string): string | undefined => {
  const value = given[field];
  return value === undefined || value === null ? undefined : asText(value);
};

const address = (call: TaskCall): ObjectAddress => ({
  bucket: text(call, 'Bucket') ?? '',
  key: text(call, 'Key') ?? '',
  versionId: text(call, 'VersionId'),
});

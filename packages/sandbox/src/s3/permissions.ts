import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest, RequestContext } from '@crosswind/iam/request';
import { bucketArn, objectArn, type Bucket, type ObjectTags } from './bucket.ts';
import { type Encryption, isAwsManaged, type WriteEncryption } from './encryption.ts';
import type { ListQuery } from './list-objects.ts';
import type { WriteConditions } from './write-conditions.ts';

/** Loopback counts as TLS: the sandbox has no certificates, and what it stands for is always called over TLS. */
const secure = { 'aws:SecureTransport': 'true' };

/** Object that a permission is about. */
export interface Target {
  readonly key: string;
  /** Version id that a request names. */
  readonly versionId?: string;
  /** Tags that the object has. */
  readonly tags?: ObjectTags;
}

/** The permissions that reading an object takes, or a version of it by its id (AWS: "Required permissions for Amazon S3 API operations"). */
export const toRead = (
  caller: Principal,
  bucket: Bucket,
  target: Target,
  encryption: Encryption | undefined,
): readonly AccessRequest[] => [
  onVersion(caller, target.versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', bucket, target),
  ...onKey(caller, 'kms:Decrypt', bucket, target.key, encryption),
];

/** The permission that reading, writing or deleting an object's tags takes, or those of a version by its id. */
export const toTags = (
  verb: 'Get' | 'Put' | 'Delete',
  caller: Principal,
  bucket: Bucket,
  target: Target,
  written?: ObjectTags,
): AccessRequest => {
  const kind = target.versionId === undefined ? 'Object' : 'ObjectVersion';
  const asked = onVersion(caller, `s3:${verb}${kind}Tagging`, bucket, target);
  return { ...asked, context: { ...asked.context, ...requestedTags(written) } };
};

/** The permissions that writing an object takes; on condition of its ETag one to read it, too. */
export const toWrite = (
  caller: Principal,
  bucket: Bucket,
  key: string,
  writing: WriteEncryption,
  conditions: WriteConditions = {},
  tags?: ObjectTags,
): readonly AccessRequest[] => [
  ...(conditions.ifMatch === undefined ? [] : [onObject(caller, 's3:GetObject', bucket, key)]),
  ...toPut(caller, bucket, key, writing, ofCreation(conditions), tags),
];

/** The permissions that beginning an upload in parts takes. */
export const toBegin = (
  caller: Principal,
  bucket: Bucket,
  key: string,
  writing: WriteEncryption,
  tags?: ObjectTags,
): readonly AccessRequest[] => toPut(caller, bucket, key, writing, { 's3:ObjectCreationOperation': 'false' }, tags);

/** The permissions that uploading a part takes: S3 also reads what it has encrypted. */
export const toWritePart = (
  caller: Principal,
  bucket: Bucket,
  key: string,
  writing: WriteEncryption,
): readonly AccessRequest[] => [
  ...toBegin(caller, bucket, key, writing),
  ...onKey(caller, 'kms:Decrypt', bucket, key, writing.encryption),
];

/** The permissions that putting the parts together takes. */
export const toComplete = (...write: Parameters<typeof toWrite>): readonly AccessRequest[] => {
  const [caller, bucket, key, { encryption }] = write;
  return [...toWrite(...write), ...onKey(caller, 'kms:Decrypt', bucket, key, encryption)];
};

/** Condition keys of policies that enforce conditional writes (AWS: "Enforce conditional writes on Amazon S3 buckets"). */
const ofCreation = ({ ifMatch, ifNoneMatch }: WriteConditions): RequestContext => ({
  's3:ObjectCreationOperation': 'true',
  ...(ifMatch !== undefined && { 's3:if-match': ifMatch }),
  ...(ifNoneMatch && { 's3:if-none-match': '*' }),
});

const toPut = (
  caller: Principal,
  bucket: Bucket,
  key: string,
  { encryption, context }: WriteEncryption,
  of: RequestContext,
  tags: ObjectTags | undefined,
): readonly AccessRequest[] => {
  const put = onObject(caller, 's3:PutObject', bucket, key);
  return [
    { ...put, context: { ...put.context, ...context, ...of, ...requestedTags(tags) } },
    ...(tags !== undefined && tags.size > 0 ? [toTags('Put', caller, bucket, { key }, tags)] : []),
    ...onKey(caller, 'kms:GenerateDataKey', bucket, key, encryption),
  ];
};

/** Condition keys of the tags that a request writes. */
const requestedTags = (tags: ObjectTags = new Map()): RequestContext => ({
  ...Object.fromEntries([...tags].map(([key, value]) => [`s3:RequestObjectTag/${key}`, value])),
  ...(tags.size > 0 && { 's3:RequestObjectTagKeys': [...tags.keys()] }),
});

/** The permission that giving up an upload in parts takes. */
export const toAbort = (caller: Principal, bucket: Bucket, key: string): AccessRequest =>
  onObject(caller, 's3:AbortMultipartUpload', bucket, key);

/** The permission that listing the parts of an upload takes. */
export const toListParts = (caller: Principal, bucket: Bucket, key: string): AccessRequest =>
  onObject(caller, 's3:ListMultipartUploadParts', bucket, key);

/** The permission that an operation on the bucket itself takes. */
export const onBucket = (caller: Principal, action: string, bucket: Bucket): AccessRequest =>
  request(caller, action, bucket, bucketArn(bucket));

/** The permission that listing the buckets of one's own account takes. */
export const toListBuckets = (principal: Principal, account: string): AccessRequest => ({
  principal,
  action: 's3:ListAllMyBuckets',
  resource: '*',
  resourceAccount: account,
  context: secure,
});

/** The permission that deleting an object takes, or a version of it by its id. */
export const toDelete = (caller: Principal, bucket: Bucket, { key, versionId }: Target): AccessRequest =>
  onVersion(caller, versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', bucket, { key, versionId });

/** The permission that listing takes, and learning that a key or bucket is there. */
export const toList = (
  caller: Principal,
  bucket: Bucket,
  query: Pick<ListQuery, 'prefix' | 'delimiter' | 'maxKeys'> = {},
  action: 's3:ListBucket' | 's3:ListBucketVersions' = 's3:ListBucket',
): AccessRequest => ({
  ...request(caller, action, bucket, bucketArn(bucket)),
  context: {
    ...ofBucket(bucket),
    ...(query.prefix !== undefined && { 's3:prefix': query.prefix }),
    ...(query.delimiter !== undefined && { 's3:delimiter': query.delimiter }),
    ...(query.maxKeys !== undefined && { 's3:max-keys': String(query.maxKeys) }),
  },
});

const onObject = (caller: Principal, action: string, bucket: Bucket, key: string): AccessRequest =>
  request(caller, action, bucket, objectArn(bucket, key));

/** A permission on an object, or on a version of it, with what conditions may ask of them. */
function onVersion(caller: Principal, action: string, bucket: Bucket, target: Target): AccessRequest {
  const { key, versionId, tags = new Map<string, string>() } = target;
  const asked = onObject(caller, action, bucket, key);
  const context = {
    ...asked.context,
    ...(versionId !== undefined && { 's3:versionid': versionId }),
    ...Object.fromEntries([...tags].map(([name, value]) => [`s3:ExistingObjectTag/${name}`, value])),
  };
  return { ...asked, context };
}

const request = (principal: Principal, action: string, bucket: Bucket, resource: string): AccessRequest => ({
  principal,
  action,
  resource,
  resourceAccount: bucket.account,
  context: ofBucket(bucket),
});

const ofBucket = ({ account, region }: Bucket): RequestContext => ({
  ...secure,
  'aws:RequestedRegion': region,
  's3:ResourceAccount': account,
});

/**
 * Requests of S3 to KMS in the caller's name (AWS: "Using server-side encryption with AWS KMS keys", encryption
 * context).
 */
function onKey(
  caller: Principal,
  action: string,
  bucket: Bucket,
  key: string,
  encryption: Encryption | undefined,
): readonly AccessRequest[] {
  const { region } = bucket;
  if (encryption === undefined) return [];
  const isOfCaller = caller.kind === 'role' && caller.account === encryption.kmsKeyAccount;
  if (isAwsManaged(encryption) && isOfCaller) return [];
  const context = {
    ...secure,
    'aws:RequestedRegion': region,
    'kms:ViaService': `s3.${region}.amazonaws.com`,
    'kms:EncryptionContext:aws:s3:arn': encryption.bucketKey ? bucketArn(bucket) : objectArn(bucket, key),
    'kms:EncryptionContextKeys': ['aws:s3:arn'],
    ...(caller.kind === 'role' && { 'kms:CallerAccount': caller.account }),
  };
  const { kmsKeyArn, kmsKeyAccount } = encryption;
  return [{ principal: caller, action, resource: kmsKeyArn, resourceAccount: kmsKeyAccount, context }];
}

import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest, RequestContext } from '@crosswind/iam/request';
import { bucketArn, objectArn, type Bucket } from './bucket.ts';
import { type Encryption, isAwsManaged, type WriteEncryption } from './encryption.ts';
import type { ListQuery } from './list-objects.ts';
import type { WriteConditions } from './write-conditions.ts';

/** Loopback counts as TLS: the sandbox has no certificates, and what it stands for is always called over TLS. */
const secure = { 'aws:SecureTransport': 'true' };

/** The permissions that reading an object takes (AWS: "Required permissions for Amazon S3 API operations"). */
export const toRead = (
  caller: Principal,
  bucket: Bucket,
  key: string,
  encryption: Encryption | undefined,
): readonly AccessRequest[] => [
  onObject(caller, 's3:GetObject', bucket, key),
  ...onKey(caller, 'kms:Decrypt', bucket, key, encryption),
];

/** The permission that reading an object's tags takes. */
export const toReadTags = (caller: Principal, bucket: Bucket, key: string): AccessRequest =>
  onObject(caller, 's3:GetObjectTagging', bucket, key);

/** The permissions that writing an object takes; on condition of its ETag one to read it, too. */
export const toWrite = (
  caller: Principal,
  bucket: Bucket,
  key: string,
  writing: WriteEncryption,
  conditions: WriteConditions = {},
): readonly AccessRequest[] => [
  ...(conditions.ifMatch === undefined ? [] : [onObject(caller, 's3:GetObject', bucket, key)]),
  ...toPut(caller, bucket, key, writing, ofCreation(conditions)),
];

/** The permissions that beginning an upload in parts takes. */
export const toBegin = (
  caller: Principal,
  bucket: Bucket,
  key: string,
  writing: WriteEncryption,
): readonly AccessRequest[] => toPut(caller, bucket, key, writing, { 's3:ObjectCreationOperation': 'false' });

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
): readonly AccessRequest[] => {
  const put = onObject(caller, 's3:PutObject', bucket, key);
  return [
    { ...put, context: { ...put.context, ...context, ...of } },
    ...onKey(caller, 'kms:GenerateDataKey', bucket, key, encryption),
  ];
};

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
export const toDelete = (caller: Principal, bucket: Bucket, key: string, isVersion: boolean): AccessRequest =>
  onObject(caller, isVersion ? 's3:DeleteObjectVersion' : 's3:DeleteObject', bucket, key);

/** The permission that listing takes, and learning that a key or bucket is there. */
export const toList = (
  caller: Principal,
  bucket: Bucket,
  query: ListQuery = {},
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

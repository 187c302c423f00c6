import { accountOf } from '@crosswind/aws/arn';
import { isObject, type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';
import type { RequestContext } from '@crosswind/iam/request';
import { keyArnOf, type KeyPlace, type Keys } from '../kms/keys.ts';

/** The KMS key of a bucket or object; one without is encrypted by S3 itself. */
export interface Encryption {
  /** ARN of a key; of a bucket also that of an alias. */
  readonly kmsKeyArn: string;
  readonly kmsKeyAccount: string;
  /** True if an S3 Bucket Key is on. It makes the bucket's ARN the encryption context. */
  readonly bucketKey: boolean;
}

/** The key that S3 uses where none is named. Its policy allows everybody in its account, through S3. */
export const isAwsManaged = ({ kmsKeyArn }: Encryption): boolean => kmsKeyArn.endsWith(':alias/aws/s3');

/** Encryption with a key as a request or a template names it, in the account and region of a bucket. */
export function encryptionWith(keyId: string | undefined, place: KeyPlace, bucketKey: boolean): Encryption {
  const kmsKeyArn = keyArnOf(keyId ?? 'alias/aws/s3', place);
  return { kmsKeyArn, kmsKeyAccount: accountOf(kmsKeyArn), bucketKey };
}

/** The default encryption that a bucket's property `BucketEncryption` sets. */
export function defaultEncryption(configuration: Json | undefined, place: KeyPlace): Encryption | undefined {
  const [rule] = listOf(objectOf(configuration)['ServerSideEncryptionConfiguration']).filter(isObject);
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: keyId } = byDefault(rule);
  if (typeof keyId !== 'string' && algorithm !== 'aws:kms') return undefined;
  return encryptionWith(typeof keyId === 'string' ? keyId : undefined, place, rule?.['BucketKeyEnabled'] === true);
}

const byDefault = (rule: JsonObject | undefined): JsonObject => objectOf(rule?.['ServerSideEncryptionByDefault']);

/** Encryption that a request names. */
export interface AskedEncryption {
  /** @default - that of the bucket */
  readonly algorithm?: string;
  /** @default - the key that S3 uses where none is named */
  readonly keyId?: string;
  /** @default - as in the bucket */
  readonly bucketKey?: boolean;
}

/** How an object is to be encrypted, and the condition keys of what the request says about that. */
export interface WriteEncryption {
  readonly encryption: Encryption | undefined;
  readonly context: RequestContext;
}

/** The encryption of a new object: what the request names, else the default of its bucket, with aliases followed. */
export function encryptionOfNew(
  bucket: KeyPlace & { readonly encryption?: Encryption },
  { algorithm, keyId, bucketKey = bucket.encryption?.bucketKey ?? false }: AskedEncryption,
  keys: Keys,
): WriteEncryption {
  const named = algorithm === 'aws:kms' ? encryptionWith(keyId, bucket, bucketKey) : undefined;
  const chosen = algorithm === undefined ? bucket.encryption : named;
  return {
    encryption: chosen && { ...chosen, ...resolvedKey(chosen, keys) },
    context: {
      ...(algorithm !== undefined && { 's3:x-amz-server-side-encryption': algorithm }),
      ...(named && keyId !== undefined && { 's3:x-amz-server-side-encryption-aws-kms-key-id': named.kmsKeyArn }),
    },
  };
}

function resolvedKey({ kmsKeyArn }: Encryption, keys: Keys) {
  const arn = keys.resolved(kmsKeyArn);
  return { kmsKeyArn: arn, kmsKeyAccount: accountOf(arn) };
}

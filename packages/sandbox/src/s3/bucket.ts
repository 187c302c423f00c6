import { createHash } from 'node:crypto';
import { partitionOf } from '@crosswind/aws/partition';
import type { JsonObject } from '@crosswind/aws/json';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import type { BodyFile, Digest } from './body-files.ts';
import type { Encryption } from './encryption.ts';
import { S3Error } from './s3-error.ts';
import { SortedKeys } from './sorted-keys.ts';

/** Properties of a new bucket. */
export interface BucketProps {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** @default no bucket policy */
  readonly policy?: PolicyDocument;
  /** @default encrypted by S3 itself */
  readonly encryption?: Encryption;
  /**
   * Its properties in the form of a template, such as `Tags`.
   *
   * @default - none
   */
  readonly settings?: JsonObject;
}

/** Headers that are stored with an object and come back with it: `content-type`, `x-amz-meta-…`. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** Values of an object's tags, by their keys. */
export type ObjectTags = ReadonlyMap<string, string>;

/** An object as the index knows it. */
export interface StoredObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly headers: ObjectHeaders;
  /** The encryption with which it was written; a change of its bucket does not change it. */
  readonly encryption: Encryption | undefined;
  readonly file: BodyFile;
  /**
   * Id of the version.
   *
   * @default - the null version, written while its bucket was not versioned
   */
  readonly versionId?: string;
  /** @default - none */
  readonly tags?: ObjectTags;
  /** MD5 and checksum of the body; unknown for adopted files, which nobody has read. */
  readonly digest: StoredDigest | undefined;
}

/** Version without a body, which hides the older versions of its key (AWS: "Working with delete markers"). */
export interface DeleteMarker extends Pick<StoredObject, 'key' | 'lastModified' | 'versionId'> {
  readonly isMarker: true;
}

export type Version = StoredObject | DeleteMarker;

/** Digest of an object's body, as S3 reports it. */
export interface StoredDigest extends Pick<Digest, 'md5' | 'checksum'> {
  /**
   * How many parts the body came in; its MD5 is then one of the parts' MD5s.
   *
   * @default - it came at once
   */
  readonly parts?: number;
  /**
   * True if its checksum is a checksum of the parts' checksums.
   *
   * @default false
   */
  readonly isComposite?: boolean;
}

/** A bucket with its index of objects. */
export interface Bucket extends Omit<BucketProps, 'encryption' | 'settings'> {
  encryption?: Encryption;
  settings: JsonObject;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Keys of `objects`. */
  readonly keys: SortedKeys;
  /** Current objects. */
  readonly objects: Map<string, StoredObject>;
  /** Keys of `hidden`. */
  readonly hiddenKeys: SortedKeys;
  /** The other versions and the delete markers of a key, the newest first. */
  readonly hidden: Map<string, readonly Version[]>;
}

export const emptyBucket = (props: BucketProps, createdAt: number): Bucket => ({
  ...props,
  settings: props.settings ?? {},
  createdAt,
  keys: new SortedKeys(),
  objects: new Map(),
  hiddenKeys: new SortedKeys(),
  hidden: new Map(),
});

/** The longest key, in bytes of UTF-8 (AWS: "Naming Amazon S3 objects"). */
const MAX_KEY_BYTES = 1024;

/** Refuses a key that is too long for an object. */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error('KeyTooLongError', 'Your key is too long');
}

export type BucketAddress = Pick<BucketProps, 'name' | 'region'>;

export const bucketArn = ({ name, region }: BucketAddress): string => `arn:${partitionOf(region)}:s3:::${name}`;
export const objectArn = (bucket: BucketAddress, key: string): string => `${bucketArn(bucket)}/${key}`;

/**
 * The ETag with its quotes: the body's MD5, or for an adopted file the MD5 of its place and size in the form of a
 * multipart upload's, which is no MD5 of the body on AWS either (AWS: "Checking object integrity").
 */
export function etagOf({ digest, file, size, lastModified }: StoredObject): string {
  if (digest !== undefined) return `"${digest.md5}${digest.parts === undefined ? '' : `-${digest.parts}`}"`;
  return `"${createHash('md5').update(`${file.path}\n${size}\n${lastModified}`).digest('hex')}-1"`;
}

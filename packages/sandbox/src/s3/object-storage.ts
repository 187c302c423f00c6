import { statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Decision } from '@crosswind/iam/decision';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest } from '@crosswind/iam/request';
import { BodyFiles, readBytes, streamBytes, type BodyFile } from './body-files.ts';
import { checkKey, emptyBucket } from './bucket.ts';
import type { Bucket, BucketProps, ObjectHeaders, StoredObject, Version } from './bucket.ts';
import { byteRange, type ByteRange } from './byte-range.ts';
import { isAmong, preconditionFailed } from './conditions.ts';
import { type AskedEncryption, encryptionOfNew, type WriteEncryption } from './encryption.ts';
import type { Keys } from '../kms/keys.ts';
import { listKeys, type ListQuery } from './list-objects.ts';
import { listVersions, type VersionPage, type VersionQuery } from './list-versions.ts';
import { missingObject } from './missing-object.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import type { ObjectAddress } from './object-address.ts';
import type { CopyProps, PutProps } from './object-requests.ts';
import { ObjectTagging } from './object-tagging.ts';
import { onBucket, toDelete, toList, toListBuckets, toRead, toTags, toWrite } from './permissions.ts';
import { S3Error } from './s3-error.ts';
import { compareKeys } from './sorted-keys.ts';
import {
  addNullVersion,
  addObject,
  hideObject,
  isEmpty,
  isMarker,
  removeKey,
  removeVersion,
  versioningOf,
  versionOf,
} from './versions.ts';
import { checkWrite, type Replacement } from './write-conditions.ts';

/** Dependencies of the storage. */
export interface ObjectStoragePorts {
  /** An empty directory for the bodies. */
  readonly directory: string;
  /** Decides a request by the policies of caller, bucket and key. */
  readonly authorize: (request: AccessRequest) => Decision;
  readonly keys: Keys;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** An object that was found where it was looked for. */
export interface FoundObject {
  readonly object: StoredObject;
  readonly bucket: Bucket;
}

/** An object that may be read, and how. */
export interface ReadableObject extends FoundObject {
  /** The part that was asked for, if it was a part. */
  readonly range: ByteRange | undefined;
  readonly bytes: () => Promise<Buffer>;
  /** @param part instead of what was asked for */
  readonly stream: (part?: ByteRange) => Readable;
}

/** One page of objects. */
export interface ObjectPage {
  readonly objects: readonly StoredObject[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  readonly nextContinuationToken: string | undefined;
}

/** S3 without HTTP. Every operation is authorized for its caller and refuses with an `S3Error`. */
export class ObjectStorage {
  /** Uploads in parts. */
  readonly uploads: MultipartUploads;
  readonly tagging: ObjectTagging;
  readonly #ports: ObjectStoragePorts;
  readonly #files: BodyFiles;
  readonly #buckets = new Map<string, Bucket>();

  constructor(ports: ObjectStoragePorts) {
    this.#ports = ports;
    this.#files = new BodyFiles(ports.directory);
    const existing = (name: string): Bucket => this.#existing(name);
    const permit = (...requests: readonly AccessRequest[]): void => {
      this.#permit(...requests);
    };
    this.tagging = new ObjectTagging({ existing, permit });
    this.uploads = new MultipartUploads({
      files: this.#files,
      now: ports.now,
      existing,
      permit,
      encryptionOfNew: (bucket, asked) => this.#encryptionOfNew(bucket, asked),
      replace: (...replacement) => this.#replace(...replacement),
    });
  }

  /** Refuses whatever would write a body, and resolves when none is being written any more. */
  close(): Promise<void> {
    return this.#files.close();
  }

  /** Bucket of that name, without authorization, for lookups of the sandbox itself, such as policies and pages. */
  bucket(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** Creates a bucket; names are unique across accounts. */
  createBucket(props: BucketProps): Bucket {
    const taken = this.#buckets.get(props.name);
    if (taken?.account === props.account) {
      throw new S3Error('BucketAlreadyOwnedByYou', `The bucket ${props.name} exists already and you own it.`);
    }
    if (taken !== undefined) throw new S3Error('BucketAlreadyExists', `The bucket name ${props.name} is taken.`);
    const bucket = emptyBucket(props, this.#ports.now());
    this.#buckets.set(props.name, bucket);
    return bucket;
  }

  /** Stores bytes as an object, asking nobody: only to set the stage. */
  seed({ bucket, key }: ObjectAddress, bytes: Uint8Array, headers: ObjectHeaders = {}): void {
    const { file, digest } = this.#files.writeSync(bytes);
    this.#stage(bucket, { key, size: digest.size, headers, file, digest });
  }

  /** Makes a file of someone else an object without reading it, asking nobody: only to set the stage. */
  adopt({ bucket, key }: ObjectAddress, path: string, size = statSync(path).size, headers: ObjectHeaders = {}): void {
    const file: BodyFile = { path, owned: false };
    this.#stage(bucket, { key, size, headers, file, digest: undefined });
  }

  /** Removes an object with all its versions, without a permission: only to set the stage. */
  discard({ bucket, key }: ObjectAddress): void {
    const stored = this.#buckets.get(bucket);
    if (stored) removeKey(stored, key);
  }

  /** The bytes of an object, asking nobody: only to look at what a run has left. */
  async inspect({ bucket: name, key, versionId }: ObjectAddress): Promise<Buffer | undefined> {
    const bucket = this.#buckets.get(name);
    const version = bucket && versionOf(bucket, key, versionId);
    return version === undefined || isMarker(version) ? undefined : readBytes(version.file);
  }

  /** HeadObject: what is known of an object. */
  head(caller: Principal, address: ObjectAddress): FoundObject {
    return this.#readable(caller, address);
  }

  /** How many tags of an object the caller may know of; undefined for none (AWS: "GetObject", x-amz-tagging-count). */
  tagCount(caller: Principal, { bucket, object }: FoundObject, versionId: string | undefined): number | undefined {
    if (!object.tags?.size) return undefined;
    const { allowed } = this.#ports.authorize(toTags('Get', caller, bucket, { ...object, versionId }));
    return allowed ? object.tags.size : undefined;
  }

  /** GetObject; `range` is the value of a Range header. */
  get(caller: Principal, address: ObjectAddress, range?: string): ReadableObject {
    const { bucket, object } = this.#readable(caller, address);
    const part = byteRange(range, object.size);
    return {
      object,
      bucket,
      range: part,
      bytes: () => readBytes(object.file, part),
      stream: (other = part) => streamBytes(object.file, other),
    };
  }

  /** PutObject. */
  async put(caller: Principal, props: PutProps): Promise<StoredObject> {
    const { key, body, headers = {}, tags, conditions = {}, checksum = 'crc32', verify = () => undefined } = props;
    const bucket = this.#existing(props.bucket);
    checkKey(key);
    const writing = this.#encryptionOfNew(bucket, props.encryption);
    this.#permit(...toWrite(caller, bucket, key, writing, conditions, tags));
    const before = bucket.objects.get(key);
    const { file, digest } = await this.#files.write(body, checksum, verify);
    const { encryption } = writing;
    const object = { key, size: digest.size, lastModified: this.#ports.now(), headers, tags, encryption, file, digest };
    return this.#replace(bucket, object, { conditions, before });
  }

  /** CopyObject. */
  async copy(caller: Principal, props: CopyProps): Promise<StoredObject> {
    const { bucket: name, key, source, headers, conditions = {}, check = () => undefined } = props;
    const bucket = this.#existing(name);
    checkKey(key);
    const { object: original, bucket: from } = this.#readable(caller, source);
    check(original);
    const writing = this.#encryptionOfNew(bucket, props.encryption);
    const { tags = original.tags } = props;
    if (props.tags === undefined && original.tags?.size) {
      this.#permit(toTags('Get', caller, from, { ...original, versionId: source.versionId }));
    }
    this.#permit(...toWrite(caller, bucket, key, writing, conditions, tags));
    const before = bucket.objects.get(key);
    const file = await this.#files.copy(original.file);
    const changed = { key, lastModified: this.#ports.now(), headers: headers ?? original.headers, tags, file };
    const object = { ...original, ...changed, versionId: undefined, encryption: writing.encryption };
    return this.#replace(bucket, object, { conditions, before });
  }

  /**
   * DeleteObject: the version that was removed or the delete marker that was written. A key that is not there counts as
   * deleted, unless it is to have an ETag.
   */
  async delete(caller: Principal, address: ObjectAddress, ifMatch?: string): Promise<Version | undefined> {
    const { bucket: name, key, versionId } = address;
    const bucket = this.#existing(name);
    this.#permit(toDelete(caller, bucket, address));
    if (ifMatch !== undefined) this.#check(caller, bucket, address, ifMatch);
    const { version, removed } =
      versionId === undefined ? hideObject(bucket, key, this.#ports.now()) : removeVersion(bucket, key, versionId);
    await this.#forget(removed);
    return version;
  }

  /** ListObjectVersions. */
  listVersions(caller: Principal, name: string, query: VersionQuery = {}): VersionPage {
    const bucket = this.#existing(name);
    this.#permit(toList(caller, bucket, query, 's3:ListBucketVersions'));
    return listVersions(bucket, query);
  }

  /** ListObjectsV2. */
  list(caller: Principal, name: string, query: ListQuery = {}): ObjectPage {
    const bucket = this.#existing(name);
    this.#permit(toList(caller, bucket, query));
    const { keys, ...page } = listKeys(bucket.keys, query);
    return { ...page, objects: keys.flatMap((key) => bucket.objects.get(key) ?? []) };
  }

  /** ListBuckets: those of the caller's account, in the order of their names. */
  listBuckets(caller: Principal): readonly Bucket[] {
    const account = 'account' in caller ? caller.account : '';
    this.#permit(toListBuckets(caller, account));
    return [...this.#buckets.values()]
      .filter((bucket) => bucket.account === account)
      .sort((one, other) => compareKeys(one.name, other.name));
  }

  /** The bucket, for an operation on its configuration (s3:GetBucketPolicy and the like) that the caller may do. */
  permitted(caller: Principal, action: string, name: string): Bucket {
    const bucket = this.#existing(name);
    this.#permit(onBucket(caller, action, bucket));
    return bucket;
  }

  /** DeleteBucket, without asking for a permission; a bucket that is gone is no error. */
  removeBucket(name: string): void {
    const bucket = this.#buckets.get(name);
    if (bucket && !isEmpty(bucket)) {
      const advice = versioningOf(bucket) === undefined ? '' : '. You must delete all versions in the bucket.';
      throw new S3Error('BucketNotEmpty', `The bucket you tried to delete is not empty${advice}`);
    }
    this.#buckets.delete(name);
  }

  /** HeadBucket. */
  headBucket(caller: Principal, name: string): Bucket {
    const bucket = this.#existing(name);
    this.#permit(toList(caller, bucket));
    return bucket;
  }

  /** Refuses what is not the version that the caller means. That it may ask for one is a permission to read it. */
  #check(caller: Principal, bucket: Bucket, { key, versionId }: ObjectAddress, ifMatch: string): void {
    if (ifMatch !== '*') this.#permit(...toRead(caller, bucket, { key, versionId }, undefined));
    const object = versionOf(bucket, key, versionId);
    if (object === undefined || isMarker(object)) throw missingObject(object, versionId);
    if (!isAmong(ifMatch, object)) throw preconditionFailed();
  }

  #existing(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
    return bucket;
  }

  /** The object, if the caller may read it; that a key is missing learns only who may list (AWS: "GetObject", permissions). */
  #readable(caller: Principal, { bucket: name, key, versionId }: ObjectAddress): FoundObject {
    const bucket = this.#existing(name);
    const version = versionOf(bucket, key, versionId);
    const object = isMarker(version) ? undefined : version;
    const [toGet, ...toDecrypt] = toRead(caller, bucket, { key, versionId, tags: object?.tags }, object?.encryption);
    if (toGet !== undefined) this.#permit(toGet);
    if (object === undefined) {
      this.#permit(toList(caller, bucket));
      throw missingObject(version, versionId);
    }
    this.#permit(...toDecrypt);
    return { bucket, object };
  }

  #permit(...requests: readonly AccessRequest[]): void {
    for (const request of requests) {
      const decision = this.#ports.authorize(request);
      if (!decision.allowed) throw new S3Error('AccessDenied', denialMessage(request, decision), decision);
      const failure = request.action.startsWith('kms:') ? this.#ports.keys.failureOf(request.resource) : undefined;
      if (failure) throw new S3Error(`KMS.${failure.code}`, failure.message);
    }
  }

  /** Puts an object in the place of its key; if the conditions do not hold, its body is removed. */
  async #replace(bucket: Bucket, object: StoredObject, replacement: Replacement): Promise<StoredObject> {
    try {
      checkWrite(replacement, bucket.objects.get(object.key));
    } catch (error) {
      await this.#files.remove(object.file);
      throw error;
    }
    const { version, removed } = addObject(bucket, object);
    await this.#forget(removed);
    return version;
  }

  async #forget(objects: readonly StoredObject[]): Promise<void> {
    for (const { file } of objects) await this.#files.remove(file);
  }

  #stage(name: string, object: Omit<StoredObject, 'lastModified' | 'encryption'>): void {
    checkKey(object.key);
    const bucket = this.#existing(name);
    const { encryption } = this.#encryptionOfNew(bucket);
    addNullVersion(bucket, { ...object, lastModified: this.#ports.now(), encryption });
  }

  #encryptionOfNew(bucket: Bucket, asked: AskedEncryption = {}): WriteEncryption {
    return encryptionOfNew(bucket, asked, this.#ports.keys);
  }
}

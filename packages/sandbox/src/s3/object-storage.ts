import { statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Decision } from '@crosswind/iam/decision';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest } from '@crosswind/iam/request';
import { BodyFiles, readBytes, streamBytes, type BodyFile } from './body-files.ts';
import { checkKey, emptyBucket, removeObject, replaceObject } from './bucket.ts';
import type { Bucket, BucketProps, ObjectHeaders, StoredObject } from './bucket.ts';
import { byteRange, type ByteRange } from './byte-range.ts';
import { isAmong, preconditionFailed } from './conditions.ts';
import { type AskedEncryption, encryptionOfNew, type WriteEncryption } from './encryption.ts';
import type { Keys } from '../kms/keys.ts';
import { listKeys, type ListQuery } from './list-objects.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import type { CopyProps, ObjectAddress, PutProps } from './object-requests.ts';
import { onBucket, toDelete, toList, toListBuckets, toRead, toReadTags, toWrite } from './permissions.ts';
import { noSuchKey, S3Error } from './s3-error.ts';
import { compareKeys } from './sorted-keys.ts';
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
  readonly #ports: ObjectStoragePorts;
  readonly #files: BodyFiles;
  readonly #buckets = new Map<string, Bucket>();

  constructor(ports: ObjectStoragePorts) {
    this.#ports = ports;
    this.#files = new BodyFiles(ports.directory);
    this.uploads = new MultipartUploads({
      files: this.#files,
      now: ports.now,
      existing: (name) => this.#existing(name),
      permit: (...requests) => {
        this.#permit(...requests);
      },
      encryptionOfNew: (bucket, asked) => this.#encryptionOfNew(bucket, asked),
      replace: (...replacement) => this.#replace(...replacement),
    });
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

  /** Removes an object without a permission: only to set the stage. */
  discard({ bucket, key }: ObjectAddress): void {
    const stored = this.#buckets.get(bucket);
    if (stored) removeObject(stored, key);
  }

  /** The bytes of an object, asking nobody: only to look at what a run has left. */
  async inspect({ bucket, key }: ObjectAddress): Promise<Buffer | undefined> {
    const object = this.#buckets.get(bucket)?.objects.get(key);
    return object && readBytes(object.file);
  }

  /** HeadObject: what is known of an object. */
  head(caller: Principal, address: ObjectAddress): FoundObject {
    return this.#readable(caller, address);
  }

  /** GetObjectTagging: refuses who may not ask, and what is not there. No object has tags. */
  tagsOf(caller: Principal, { bucket: name, key }: ObjectAddress): void {
    const bucket = this.#existing(name);
    this.#permit(toReadTags(caller, bucket, key));
    if (!bucket.objects.has(key)) throw noSuchKey();
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
    const { key, body, headers = {}, conditions = {}, checksum = 'crc32', verify = () => undefined } = props;
    const bucket = this.#existing(props.bucket);
    checkKey(key);
    const writing = this.#encryptionOfNew(bucket, props.encryption);
    this.#permit(...toWrite(caller, bucket, key, writing, conditions));
    const before = bucket.objects.get(key);
    const { file, digest } = await this.#files.write(body, checksum, verify);
    const { encryption } = writing;
    const object = { key, size: digest.size, lastModified: this.#ports.now(), headers, encryption, file, digest };
    return this.#replace(bucket, object, { conditions, before });
  }

  /** CopyObject. */
  async copy(caller: Principal, props: CopyProps): Promise<StoredObject> {
    const { bucket: name, key, source, headers, conditions = {}, check = () => undefined } = props;
    const bucket = this.#existing(name);
    checkKey(key);
    const original = this.#readable(caller, source).object;
    check(original);
    const writing = this.#encryptionOfNew(bucket, props.encryption);
    this.#permit(...toWrite(caller, bucket, key, writing, conditions));
    const before = bucket.objects.get(key);
    const file = await this.#files.copy(original.file);
    const changed = { key, lastModified: this.#ports.now(), headers: headers ?? original.headers, file };
    const object = { ...original, ...changed, encryption: writing.encryption };
    return this.#replace(bucket, object, { conditions, before });
  }

  /** DeleteObject; a key that is not there counts as deleted, unless it is to have an ETag. */
  async delete(
    caller: Principal,
    { bucket: name, key }: ObjectAddress,
    ifMatch?: string,
    isVersion = false,
  ): Promise<void> {
    const bucket = this.#existing(name);
    this.#permit(toDelete(caller, bucket, key, isVersion));
    if (ifMatch !== undefined) this.#check(caller, bucket, key, ifMatch);
    const removed = removeObject(bucket, key);
    if (removed !== undefined) await this.#files.remove(removed.file);
  }

  /** ListObjectsV2. */
  list(caller: Principal, name: string, query: ListQuery = {}, action?: 's3:ListBucketVersions'): ObjectPage {
    const bucket = this.#existing(name);
    this.#permit(toList(caller, bucket, query, action));
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
    if ((this.#buckets.get(name)?.objects.size ?? 0) > 0) {
      throw new S3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty');
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
  #check(caller: Principal, bucket: Bucket, key: string, ifMatch: string): void {
    if (ifMatch !== '*') this.#permit(...toRead(caller, bucket, key, undefined));
    const object = bucket.objects.get(key);
    if (object === undefined) throw noSuchKey();
    if (!isAmong(ifMatch, object)) throw preconditionFailed();
  }

  #existing(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
    return bucket;
  }

  /** The object, if the caller may read it; that a key is missing learns only who may list (AWS: "GetObject", permissions). */
  #readable(caller: Principal, { bucket: name, key }: ObjectAddress): FoundObject {
    const bucket = this.#existing(name);
    const object = bucket.objects.get(key);
    const [toGet, ...toDecrypt] = toRead(caller, bucket, key, object?.encryption);
    if (toGet !== undefined) this.#permit(toGet);
    if (object === undefined) {
      this.#permit(toList(caller, bucket));
      throw noSuchKey();
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
    const previous = replaceObject(bucket, object);
    if (previous !== undefined) await this.#files.remove(previous.file);
    return object;
  }

  #stage(name: string, object: Omit<StoredObject, 'lastModified' | 'encryption'>): void {
    checkKey(object.key);
    const bucket = this.#existing(name);
    const { encryption } = this.#encryptionOfNew(bucket);
    replaceObject(bucket, { ...object, lastModified: this.#ports.now(), encryption });
  }

  #encryptionOfNew(bucket: Bucket, asked: AskedEncryption = {}): WriteEncryption {
    return encryptionOfNew(bucket, asked, this.#ports.keys);
  }
}

import { createHash, randomUUID } from 'node:crypto';
import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest } from '@crosswind/iam/request';
import { type Body, type BodyFile, type BodyFiles, type Digest, streamBytes } from './body-files.ts';
import { checkKey } from './bucket.ts';
import type { Bucket, ObjectHeaders, ObjectTags, StoredDigest, StoredObject } from './bucket.ts';
import { type ChecksumAlgorithm, checksumOf } from './checksum.ts';
import type { AskedEncryption, Encryption, WriteEncryption } from './encryption.ts';
import { toAbort, toBegin, toComplete, toListParts, toWritePart } from './permissions.ts';
import { S3Error } from './s3-error.ts';
import { checkWrite, type Replacement, type WriteConditions } from './write-conditions.ts';

/** Dependencies of uploads on the storage that they are part of. */
export interface MultipartPorts {
  readonly files: BodyFiles;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly existing: (bucket: string) => Bucket;
  /** Throws unless all of it is allowed. */
  readonly permit: (...requests: readonly AccessRequest[]) => void;
  readonly encryptionOfNew: (bucket: Bucket, asked?: AskedEncryption) => WriteEncryption;
  /** Puts an object in the place of its key, or removes its body and throws. */
  readonly replace: (bucket: Bucket, object: StoredObject, replacement: Replacement) => Promise<StoredObject>;
}

/** Which upload is meant. */
export interface UploadAddress {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
}

/** How the checksum of the whole is made: of the parts' checksums, or of all bytes. */
export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT';

export interface NewUpload extends Omit<UploadAddress, 'uploadId'> {
  readonly headers: ObjectHeaders;
  /** @default - none */
  readonly tags?: ObjectTags;
  /**
   * Checksum announced for the whole object. Without one, S3 computes CRC64NVME of all bytes, and each part may bring
   * any checksum.
   */
  readonly announced: AnnouncedChecksum | undefined;
  /** @default that of the bucket */
  readonly encryption?: AskedEncryption;
}

export interface AnnouncedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
}

export interface NewPart extends UploadAddress {
  readonly partNumber: number;
  readonly body: Body;
  /** The checksum that is announced for the part. */
  readonly checksum: ChecksumAlgorithm | undefined;
  readonly verify: (digest: Digest) => void;
}

/** A part as it arrived. */
export interface Part {
  readonly partNumber: number;
  readonly lastModified: number;
  readonly encryption: Encryption | undefined;
  readonly file: BodyFile;
  readonly digest: Digest;
}

interface Upload extends Omit<NewUpload, 'encryption'> {
  readonly writing: WriteEncryption;
  /** The object that had the key when the upload began. */
  readonly before: StoredObject | undefined;
  readonly parts: Map<number, Part>;
}

/** A part as CompleteMultipartUpload names it. */
export interface NamedPart {
  readonly partNumber: number;
  /** With or without quotes. */
  readonly etag: string;
}

/** The smallest part but the last (AWS: "Amazon S3 multipart upload limits"). */
const MIN_PART_BYTES = 5 * 1024 * 1024;

/** Uploads in parts: begun, and neither completed nor given up. */
export class MultipartUploads {
  readonly #ports: MultipartPorts;
  readonly #uploads = new Map<string, Upload>();

  constructor(ports: MultipartPorts) {
    this.#ports = ports;
  }

  /** CreateMultipartUpload: the id of the upload, and how it is encrypted. */
  create(caller: Principal, { encryption, ...upload }: NewUpload) {
    checkKey(upload.key);
    const bucket = this.#ports.existing(upload.bucket);
    const writing = this.#ports.encryptionOfNew(bucket, encryption);
    this.#ports.permit(...toBegin(caller, bucket, upload.key, writing, upload.tags));
    const uploadId = randomUUID().replaceAll('-', '');
    this.#uploads.set(uploadId, { ...upload, writing, before: bucket.objects.get(upload.key), parts: new Map() });
    return { uploadId, encryption: writing.encryption };
  }

  /** UploadPart; a part takes the place of an earlier one of its number. */
  async put(caller: Principal, part: NewPart): Promise<Part> {
    const { partNumber, body, checksum, verify } = part;
    this.#permitPart(caller, part);
    const upload = this.#upload(part);
    const algorithm = upload.announced?.algorithm ?? checksum ?? 'crc64nvme';
    if (checksum !== undefined && checksum !== algorithm) {
      const message = `Checksum Type mismatch occurred, expected checksum Type: ${algorithm}, actual checksum Type: ${checksum}`;
      throw new S3Error('InvalidRequest', message);
    }
    const { file, digest } = await this.#ports.files.write(body, algorithm, verify);
    const { encryption } = upload.writing;
    const arrived: Part = { partNumber, lastModified: this.#ports.now(), encryption, file, digest };
    if (this.#uploads.get(part.uploadId) !== upload) {
      await this.#ports.files.remove(file);
      throw noUpload();
    }
    const earlier = upload.parts.get(partNumber);
    upload.parts.set(partNumber, arrived);
    if (earlier) await this.#ports.files.remove(earlier.file);
    return arrived;
  }

  /** CompleteMultipartUpload: the named parts become an object, in their order. Otherwise the upload stays open. */
  async complete(
    caller: Principal,
    address: UploadAddress,
    named: readonly NamedPart[],
    conditions: WriteConditions = {},
  ): Promise<StoredObject> {
    const { bucket: name, key, uploadId } = address;
    const bucket = this.#ports.existing(name);
    this.#ports.permit(...toComplete(caller, bucket, key, this.#writing(bucket, uploadId), conditions));
    const upload = this.#upload(address);
    const replacement = { conditions, before: upload.before };
    checkWrite(replacement, bucket.objects.get(key));
    const parts = chosen(upload, named);
    this.#uploads.delete(uploadId);
    try {
      const stored = await this.#ports.replace(bucket, await this.#assembled(upload, parts), replacement);
      await this.#forget(upload);
      return stored;
    } catch (error) {
      this.#uploads.set(uploadId, upload);
      throw error;
    }
  }

  async #assembled(upload: Upload, parts: readonly Part[]): Promise<StoredObject> {
    const { key, headers, tags, announced } = upload;
    const algorithm = announced?.algorithm ?? 'crc64nvme';
    const { file, digest } = await this.#ports.files.write(bytesOf(parts), algorithm, () => undefined);
    const { encryption } = upload.writing;
    const lastModified = this.#ports.now();
    const { size } = digest;
    return { key, size, lastModified, headers, tags, encryption, file, digest: digestOf(upload, parts, digest) };
  }

  /** AbortMultipartUpload. */
  async abort(caller: Principal, address: UploadAddress): Promise<void> {
    this.#ports.permit(toAbort(caller, this.#ports.existing(address.bucket), address.key));
    const upload = this.#upload(address);
    this.#uploads.delete(address.uploadId);
    await this.#forget(upload);
  }

  /** ListParts, in the order of their numbers. */
  parts(caller: Principal, address: UploadAddress): readonly Part[] {
    this.#ports.permit(toListParts(caller, this.#ports.existing(address.bucket), address.key));
    return [...this.#upload(address).parts.values()].sort((one, other) => one.partNumber - other.partNumber);
  }

  /** Who may not write, does not learn whether the upload is there. */
  #permitPart(caller: Principal, { bucket: name, key, uploadId }: UploadAddress): void {
    const bucket = this.#ports.existing(name);
    this.#ports.permit(...toWritePart(caller, bucket, key, this.#writing(bucket, uploadId)));
  }

  /** How an upload is encrypted, or a new one would be; its requests name no encryption of their own. */
  #writing(bucket: Bucket, uploadId: string): WriteEncryption {
    const { encryption } = this.#uploads.get(uploadId)?.writing ?? this.#ports.encryptionOfNew(bucket);
    return { encryption, context: {} };
  }

  #upload({ bucket, key, uploadId }: UploadAddress): Upload {
    const upload = this.#uploads.get(uploadId);
    if (upload?.bucket === bucket && upload.key === key) return upload;
    throw noUpload();
  }

  async #forget({ parts }: Upload): Promise<void> {
    for (const { file } of parts.values()) await this.#ports.files.remove(file);
  }
}

const noUpload = (): S3Error =>
  new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  );

/** The parts that are named, if each is there as it is named, in ascending order, and large enough. */
function chosen({ parts }: Upload, named: readonly NamedPart[]): readonly Part[] {
  const found = named.map(({ partNumber, etag }, index) => {
    if (partNumber <= (named[index - 1]?.partNumber ?? 0)) {
      const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.';
      throw new S3Error('InvalidPartOrder', message);
    }
    const part = parts.get(partNumber);
    if (part?.digest.md5 === etag.replaceAll('"', '')) return part;
    const message =
      "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
    throw new S3Error('InvalidPart', message);
  });
  if (found.slice(0, -1).some(({ digest }) => digest.size < MIN_PART_BYTES)) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return found;
}

async function* bytesOf(parts: readonly Part[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const { file } of parts) yield* streamBytes(file) as AsyncIterable<Uint8Array>;
}

/** Digest of the whole object, as S3 reports it: an MD5 of the parts' MD5s, and a checksum of one of the two types. */
function digestOf({ announced }: Upload, parts: readonly Part[], whole: Digest): StoredDigest {
  const md5 = createHash('md5');
  for (const { digest } of parts) md5.update(Buffer.from(digest.md5, 'hex'));
  const ofParts = Buffer.concat(parts.map(({ digest }) => Buffer.from(digest.checksum.value, 'base64')));
  const isComposite = announced?.type === 'COMPOSITE';
  return {
    md5: md5.digest('hex'),
    checksum: isComposite ? checksumOf(announced.algorithm, ofParts) : whole.checksum,
    parts: parts.length,
    isComposite,
  };
}

import type { AskedEncryption } from './encryption.ts';
import type { Body, Digest } from './body-files.ts';
import type { ObjectHeaders, ObjectTags, StoredObject } from './bucket.ts';
import type { ChecksumAlgorithm } from './checksum.ts';
import type { ObjectAddress } from './object-address.ts';
import type { WriteConditions } from './write-conditions.ts';

export interface PutProps extends Omit<ObjectAddress, 'versionId'> {
  readonly body: Body;
  /** @default - none */
  readonly tags?: ObjectTags;
  /** @default none */
  readonly headers?: ObjectHeaders;
  /** @default that of the bucket */
  readonly encryption?: AskedEncryption;
  /** @default none */
  readonly conditions?: WriteConditions;
  /**
   * The checksum to keep with the object.
   *
   * @default 'crc32'
   */
  readonly checksum?: ChecksumAlgorithm;
  /**
   * Refuses a body by throwing once it has arrived.
   *
   * @default every body is fine
   */
  readonly verify?: (digest: Digest) => void;
}

export interface CopyProps extends Omit<ObjectAddress, 'versionId'> {
  readonly source: ObjectAddress;
  /** @default - those of the source, which the caller must be allowed to read and to write */
  readonly tags?: ObjectTags;
  /** @default those of the source */
  readonly headers?: ObjectHeaders;
  /** @default that of the bucket */
  readonly encryption?: AskedEncryption;
  /**
   * Conditions on the object that is replaced.
   *
   * @default none
   */
  readonly conditions?: WriteConditions;
  /**
   * Refuses a source by throwing.
   *
   * @default every source is fine
   */
  readonly check?: (source: StoredObject) => void;
}

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from './crc32c.ts';
import { Crc64Nvme } from './crc64-nvme.ts';

/** Checksums that S3 keeps with an object (AWS: "Checking object integrity"). */
export const CHECKSUM_ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;

export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** A checksum as headers carry it. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64. */
  readonly value: string;
}

/** Incremental checksum of a body. */
interface Summing {
  readonly update: (piece: Uint8Array) => void;
  readonly digest: () => Buffer;
}

/** Starts the checksum of a body. */
export function summing(algorithm: ChecksumAlgorithm): Summing {
  switch (algorithm) {
    case 'crc32':
      return summingCrc32(crc32);
    case 'crc32c':
      return summingCrc32(crc32c);
    case 'crc64nvme': {
      const sum = new Crc64Nvme();
      return {
        update: (piece) => {
          sum.update(piece);
        },
        digest: () => sum.digest(),
      };
    }
    case 'sha1':
    case 'sha256': {
      const hash = createHash(algorithm);
      return { update: (piece) => hash.update(piece), digest: () => hash.digest() };
    }
  }
}

function summingCrc32(next: (piece: Uint8Array, value: number) => number): Summing {
  let value = 0;
  return {
    update: (piece) => {
      value = next(piece, value);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}

/** The checksum of a body that is all there. */
export function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): Checksum {
  const sum = summing(algorithm);
  sum.update(bytes);
  return { algorithm, value: sum.digest().toString('base64') };
}

import { createHash } from 'node:crypto';
import type { Seed } from './sender.ts';
import { isSame, sha256, signatureOf } from './signature.ts';

/**
 * Verifies the signatures of an `aws-chunked` body. Each one covers the one before (AWS: "Signature calculations for
 * the authorization header: transferring payload in multiple chunks", and the same "including trailing headers").
 */
export class ChunkSignatures {
  readonly #seed: Seed;
  #previous: string;
  #hash = createHash('sha256');

  constructor(seed: Seed) {
    this.#seed = seed;
    this.#previous = seed.signature;
  }

  /** Takes in a piece of the chunk that is arriving. */
  update(piece: Uint8Array): void {
    this.#hash.update(piece);
  }

  /** Ends the chunk that has arrived. Returns true if this is its signature. */
  endsChunkWith(signature: string): boolean {
    const hash = this.#hash.digest('hex');
    this.#hash = createHash('sha256');
    return this.#isNext('AWS4-HMAC-SHA256-PAYLOAD', [sha256(''), hash], signature);
  }

  /** Returns true if this is the signature of the trailers, each with its line end. */
  endsTrailersWith(trailers: string, signature: string): boolean {
    return this.#isNext('AWS4-HMAC-SHA256-TRAILER', [sha256(trailers)], signature);
  }

  #isNext(algorithm: string, hashes: readonly string[], signature: string): boolean {
    const { key, timestamp, scope } = this.#seed;
    const expected = signatureOf(key, [algorithm, timestamp, scope, this.#previous, ...hashes].join('\n'));
    this.#previous = expected;
    return isSame(expected, signature);
  }
}

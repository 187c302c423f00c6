import type { ChunkSignatures } from '../signatures/chunk-signatures.ts';
import { S3Error } from './s3-error.ts';

/** The longest line between chunks: a size with a signature, or a trailer. */
const MAX_LINE_BYTES = 8192;
const MAX_TRAILERS = 16;

const incomplete = (): S3Error =>
  new S3Error('IncompleteBody', 'The request body terminated unexpectedly or is not aws-chunked');

const forged = (what: string): S3Error =>
  new S3Error('SignatureDoesNotMatch', `the signature of ${what} does not match what was calculated`);

/**
 * The data of an `aws-chunked` body; trailers are put into the map as they come (AWS: "Signature calculations for trailing
 * headers", "Transferring payload in multiple chunks").
 * @param signatures those of the chunks, where they are signed
 */
export async function* dechunked(
  body: AsyncIterable<Uint8Array>,
  trailers: Map<string, string>,
  signatures?: ChunkSignatures,
): AsyncGenerator<Uint8Array, void, undefined> {
  let signature = '';
  const endChunk = (): void => {
    if (signatures?.endsChunkWith(signature) === false) throw forged('a chunk');
  };
  let rest: Buffer = Buffer.alloc(0);
  let expecting: 'size' | 'data' | 'trailer' = 'size';
  let missing = 0;
  for await (const piece of body) {
    rest = rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.length) : Buffer.concat([rest, piece]);
    while (rest.length > 0) {
      if (expecting === 'data') {
        const data = rest.subarray(0, missing);
        signatures?.update(data);
        yield data;
        rest = rest.subarray(data.length);
        missing -= data.length;
        if (missing > 0) continue;
        endChunk();
        expecting = 'size';
        continue;
      }
      const end = rest.indexOf('\r\n');
      if (end < 0 && rest.length <= MAX_LINE_BYTES) break;
      const line = rest.toString('latin1', 0, end);
      rest = rest.subarray(end + 2);
      if (line === '') continue;
      if (expecting === 'trailer') {
        if (trailers.size === MAX_TRAILERS) throw incomplete();
        const colon = line.indexOf(':');
        trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
        continue;
      }
      if (end < 0 || !/^[0-9a-f]+(;|$)/i.test(line)) throw incomplete();
      missing = Number.parseInt(line, 16);
      signature = /;chunk-signature=(\w+)/.exec(line)?.[1] ?? '';
      expecting = missing === 0 ? 'trailer' : 'data';
      if (missing === 0) endChunk();
    }
  }
  if (expecting !== 'trailer') throw incomplete();
  if (signatures && trailers.size > 0 && !areSigned(trailers, signatures)) throw forged('the trailers');
}

/** True if the trailer `x-amz-trailer-signature` signs all others. */
function areSigned(trailers: ReadonlyMap<string, string>, signatures: ChunkSignatures): boolean {
  const { 'x-amz-trailer-signature': signature = '', ...others } = Object.fromEntries(trailers);
  const lines = Object.entries(others).map(([name, value]) => `${name}:${value}\n`);
  return signatures.endsTrailersWith(lines.join(''), signature);
}

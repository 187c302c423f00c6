import { S3Error } from './s3-error.ts';

/** The longest line between chunks: a size with a signature, or a trailer. */
const MAX_LINE_BYTES = 8192;

const incomplete = (): S3Error =>
  new S3Error('IncompleteBody', 'The request body terminated unexpectedly or is not aws-chunked');

/**
 * The data of an `aws-chunked` body; trailers are put into the map as they come (AWS: "Signature calculations for trailing
 * headers", "Transferring payload in multiple chunks"). Chunk signatures are not verified.
 */
export async function* dechunked(
  body: AsyncIterable<Uint8Array>,
  trailers: Map<string, string>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let expecting: 'size' | 'data' | 'trailer' = 'size';
  let missing = 0;
  for await (const piece of body) {
    rest = rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.length) : Buffer.concat([rest, piece]);
    while (rest.length > 0) {
      if (expecting === 'data') {
        const data = rest.subarray(0, missing);
        yield data;
        rest = rest.subarray(data.length);
        missing -= data.length;
        if (missing === 0) expecting = 'size';
        continue;
      }
      const end = rest.indexOf('\r\n');
      if (end < 0 && rest.length <= MAX_LINE_BYTES) break;
      const line = rest.toString('latin1', 0, end);
      rest = rest.subarray(end + 2);
      if (line === '') continue;
      if (expecting === 'trailer') {
        const colon = line.indexOf(':');
        trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
        continue;
      }
      if (end < 0 || !/^[0-9a-f]+(;|$)/i.test(line)) throw incomplete();
      missing = Number.parseInt(line, 16);
      expecting = missing === 0 ? 'trailer' : 'data';
    }
  }
  if (expecting !== 'trailer') throw incomplete();
}

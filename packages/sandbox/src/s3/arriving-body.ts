import { createHash } from 'node:crypto';
import { ChunkSignatures } from '../signatures/chunk-signatures.ts';
import type { Body, Digest } from './body-files.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, checksumOf } from './checksum.ts';
import { dechunked } from './chunked-body.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import type { Call } from './s3-operation.ts';
import type { S3Request } from './s3-request.ts';

/** The largest body of one request (AWS: "Uploading objects"). */
const MAX_BYTES = 5 * 1024 ** 3;

/** Refuses a body that could not be stored or verified, before any of it is read. */
export function checkArrival(request: S3Request): void {
  const { header } = request;
  declaredChecksum(request);
  const length = header('x-amz-decoded-content-length') ?? header('content-length');
  if (length === undefined) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (Number(length) > MAX_BYTES) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
}

/** The checksum that is announced for the body, in a header or a trailer. */
export function declaredChecksum({ header, headerNames }: S3Request): ChecksumAlgorithm | undefined {
  const prefix = 'x-amz-checksum-';
  const isSum = (name: string): boolean => name.startsWith(prefix) && name !== `${prefix}type`;
  const carrier = headerNames.find(isSum) ?? header('x-amz-trailer');
  if (carrier === undefined) return undefined;
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => carrier.toLowerCase() === prefix + known);
  if (algorithm === undefined) throw notImplemented(`PutObject with ${carrier}`);
  return algorithm;
}

/**
 * The body as it was meant, if it is what was signed: without the frames of `aws-chunked`, whose trailers are put into the
 * map.
 */
export function arrivingBody({ request: { header }, incoming, seed }: Call, trailers: Map<string, string>): Body {
  const body = incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  const signed = header('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
  const isChunked = signed.startsWith('STREAMING-') || /\baws-chunked\b/.test(header('content-encoding') ?? '');
  if (/^[0-9a-f]{64}$/.test(signed)) {
    return isChunked ? dechunked(hashed(body, signed), trailers) : hashed(body, signed);
  }
  switch (signed) {
    case 'UNSIGNED-PAYLOAD':
      return isChunked ? dechunked(body, trailers) : body;
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return dechunked(body, trailers);
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      if (seed) return dechunked(body, trailers, new ChunkSignatures(seed));
      throw new S3Error('InvalidRequest', `${signed} needs a request that is signed`);
    default:
      throw notImplemented(`a body with x-amz-content-sha256 ${signed}`);
  }
}

/** The body, if it has that SHA-256. */
async function* hashed(body: AsyncIterable<Uint8Array>, expected: string): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  for await (const piece of body) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== expected) {
    const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new S3Error('XAmzContentSHA256Mismatch', message);
  }
}

/** A body that is read at once, such as a document. */
export async function wholeBody(call: Call, maximumBytes: number): Promise<Buffer> {
  checkArrival(call.request);
  const trailers = new Map<string, string>();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of arrivingBody(call, trailers) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > maximumBytes) throw new S3Error('MalformedXML', `the document has more than ${maximumBytes} bytes`);
    pieces.push(piece);
  }
  const body = Buffer.concat(pieces);
  const md5 = createHash('md5').update(body).digest('hex');
  const checksum = checksumOf(declaredChecksum(call.request) ?? 'crc32', body);
  verifyArrival(call.request, trailers, { size, md5, checksum });
  return body;
}

/** Refuses a body that is not what its headers and trailers say. */
export function verifyArrival({ header }: S3Request, trailers: ReadonlyMap<string, string>, digest: Digest): void {
  const length = header('x-amz-decoded-content-length') ?? header('content-length');
  if (length !== String(digest.size)) {
    throw new S3Error('IncompleteBody', `expected ${length ?? ''} bytes, got ${digest.size}`);
  }
  const announced = header('x-amz-trailer')?.toLowerCase();
  if (announced !== undefined && !trailers.has(announced)) {
    throw new S3Error('MalformedTrailerError', `the body ends without its trailer ${announced}`);
  }
  const { algorithm, value } = digest.checksum;
  const expected = header(`x-amz-checksum-${algorithm}`) ?? trailers.get(`x-amz-checksum-${algorithm}`);
  if (expected !== undefined && expected !== value) {
    const name = algorithm.toUpperCase();
    throw new S3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
  }
  const md5 = header('content-md5');
  if (md5 !== undefined && md5 !== Buffer.from(digest.md5, 'hex').toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}

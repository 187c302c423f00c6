import type { IncomingMessage } from 'node:http';
import type { Body, Digest } from './body-files.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm } from './checksum.ts';
import { dechunked } from './chunked-body.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** Refuses a body that could not be stored or verified, before any of it is read. */
export function checkArrival(request: S3Request): void {
  const { header } = request;
  declaredChecksum(request);
  const vacant = header('if-none-match') ?? '*';
  if (vacant !== '*') throw notImplemented('PutObject with an If-None-Match other than *');
  if (header('content-length') === undefined && header('x-amz-decoded-content-length') === undefined) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
}

/** The checksum that comes with the body, in a header or a trailer; `crc32` when none is announced. */
export function declaredChecksum({ header, headerNames }: S3Request): ChecksumAlgorithm {
  const prefix = 'x-amz-checksum-';
  const carrier = headerNames.find((name) => name.startsWith(prefix)) ?? header('x-amz-trailer') ?? `${prefix}crc32`;
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => carrier.toLowerCase() === prefix + known);
  if (algorithm === undefined) throw notImplemented(`PutObject with ${carrier}`);
  return algorithm;
}

/** The body as it was meant: without the frames of `aws-chunked`, whose trailers are put into the map. */
export function arrivingBody({ header }: S3Request, incoming: IncomingMessage, trailers: Map<string, string>): Body {
  const body = incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  const streaming = header('x-amz-content-sha256')?.startsWith('STREAMING-') === true;
  const chunked = streaming || /\baws-chunked\b/.test(header('content-encoding') ?? '');
  return chunked ? dechunked(body, trailers) : body;
}

/** Refuses a body that is not what its headers and trailers say. */
export function verifyArrival({ header }: S3Request, trailers: ReadonlyMap<string, string>, digest: Digest): void {
  const length = header('x-amz-decoded-content-length') ?? header('content-length');
  if (length !== String(digest.size)) {
    throw new S3Error('IncompleteBody', `expected ${length ?? ''} bytes, got ${digest.size}`);
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

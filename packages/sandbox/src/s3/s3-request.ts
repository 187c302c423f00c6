import type { IncomingMessage } from 'node:http';
import { notImplemented, S3Error } from './s3-error.ts';

/** A request of S3's REST protocol, path style: `/bucket/key?query`. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Empty for requests about a bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly headerNames: readonly string[];
}

/** Reads bucket, key and query as they were sent; `..` in a key is nothing special. */
export function s3Request(incoming: IncomingMessage): S3Request {
  const [path, query] = splitOnce(incoming.url ?? '/', '?');
  const [bucket, key] = splitOnce(path.slice(1), '/');
  return {
    method: incoming.method ?? 'GET',
    bucket: decoded(bucket),
    key: decoded(key),
    query: new URLSearchParams(query),
    header: (name) => [incoming.headers[name]].flat().at(0),
    headerNames: Object.keys(incoming.headers),
  };
}

/** The bucket and key of an `x-amz-copy-source` header. */
export function copySource(header: string): { bucket: string; key: string } {
  if (header.includes('?versionId=')) throw notImplemented('CopyObject of a version');
  const [bucket, key] = splitOnce(header.replace(/^\//, ''), '/');
  return { bucket: decoded(bucket), key: decoded(key) };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidArgument', "Couldn't parse the specified URI.");
  }
}

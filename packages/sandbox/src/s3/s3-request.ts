import type { IncomingMessage } from 'node:http';
import { isPresigned } from '../signatures/authorization.ts';
import { isVersionTwo, ofVersionTwo } from '../signatures/version-two.ts';
import type { ObjectAddress } from './object-address.ts';
import { S3Error } from './s3-error.ts';

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
  const { parameters, headers } = hoisted(new URLSearchParams(query), incoming.headers);
  return {
    method: incoming.method ?? 'GET',
    bucket: decoded(bucket),
    key: decoded(key),
    query: parameters,
    header: (name) => headers.get(name),
    headerNames: [...headers.keys()],
  };
}

/** Parameters of the signature of a presigned URL. */
const ofSignature = /^x-amz-(algorithm|credential|date|expires|security-token|signature|signedheaders)$/;

/** A presigned URL carries headers in its query; there they count as headers. */
function hoisted(query: URLSearchParams, incoming: IncomingMessage['headers']) {
  const headers = new Map(Object.entries(incoming).map(([name, value]) => [name, [value].flat()[0] ?? '']));
  const parameters = new URLSearchParams();
  for (const [name, value] of query) {
    const lower = name.toLowerCase();
    const isOfVersionTwo = isVersionTwo(query);
    if (isOfVersionTwo && ofVersionTwo.test(name)) continue;
    const isHeader = isOfVersionTwo ? /^(x-amz-.+|content-(type|md5))$/.test(lower) : lower.startsWith('x-amz-');
    if (!isHeader || !(isOfVersionTwo || isPresigned(query))) parameters.append(name, value);
    else if (!ofSignature.test(lower) && !headers.has(lower)) headers.set(lower, value);
  }
  return { parameters, headers };
}

/** The bucket and key of an `x-amz-copy-source` header; clients encode its slash or leave it. */
export function copySource(header: string): ObjectAddress {
  const [path, query] = splitOnce(header, '?versionId=');
  const [bucket, key] = splitOnce(decoded(path).replace(/^\//, ''), '/');
  return { bucket, key, versionId: query === '' ? undefined : query };
}

/** The object that a request is about, or the version of it that the request names. */
export function addressOf({ bucket, key, query }: S3Request): ObjectAddress {
  const versionId = query.get('versionId') ?? undefined;
  if (versionId === '') throw new S3Error('InvalidArgument', 'Version id cannot be the empty string');
  return { bucket, key, versionId };
}

/** A parameter of the query; without a value it counts as absent. */
export function parameterOf({ query }: Pick<S3Request, 'query'>, name: string): string | undefined {
  const value = query.get(name) ?? '';
  return value === '' ? undefined : value;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidArgument', "Couldn't parse the specified URI.");
  }
}

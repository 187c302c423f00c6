/** Parts of a request that its signature covers. */
export interface SignedParts {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  /** Every value of each header, by its name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly signedHeaders: readonly string[];
  /** Hexadecimal SHA-256 of the body, or what S3 has in its place. */
  readonly payloadHash: string;
}

/** The request in the form in which it is signed (AWS: "Create a signed AWS API request", step 1). */
export function canonicalRequest(parts: SignedParts, service: string): string {
  const { method, url, headers, signedHeaders, payloadHash } = parts;
  const query = url.indexOf('?');
  const names = [...signedHeaders].sort();
  return [
    method,
    canonicalPath(query < 0 ? url : url.slice(0, query), service),
    query < 0 ? '' : canonicalQuery(url.slice(query + 1)),
    ...names.map((name) => `${name}:${(headers[name] ?? []).map(trimmed).join(',')}`),
    '',
    names.join(';'),
    payloadHash,
  ].join('\n');
}

/** S3 signs the path as it is sent; every other service encodes it once more, without `.`, `..` and empty parts. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path.split('/').map(recoded).join('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(encoded(part));
  }
  return `/${parts.join('/')}${parts.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

/** The parameters without the signature itself, which a presigned URL has among them. */
const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter((parameter) => parameter !== '' && !parameter.startsWith('X-Amz-Signature='))
    .map((parameter) => {
      const at = parameter.indexOf('=');
      const [name, value] = at < 0 ? [parameter, ''] : [parameter.slice(0, at), parameter.slice(at + 1)];
      return [recoded(name), recoded(value)] as const;
    })
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const trimmed = (value: string): string => value.trim().replace(/\s+/g, ' ');

/** Everything but letters, digits and `-._~` as `%XX`. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** A part of a URL, however its client encoded it, as AWS encodes it. */
function recoded(part: string): string {
  try {
    return encoded(decodeURIComponent(part));
  } catch {
    return part;
  }
}

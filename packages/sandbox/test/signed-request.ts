import type { Credentials } from '../src/iam/session-credentials.ts';
import { canonicalRequest } from '../src/signatures/canonical-request.ts';
import { scopeText, sha256, signatureOf, signingKey, stringToSign } from '../src/signatures/signature.ts';

/** Credentials, scope and time for a signature. */
export interface Signing {
  readonly credentials: Credentials;
  readonly service: string;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** @default now */
  readonly at?: number;
}

/** A request as a test sends it. */
export interface TestRequest {
  /** @default 'POST' */
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default '' */
  readonly body?: string;
  /** Payload hash, or what S3 signs in its place. */
  readonly payloadHash?: string;
}

/** The headers of the request with a signature over all of them, for requests that no SDK sends. */
export function signedHeaders(
  { method = 'POST', url, headers = {}, body = '', payloadHash = sha256(body) }: TestRequest,
  { credentials, service, region = 'us-east-1', at = Date.now() }: Signing,
): Readonly<Record<string, string>> {
  const { host, pathname, search } = new URL(url);
  const timestamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const all: Readonly<Record<string, string>> = {
    ...headers,
    'x-amz-date': timestamp,
    'x-amz-security-token': credentials.sessionToken,
    ...(service === 's3' && { 'x-amz-content-sha256': payloadHash }),
  };
  const values = Object.fromEntries(Object.entries({ ...all, host }).map(([name, value]) => [name, [value]]));
  const names = Object.keys(values).sort();
  const scope = { date: timestamp.slice(0, 8), region, service };
  const parts = { method, url: pathname + search, headers: values, signedHeaders: names, payloadHash };
  const text = stringToSign(timestamp, scope, canonicalRequest(parts, service));
  const signature = signatureOf(signingKey(credentials.secretAccessKey, scope), text);
  const credential = `${credentials.accessKeyId}/${scopeText(scope)}`;
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

/** The URL with a signature in its query, for as many seconds as it is to be valid. */
export function presigned(
  { method = 'GET', url, headers = {} }: TestRequest,
  { credentials, service, region = 'us-east-1', at = Date.now() }: Signing,
  expires: number | string = 60,
): string {
  const timestamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = { date: timestamp.slice(0, 8), region, service };
  const signing = new URL(url);
  const values = Object.entries({ ...headers, host: signing.host }).map(([name, value]) => [name, [value]] as const);
  const signed = values.map(([name]) => name).sort();
  for (const [name, value] of Object.entries({
    Algorithm: 'AWS4-HMAC-SHA256',
    Credential: `${credentials.accessKeyId}/${scopeText(scope)}`,
    Date: timestamp,
    Expires: String(expires),
    'Security-Token': credentials.sessionToken,
    SignedHeaders: signed.join(';'),
  })) {
    signing.searchParams.set(`X-Amz-${name}`, value);
  }
  const parts = {
    method,
    url: signing.pathname + signing.search,
    headers: Object.fromEntries(values),
    signedHeaders: signed,
    payloadHash: service === 's3' ? 'UNSIGNED-PAYLOAD' : sha256(''),
  };
  const text = stringToSign(timestamp, scope, canonicalRequest(parts, service));
  signing.searchParams.set('X-Amz-Signature', signatureOf(signingKey(credentials.secretAccessKey, scope), text));
  return signing.href;
}

/** Sends the request with its signature. */
export const sendSigned = (request: TestRequest, signing: Signing): Promise<Response> =>
  fetch(request.url, {
    method: request.method ?? 'POST',
    headers: signedHeaders(request, signing),
    ...(request.body !== undefined && { body: request.body }),
  });

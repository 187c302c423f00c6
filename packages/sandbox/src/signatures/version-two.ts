import { createHmac } from 'node:crypto';
import type { Received, Sender, Verification } from './sender.ts';
import { isSame } from './signature.ts';

/** Parameters that a signature of version 2 covers as part of the resource (AWS: "Signing and authenticating REST requests"). */
const OF_RESOURCE =
  /^(acl|cors|delete|lifecycle|location|logging|notification|partNumber|policy|requestPayment|restore|response-.+|tagging|torrent|uploadId|uploads|versionId|versioning|versions|website)$/;

/** Parameters of the signature itself. */
export const ofVersionTwo = /^(AWSAccessKeyId|Expires|Signature)$/;

/** True for a URL that is signed with version 2, as boto3 and version 1 of the AWS CLI presign in older regions. */
export const isVersionTwo = (query: URLSearchParams): boolean =>
  query.has('AWSAccessKeyId') && query.has('Signature') && query.has('Expires');

/** Verifies a presigned URL of version 2, which S3 alone takes. */
export function versionTwoSender(received: Received, query: URLSearchParams, verification: Verification): Sender {
  const [accessKeyId, signature, expires] = ['AWSAccessKeyId', 'Signature', 'Expires'].map(
    (name) => query.get(name) ?? '',
  );
  const valueOf = (name: string): string => received.headers[name]?.[0] ?? query.get(name) ?? '';
  if (!/^\d+$/.test(expires ?? '')) {
    return {
      kind: 'refused',
      refusal: { reason: 'expired', message: `Invalid date (should be seconds since epoch): ${expires ?? ''}` },
    };
  }
  if (Number(expires) * 1_000 < verification.now) return { kind: 'refused', refusal: { reason: 'expired' } };
  const token = valueOf('x-amz-security-token');
  const known = verification.authenticate(accessKeyId ?? '', token === '' ? undefined : token);
  if (!known.ok) return { kind: 'refused', refusal: { reason: known.reason, message: known.message } };
  const text = [
    received.method,
    valueOf('content-md5'),
    valueOf('content-type'),
    expires,
    ...amzHeaders(received, query),
    resourceOf(received, query),
  ].join('\n');
  const expected = createHmac('sha1', known.secretAccessKey).update(text).digest('base64');
  if (!isSame(expected, signature ?? '')) return { kind: 'refused', refusal: { reason: 'wrong signature' } };
  return { kind: 'signed', principal: known.session, region: 'us-east-1', seed: undefined };
}

/** Headers of the request, and those that the URL carries. */
function amzHeaders({ headers }: Received, query: URLSearchParams): readonly string[] {
  const values = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, given] of Object.entries(headers)) values.set(name, (given ?? []).join(','));
  return [...values]
    .filter(([name]) => name.startsWith('x-amz-'))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}`);
}

function resourceOf({ url }: Received, query: URLSearchParams): string {
  const covered = [...query]
    .filter(([name]) => OF_RESOURCE.test(name))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const parameters = covered.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
  return `${url.split('?')[0] ?? ''}${parameters === '' ? '' : `?${parameters}`}`;
}

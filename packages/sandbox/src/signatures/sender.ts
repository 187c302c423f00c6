import type { Authenticated, RolePrincipal } from '../iam/sessions.ts';
import { type Authorization, authorizationInQuery, authorizationOf, isPresigned, queryOf } from './authorization.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { Refusal } from './refusal.ts';
import { isSame, scopeText, signatureOf, signingKey, stringToSign } from './signature.ts';
import { signingTime, staleness, timelyUntil } from './signing-time.ts';

/** Who sent a request: the session whose secret signed it, or nobody that is known, and why. */
export type Sender =
  | {
      readonly kind: 'signed';
      readonly principal: RolePrincipal;
      /** The region that the request is signed for. */
      readonly region: string;
      /** Seed of the chunk signatures; version 2 has none. */
      readonly seed: Seed | undefined;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A signature that others follow (AWS: "Signature calculations: transferring payload in multiple chunks"). */
export interface Seed {
  readonly key: Buffer;
  readonly timestamp: string;
  readonly scope: string;
  readonly signature: string;
}

/** A request as far as its signature covers it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  /** Every value of each header, by its name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly payloadHash: string;
}

export interface Verification {
  /** The session of an access key and its token, with the secret that belongs to it. */
  readonly authenticate: (accessKeyId: string, sessionToken: string | undefined) => Authenticated;
  /** The service that the request reached. */
  readonly service: string;
  /** Milliseconds since the epoch, by the clock that clients have: the real one. */
  readonly now: number;
}

/** Verifies the signature of a request (AWS Signature Version 4, in the header or in the query). */
export function senderOf(received: Received, verification: Verification): Sender {
  const claim = claimOf(received, queryOf(received.url));
  if (!('authorization' in claim)) return { kind: 'refused', refusal: claim };
  const { authorization, timestamp, token } = claim;
  const problem = problemOf(received, authorization, timestamp, verification);
  if (problem) return { kind: 'refused', refusal: problem };
  const known = verification.authenticate(authorization.accessKeyId, token);
  if (!known.ok) return { kind: 'refused', refusal: { reason: known.reason, message: known.message } };
  const { signedHeaders, signature, region } = authorization;
  const text = canonicalRequest({ ...received, signedHeaders }, authorization.service);
  const key = signingKey(known.secretAccessKey, authorization);
  if (!isSame(signatureOf(key, stringToSign(timestamp, authorization, text)), signature)) {
    return { kind: 'refused', refusal: { reason: 'wrong signature' } };
  }
  const seed = { key, timestamp, scope: scopeText(authorization), signature };
  return { kind: 'signed', principal: known.session, region, seed };
}

/** Signature that a request carries, its time and the token of its credentials. */
interface Claim {
  readonly authorization: Authorization;
  readonly timestamp: string;
  readonly token: string | undefined;
}

function claimOf(received: Received, query: URLSearchParams): Claim | Refusal {
  const header = received.headers['authorization']?.[0];
  if (isPresigned(query)) return header === undefined ? claimInQuery(query) : { reason: 'signed twice' };
  if (header === undefined) return { reason: 'unsigned' };
  const authorization = authorizationOf(header);
  if ('missing' in authorization) return { reason: 'incomplete', message: authorization.missing };
  const timestamp = signingTime({ date: one(received, 'date'), 'x-amz-date': one(received, 'x-amz-date') });
  if (timestamp !== undefined) return { authorization, timestamp, token: one(received, 'x-amz-security-token') };
  const message = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
  return { reason: 'incomplete', message };
}

function claimInQuery(query: URLSearchParams): Claim | Refusal {
  const authorization = authorizationInQuery(query);
  if ('missing' in authorization) return { reason: 'incomplete query', message: authorization.missing };
  const timestamp = signingTime({ 'x-amz-date': query.get('X-Amz-Date') });
  if (timestamp !== undefined) {
    return { authorization, timestamp, token: query.get('X-Amz-Security-Token') ?? undefined };
  }
  return {
    reason: 'incomplete query',
    message: "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
  };
}

/** Problem of a request that does not depend on who signed it. */
function problemOf(
  { headers }: Received,
  { date, service, signedHeaders, expiresSeconds }: Authorization,
  timestamp: string,
  verification: Verification,
): Refusal | undefined {
  if (service !== verification.service) {
    return {
      reason: 'wrong scope',
      message: `Credential should be scoped to correct service: '${verification.service}'.`,
    };
  }
  if (date !== timestamp.slice(0, 8)) {
    const message = `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`;
    return { reason: 'wrong scope', message };
  }
  const unsigned = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))].filter(
    (name) => !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    const message = `There were headers present in the request which were not signed: ${unsigned.join(', ')}`;
    return { reason: 'unsigned headers', message };
  }
  if (expiresSeconds !== undefined) return timelyUntil(timestamp, expiresSeconds, service, verification.now);
  const stale = staleness(timestamp, service, verification.now);
  return stale === undefined ? undefined : { reason: 'skewed clock', message: stale };
}

const one = ({ headers }: Received, name: string): string | undefined => headers[name]?.[0];

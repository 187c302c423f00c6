import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Scope that a signature is valid for (AWS: "credential scope"). */
export interface Scope {
  /** `20260102` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export const scopeText = ({ date, region, service }: Scope): string => `${date}/${region}/${service}/aws4_request`;

/** The key that a secret becomes within a scope (AWS: "Create a signed AWS API request", step 4). */
export const signingKey = (secretAccessKey: string, { date, region, service }: Scope): Buffer =>
  [date, region, service, 'aws4_request'].reduce(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );

/** The signature of a text, in hexadecimal. */
export const signatureOf = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** The text that is signed for a request (AWS: "Create a signed AWS API request", step 3). */
export const stringToSign = (timestamp: string, scope: Scope, canonicalRequest: string): string =>
  ['AWS4-HMAC-SHA256', timestamp, scopeText(scope), sha256(canonicalRequest)].join('\n');

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** True if two texts are equal. The duration does not reveal where they differ. */
export function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

import type { Principal } from '@crosswind/iam/principal';
import { messageOf, type Refusal } from '../signatures/refusal.ts';
import type { Sender } from '../signatures/sender.ts';
import { S3Error, type S3ErrorCode } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const CODES: Readonly<Record<Refusal['reason'], S3ErrorCode>> = {
  unsigned: 'AccessDenied',
  incomplete: 'AuthorizationHeaderMalformed',
  'incomplete query': 'AuthorizationQueryParametersError',
  'signed twice': 'InvalidArgument',
  expired: 'AccessDenied',
  early: 'AccessDenied',
  'wrong scope': 'AuthorizationHeaderMalformed',
  'unsigned headers': 'AccessDenied',
  'skewed clock': 'RequestTimeTooSkewed',
  'unknown key': 'InvalidAccessKeyId',
  'invalid token': 'InvalidToken',
  'wrong signature': 'SignatureDoesNotMatch',
  'too large': 'EntityTooLarge',
};

/** Messages of S3 that differ from those of other services. */
const MESSAGES: Partial<Readonly<Record<Refusal['reason'], string>>> = {
  'skewed clock': 'The difference between the request time and the current time is too large.',
  'signed twice': messageOf({ reason: 'signed twice' }),
  expired: messageOf({ reason: 'expired' }),
  early: messageOf({ reason: 'early' }),
  'unknown key': 'The AWS Access Key Id you provided does not exist in our records.',
  'invalid token': 'The provided token is malformed or otherwise invalid.',
  'wrong signature':
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
};

/** Who sends a request: the session that signed it, or nobody known for a request without a signature. */
export function callerOf({ header }: S3Request, sender: Sender): Principal {
  if (sender.kind === 'signed') return sender.principal;
  const { reason, message } = sender.refusal;
  if (reason === 'unsigned') return { kind: 'anonymous' };
  const isInHeader = header('authorization') !== undefined;
  if (reason === 'wrong signature' && isInHeader && header('x-amz-content-sha256') === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  const told = reason === 'skewed clock' ? undefined : message;
  throw new S3Error(CODES[reason], told ?? MESSAGES[reason] ?? 'Access Denied');
}

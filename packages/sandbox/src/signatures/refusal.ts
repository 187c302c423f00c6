/** Why the endpoint turns a request away before any service looks at it. */
export interface Refusal {
  readonly reason:
    | 'unsigned'
    | 'incomplete'
    | 'incomplete query'
    | 'signed twice'
    | 'expired'
    | 'early'
    | 'wrong scope'
    | 'unsigned headers'
    | 'skewed clock'
    | 'unknown key'
    | 'invalid token'
    | 'wrong signature'
    | 'too large';
  /** @default what AWS says of every request that is turned away for this reason */
  readonly message?: string;
}

/** A refusal as a client reads it. */
export interface RefusalAnswer {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

type Codes = Readonly<Record<Refusal['reason'], string>>;

const invalidToken = 'The security token included in the request is invalid.';
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const messages: Codes = {
  unsigned: 'Missing Authentication Token',
  incomplete: 'The request signature does not conform to AWS standards.',
  'incomplete query': 'The request signature does not conform to AWS standards.',
  'signed twice':
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
  expired: 'Request has expired',
  early: 'Request is not valid yet',
  'wrong scope': mismatch,
  'unsigned headers': mismatch,
  'skewed clock': mismatch,
  'unknown key': invalidToken,
  'invalid token': invalidToken,
  'wrong signature': mismatch,
  'too large': 'the request is too large',
};

/** Codes of the services with a JSON protocol (AWS: "Common Errors" of each). */
const jsonCodes: Codes = {
  unsigned: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  'incomplete query': 'IncompleteSignatureException',
  'signed twice': 'IncompleteSignatureException',
  expired: 'InvalidSignatureException',
  early: 'InvalidSignatureException',
  'wrong scope': 'InvalidSignatureException',
  'unsigned headers': 'InvalidSignatureException',
  'skewed clock': 'InvalidSignatureException',
  'unknown key': 'UnrecognizedClientException',
  'invalid token': 'UnrecognizedClientException',
  'wrong signature': 'InvalidSignatureException',
  'too large': 'RequestEntityTooLargeException',
};

/** Codes of the query protocol (AWS STS API Reference, "Common Errors"). */
const queryCodes: Codes = {
  unsigned: 'MissingAuthenticationToken',
  incomplete: 'IncompleteSignature',
  'incomplete query': 'IncompleteSignature',
  'signed twice': 'IncompleteSignature',
  expired: 'SignatureDoesNotMatch',
  early: 'SignatureDoesNotMatch',
  'wrong scope': 'SignatureDoesNotMatch',
  'unsigned headers': 'SignatureDoesNotMatch',
  'skewed clock': 'SignatureDoesNotMatch',
  'unknown key': 'InvalidClientTokenId',
  'invalid token': 'InvalidClientTokenId',
  'wrong signature': 'SignatureDoesNotMatch',
  'too large': 'RequestEntityTooLarge',
};

/** The refusal in a JSON protocol whose refusals have this status: 400 where AWS names the operation in a header, 403 in REST. */
export const jsonRefusal = (refusal: Refusal, status: 400 | 403): RefusalAnswer => answer(jsonCodes, refusal, status);

/** The refusal in the query protocol. */
export const queryRefusal = (refusal: Refusal): RefusalAnswer => answer(queryCodes, refusal, 403);

/** Message as a client reads it. */
export const messageOf = ({ reason, message }: Refusal): string => message ?? messages[reason];

const answer = (codes: Codes, refusal: Refusal, status: number): RefusalAnswer => ({
  code: codes[refusal.reason],
  message: messageOf(refusal),
  status: refusal.reason === 'too large' ? 413 : status,
});

import type { Denied } from '@crosswind/iam/decision';

/** Error codes of S3 that the sandbox gives, with their HTTP status (AWS: "Amazon S3 API Reference: Error responses"). */
const STATUS = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BadRequest: 400,
  BucketAlreadyExists: 409,
  BucketAlreadyOwnedByYou: 409,
  ConditionalRequestConflict: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IllegalVersioningConfigurationException: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidTag: 400,
  InvalidToken: 400,
  'KMS.DisabledException': 400,
  'KMS.KMSInvalidStateException': 400,
  'KMS.NotFoundException': 400,
  KeyTooLongError: 400,
  MalformedPolicy: 400,
  MalformedTrailerError: 400,
  MalformedXML: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchBucketPolicy: 404,
  NoSuchKey: 404,
  NoSuchPublicAccessBlockConfiguration: 404,
  NoSuchTagSet: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
} as const;

export type S3ErrorCode = keyof typeof STATUS;

/** An answer of S3 that is not success; its message is what a client of S3 would read. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: S3ErrorCode;
  readonly status: number;
  /** For `AccessDenied`: the decision, with the fix. */
  readonly denied: Denied | undefined;
  /** Headers of the answer besides those of every error. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: S3ErrorCode, message: string, denied?: Denied, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.headers = headers;
    this.code = code;
    this.status = STATUS[code];
    this.denied = denied;
  }
}

export const noSuchKey = (): S3Error => new S3Error('NoSuchKey', 'The specified key does not exist.');

/** The refusal of something the sandbox does not do, by the name AWS gives it. */
export const notImplemented = (what: string): S3Error =>
  new S3Error('NotImplemented', `${what} is not implemented by the simulated S3 (see docs/sandbox-support.md)`);

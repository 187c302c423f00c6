import type { ServerResponse } from 'node:http';
import { leaf } from '../xml.ts';
import { type Bucket, etagOf, type StoredObject } from './bucket.ts';
import { type Encryption, isAwsManaged } from './encryption.ts';
import { S3Error } from './s3-error.ts';
import { versionIdOf, versioningOf } from './versions.ts';

export type AnswerHeaders = Readonly<Record<string, string | number>>;

/** Sends a whole answer. */
export function answer(
  response: ServerResponse,
  status: number,
  headers: AnswerHeaders,
  body: string | Buffer = '',
): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  response.writeHead(status, { 'content-length': length, ...headers });
  response.end(body);
}

/** Sends a document. */
export const answerXml = (response: ServerResponse, body: string): void => {
  answer(response, 200, { 'content-type': 'application/xml' }, body);
};

/** Sends an error as S3 does; HEAD gets its status only. */
export function answerError(
  response: ServerResponse,
  error: S3Error,
  resource: string,
  requestId: string,
  isHead: boolean,
): void {
  if (isHead) {
    response.writeHead(error.status, error.headers).end();
    return;
  }
  const fields = [
    leaf('Code', error.code),
    leaf('Message', error.message),
    leaf('Resource', resource),
    leaf('RequestId', requestId),
  ];
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${fields.join('')}</Error>`;
  answer(response, error.status, { 'content-type': 'application/xml', ...error.headers }, body);
}

/** The time as HTTP writes it. */
export const httpDate = (milliseconds: number): string => new Date(milliseconds).toUTCString();

/** The headers that describe an object. */
export function objectHeaders(object: StoredObject): AnswerHeaders {
  return {
    'accept-ranges': 'bytes',
    'content-type': 'binary/octet-stream',
    ...object.headers,
    etag: etagOf(object),
    'last-modified': httpDate(object.lastModified),
    ...encryptionHeaders(object.encryption),
  };
}

/** The header with the id of a version that was written (AWS: "PutObject"); the null version has none. */
export const versionHeaders = (
  { versionId }: Pick<StoredObject, 'versionId'>,
  header = 'x-amz-version-id',
): AnswerHeaders => (versionId === undefined ? {} : { [header]: versionId });

/** The same of an object that is read, in a bucket that was ever versioned. */
export const readVersionHeaders = (object: StoredObject, bucket: Bucket): AnswerHeaders =>
  versioningOf(bucket) === undefined ? {} : { 'x-amz-version-id': versionIdOf(object) };

/** The headers that say how an object is encrypted. The sandbox has no ids for keys that AWS manages. */
export function encryptionHeaders(encryption: Encryption | undefined): AnswerHeaders {
  if (encryption === undefined) return { 'x-amz-server-side-encryption': 'AES256' };
  return {
    'x-amz-server-side-encryption': 'aws:kms',
    ...(!isAwsManaged(encryption) && { 'x-amz-server-side-encryption-aws-kms-key-id': encryption.kmsKeyArn }),
    ...(encryption.bucketKey && { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' }),
  };
}

/** The headers that carry an object's checksum, if its body was ever read. */
export function checksumHeaders({ digest }: StoredObject): AnswerHeaders {
  if (digest === undefined) return {};
  const { checksum, parts = 0, isComposite = false } = digest;
  return {
    [`x-amz-checksum-${checksum.algorithm}`]: isComposite ? `${checksum.value}-${parts}` : checksum.value,
    'x-amz-checksum-type': isComposite ? 'COMPOSITE' : 'FULL_OBJECT',
  };
}

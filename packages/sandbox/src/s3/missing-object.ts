import type { Version } from './bucket.ts';
import { httpDate } from './s3-answer.ts';
import { noSuchKey, S3Error } from './s3-error.ts';
import { isMarker, versionIdOf } from './versions.ts';

/** Refusal of a request for an object that is not there, or hidden by a delete marker (AWS: "Working with delete markers"). */
export function missingObject(version: Version | undefined, versionId: string | undefined): S3Error {
  if (!isMarker(version)) {
    return versionId === undefined
      ? noSuchKey()
      : new S3Error('NoSuchVersion', 'The specified version does not exist.');
  }
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionIdOf(version) };
  if (versionId === undefined) return new S3Error('NoSuchKey', noSuchKey().message, undefined, headers);
  return new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', undefined, {
    ...headers,
    allow: 'DELETE',
    'last-modified': httpDate(version.lastModified),
  });
}

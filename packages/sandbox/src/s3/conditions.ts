import { etagOf, type StoredObject } from './bucket.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** Conditions on the object that is read (RFC 9110, section 13.1). */
export const CONDITIONS = ['if-match', 'if-modified-since', 'if-none-match', 'if-unmodified-since'] as const;

/** The same on the source of a copy. */
export const COPY_CONDITIONS = CONDITIONS.map((name) => `x-amz-copy-source-${name}`);

export const preconditionFailed = (): S3Error =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');

/** True if the object's ETag is in the list of a header, with or without quotes. */
export const isAmong = (etags: string, object: StoredObject): boolean =>
  etags.split(',').some((etag) => ['*', etagOf(object), etagOf(object).replaceAll('"', '')].includes(etag.trim()));

/** True if the reader has the object already; refuses if it wants only another version. */
export const isUnchanged = ({ header }: S3Request, object: StoredObject): boolean => holds(header, object) === 'known';

/** Refuses a copy of a source that is not as its conditions have it. */
export function checkCopyConditions({ header }: S3Request, source: StoredObject): void {
  if (holds((name) => header(`x-amz-copy-source-${name}`), source) === 'known') throw preconditionFailed();
}

/** ETags take precedence over times (RFC 9110, section 13.2.2); a time that is none is ignored. */
function holds(header: S3Request['header'], object: StoredObject): 'known' | 'wanted' {
  const [match, noneMatch] = [header('if-match'), header('if-none-match')];
  // HTTP has times of whole seconds.
  const modified = Math.floor(object.lastModified / 1_000) * 1_000;
  const isAfter = (time: string | undefined): boolean | undefined =>
    time === undefined || Number.isNaN(Date.parse(time)) ? undefined : modified > Date.parse(time);
  const isWanted = match === undefined ? isAfter(header('if-unmodified-since')) !== true : isAmong(match, object);
  if (!isWanted) throw preconditionFailed();
  const isKnown = noneMatch === undefined ? isAfter(header('if-modified-since')) === false : isAmong(noneMatch, object);
  return isKnown ? 'known' : 'wanted';
}

import { etagOf, type StoredObject } from './bucket.ts';
import { preconditionFailed } from './conditions.ts';
import { noSuchKey, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** Conditions of a write on the object that has its key (AWS: "How to prevent object overwrites with conditional writes"). */
export interface WriteConditions {
  /**
   * ETag of the object that is replaced, with or without quotes.
   *
   * @default - any object, or none
   */
  readonly ifMatch?: string;
  /**
   * True if no object may have the key.
   *
   * @default false
   */
  readonly ifNoneMatch?: boolean;
}

/** A write that has begun, on conditions. */
export interface Replacement {
  readonly conditions: WriteConditions;
  /** The object that had the key when the write began. */
  readonly before: StoredObject | undefined;
}

/** Headers of these conditions. */
export const WRITE_CONDITIONS = ['if-match', 'if-none-match'] as const;

/** Conditions of a write, from its headers; refuses values that S3 refuses, too. */
export function writeConditions({ header }: Pick<S3Request, 'header'>): WriteConditions {
  const [ifMatch, ifNoneMatch] = [header('if-match'), header('if-none-match')];
  if (ifMatch !== undefined && ifNoneMatch !== undefined) throw notAccepted('If-Match and If-None-Match together');
  if (ifMatch === '*') throw notAccepted('If-Match: *; expected an ETag');
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw notAccepted(`If-None-Match: ${ifNoneMatch}; expected *`);
  }
  return { ifMatch, ifNoneMatch: ifNoneMatch !== undefined };
}

/**
 * Refuses a write whose conditions do not hold when it completes, at the object that has its key then. A conflict is a
 * write or deletion in between after which the condition holds.
 */
export function checkWrite({ conditions, before }: Replacement, now: StoredObject | undefined): void {
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifNoneMatch && now !== undefined) throw preconditionFailed();
  if (ifMatch !== undefined) {
    if (now === undefined) throw noSuchKey();
    if (ifMatch.replaceAll('"', '') !== etagOf(now).replaceAll('"', '')) throw preconditionFailed();
  }
  if ((ifNoneMatch || ifMatch !== undefined) && now !== before) throw conflict();
}

const notAccepted = (what: string): S3Error =>
  new S3Error('NotImplemented', `A header you provided implies functionality that is not implemented: ${what}`);

const conflict = (): S3Error =>
  new S3Error(
    'ConditionalRequestConflict',
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
  );

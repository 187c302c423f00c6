import { compareKeys, type SortedKeys } from './sorted-keys.ts';
import { S3Error } from './s3-error.ts';

/** The most keys one page holds (AWS: "ListObjectsV2", max-keys). */
export const MAX_KEYS = 1000;

/** Parameters of ListObjectsV2. */
export interface ListQuery {
  /** @default '' */
  readonly prefix?: string;
  /** @default no grouping */
  readonly delimiter?: string;
  /** @default from the first key */
  readonly startAfter?: string;
  /** @default the first page */
  readonly continuationToken?: string;
  /** @default 1000 */
  readonly maxKeys?: number;
}

/** One page of keys, in the order of their UTF-8 bytes. */
export interface KeyPage {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  readonly nextContinuationToken: string | undefined;
}

/** The page of a bucket's keys that a query asks for. */
export function listKeys(all: SortedKeys, query: ListQuery): KeyPage {
  const { prefix = '', delimiter = '' } = query;
  const maxKeys = Math.min(query.maxKeys ?? MAX_KEYS, MAX_KEYS);
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  let cursor = all.from(start(prefix, query));
  for (;;) {
    const { value: key } = cursor.next();
    if (key === undefined || !key.startsWith(prefix) || maxKeys === 0) break;
    if (keys.length + commonPrefixes.length === maxKeys) {
      return { keys, commonPrefixes, isTruncated: true, nextContinuationToken: token(last ?? '') };
    }
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) {
      keys.push(key);
      last = `k${key}`;
      continue;
    }
    const group = key.slice(0, end + delimiter.length);
    commonPrefixes.push(group);
    last = `p${group}`;
    cursor = all.from(beforeEndOf(group));
  }
  return { keys, commonPrefixes, isTruncated: false, nextContinuationToken: undefined };
}

const beforeEndOf = (prefix: string) => (key: string) => key.startsWith(prefix) || compareKeys(key, prefix) < 0;

/** Predicate for keys before the page: up to the token, else up to `startAfter`, else up to the prefix. */
function start(prefix: string, { continuationToken, startAfter }: ListQuery): (key: string) => boolean {
  const beforePrefix = (key: string) => compareKeys(key, prefix) < 0;
  if (continuationToken === undefined) {
    return startAfter === undefined ? beforePrefix : (key) => beforePrefix(key) || compareKeys(key, startAfter) <= 0;
  }
  const last = Buffer.from(continuationToken, 'base64url').toString();
  if (token(last) !== continuationToken || !/^[kp]/.test(last)) {
    throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
  }
  const name = last.slice(1);
  return last.startsWith('p') ? beforeEndOf(name) : (key) => compareKeys(key, name) <= 0;
}

/** Continuation token for the page after a key, or after all keys with a common prefix. */
export const tokenAfter = (kind: 'key' | 'prefix', name: string): string => token((kind === 'key' ? 'k' : 'p') + name);

const token = (last: string): string => Buffer.from(last).toString('base64url');

import type { Bucket, Version } from './bucket.ts';
import { MAX_KEYS, type ListQuery } from './list-objects.ts';
import { S3Error } from './s3-error.ts';
import { compareKeys } from './sorted-keys.ts';
import { versionIdOf, versionsOf } from './versions.ts';

/** Parameters of ListObjectVersions. */
export interface VersionQuery extends Pick<ListQuery, 'prefix' | 'delimiter' | 'maxKeys'> {
  /** @default - from the first key */
  readonly keyMarker?: string;
  /** @default - after all versions of `keyMarker` */
  readonly versionIdMarker?: string;
}

/** A version in a list. */
export interface ListedVersion {
  readonly version: Version;
  readonly isLatest: boolean;
}

/** One page of versions: keys in order, the newest version of each first. */
export interface VersionPage {
  readonly versions: readonly ListedVersion[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last item of a page that others follow. */
  readonly next: Required<Pick<VersionQuery, 'keyMarker'>> & Pick<VersionQuery, 'versionIdMarker'>;
}

/** The page of a bucket's versions that a query asks for. */
export function listVersions(bucket: Bucket, query: VersionQuery): VersionPage {
  if (query.versionIdMarker !== undefined && query.keyMarker === undefined) {
    throw new S3Error('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
  }
  const most = Math.min(query.maxKeys ?? MAX_KEYS, MAX_KEYS);
  const versions: ListedVersion[] = [];
  const commonPrefixes: string[] = [];
  let next: VersionPage['next'] = { keyMarker: '' };
  for (const item of itemsAfter(bucket, query)) {
    if (versions.length + commonPrefixes.length === most) {
      return { versions, commonPrefixes, isTruncated: most > 0, next };
    }
    if (typeof item === 'string') {
      commonPrefixes.push(item);
      next = { keyMarker: item };
    } else {
      versions.push(item);
      next = { keyMarker: item.version.key, versionIdMarker: versionIdOf(item.version) };
    }
  }
  return { versions, commonPrefixes, isTruncated: false, next };
}

/** Versions and common prefixes in the order of their keys. */
function* itemsAfter(bucket: Bucket, query: VersionQuery): Generator<ListedVersion | string, void, undefined> {
  const { prefix = '', delimiter = '', keyMarker = '', versionIdMarker } = query;
  let group: string | undefined;
  for (const key of keysOf(bucket, (other) => compareKeys(other, prefix) < 0 || compareKeys(other, keyMarker) < 0)) {
    if (!key.startsWith(prefix)) return;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end >= 0) {
      const of = key.slice(0, end + delimiter.length);
      if (of !== group && compareKeys(of, keyMarker) > 0) yield of;
      group = of;
      continue;
    }
    const all = versionsOf(bucket, key).map((version, index) => ({ version, isLatest: index === 0 }));
    if (key !== keyMarker) yield* all;
    else if (versionIdMarker !== undefined) yield* all.slice(positionAfter(all, versionIdMarker));
  }
}

/** Where the versions begin that are older than the marker; none do if the marker is gone. */
function positionAfter(versions: readonly ListedVersion[], versionId: string): number {
  const position = versions.findIndex(({ version }) => versionIdOf(version) === versionId);
  return position < 0 ? versions.length : position + 1;
}

/** Keys with an object or only with hidden versions, each once, in order. */
function* keysOf({ keys, hiddenKeys }: Bucket, isBefore: (key: string) => boolean): Generator<string, void, undefined> {
  const [current, hidden] = [keys.from(isBefore), hiddenKeys.from(isBefore)];
  let [one, other] = [current.next(), hidden.next()];
  while (!one.done || !other.done) {
    const order = one.done ? 1 : other.done ? -1 : compareKeys(one.value, other.value);
    yield (order <= 0 ? one.value : other.value) as string;
    if (order <= 0) one = current.next();
    if (order >= 0) other = hidden.next();
  }
}

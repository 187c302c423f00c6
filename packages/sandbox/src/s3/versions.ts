import { randomBytes } from 'node:crypto';
import { objectOf } from '@crosswind/aws/json';
import type { Bucket, DeleteMarker, ObjectTags, StoredObject, Version } from './bucket.ts';
import type { SortedKeys } from './sorted-keys.ts';

/** Id that stands for the version of an object without an id. */
export const NULL_VERSION = 'null';

/** State of a bucket's versioning; undefined if it was never enabled. */
export function versioningOf({ settings }: Pick<Bucket, 'settings'>): 'Enabled' | 'Suspended' | undefined {
  const { Status: status } = objectOf(settings['VersioningConfiguration']);
  return status === 'Enabled' || status === 'Suspended' ? status : undefined;
}

export const isMarker = (version: Version | undefined): version is DeleteMarker =>
  version !== undefined && 'isMarker' in version;

export const versionIdOf = ({ versionId }: Version): string => versionId ?? NULL_VERSION;

/** All versions of a key, the current one first. */
export function versionsOf(bucket: Bucket, key: string): readonly Version[] {
  const [current, hidden] = [bucket.objects.get(key), bucket.hidden.get(key) ?? []];
  return current === undefined ? hidden : [current, ...hidden];
}

/** The version of that id; without an id the current one, which may be a delete marker. */
export const versionOf = (bucket: Bucket, key: string, versionId: string | undefined): Version | undefined =>
  versionId === undefined
    ? (bucket.objects.get(key) ?? bucket.hidden.get(key)?.[0])
    : versionsOf(bucket, key).find((version) => versionIdOf(version) === versionId);

/** True if nothing is left in the bucket, not even a delete marker. */
export const isEmpty = ({ objects, hidden }: Bucket): boolean => objects.size === 0 && hidden.size === 0;

/** A change of a key's versions: the version that was added or removed, and objects whose bodies are not needed anymore. */
export interface VersionChange<Changed extends Version | undefined> {
  readonly version: Changed;
  readonly removed: readonly StoredObject[];
}

/** Makes an object the current version of its key: a new version, or the null version in the place of an earlier one. */
export const addObject = (bucket: Bucket, object: StoredObject): VersionChange<StoredObject> => add(bucket, object);

/** Sets the stage with an object as if it had been written before its bucket was versioned. */
export const addNullVersion = (bucket: Bucket, object: StoredObject): VersionChange<StoredObject> =>
  addAs(bucket, object, undefined);

/** Hides an object behind a delete marker; in a bucket that was never versioned it is gone. */
export function hideObject(bucket: Bucket, key: string, now: number): VersionChange<DeleteMarker | undefined> {
  if (versioningOf(bucket) !== undefined) return add(bucket, { key, lastModified: now, isMarker: true });
  return { version: undefined, removed: removeVersion(bucket, key, NULL_VERSION).removed };
}

/** Removes a version for good; the next older one becomes current. */
export function removeVersion(bucket: Bucket, key: string, versionId: string): VersionChange<Version | undefined> {
  const version = versionOf(bucket, key, versionId);
  if (version === undefined) return { version, removed: [] };
  const others = versionsOf(bucket, key).filter((other) => other !== version);
  setVersions(bucket, key, others);
  return { version, removed: bodies([version]) };
}

/** Removes a key with all its versions. */
export function removeKey(bucket: Bucket, key: string): readonly StoredObject[] {
  const removed = bodies(versionsOf(bucket, key));
  setVersions(bucket, key, []);
  return removed;
}

/** Changes the tags of a version, which stays the same version. */
export function retag(bucket: Bucket, object: StoredObject, tags: ObjectTags | undefined): void {
  const versions = versionsOf(bucket, object.key).map((other) => (other === object ? { ...object, tags } : other));
  setVersions(bucket, object.key, versions);
}

/** As the state of the bucket has it: with an id of its own, or as the null version. */
const add = <Added extends Version>(bucket: Bucket, version: Added): VersionChange<Added> =>
  addAs(bucket, version, versioningOf(bucket) === 'Enabled' ? randomBytes(24).toString('base64url') : undefined);

function addAs<Added extends Version>(
  bucket: Bucket,
  version: Added,
  versionId: string | undefined,
): VersionChange<Added> {
  const { key } = version;
  const added = versionId === undefined ? version : { ...version, versionId };
  const before = versionsOf(bucket, key);
  const kept = versionId === undefined ? before.filter((other) => other.versionId !== undefined) : before;
  setVersions(bucket, key, [added, ...kept]);
  return { version: added, removed: bodies(before.filter((other) => !kept.includes(other))) };
}

const bodies = (versions: readonly Version[]): readonly StoredObject[] =>
  versions.filter((version): version is StoredObject => !isMarker(version));

function setVersions(bucket: Bucket, key: string, versions: readonly Version[]): void {
  const [latest, ...older] = versions;
  const current = latest === undefined || isMarker(latest) ? undefined : latest;
  set(bucket.objects, bucket.keys, key, current);
  const hidden = current === undefined ? versions : older;
  set(bucket.hidden, bucket.hiddenKeys, key, hidden.length > 0 ? hidden : undefined);
}

/** Sets an entry together with its place in the order of keys; undefined removes both. */
function set<Value>(entries: Map<string, Value>, keys: SortedKeys, key: string, value: Value | undefined): void {
  if (value === undefined) {
    if (entries.delete(key)) keys.remove(key);
    return;
  }
  if (!entries.has(key)) keys.add(key);
  entries.set(key, value);
}

import { readFileSync } from 'node:fs';
import { assumed } from '../iam/assumed.ts';
import type { RolePrincipal, Sessions } from '../iam/sessions.ts';
import type { ObjectStorage } from '../s3/object-storage.ts';
import type { FileAsset, FileDestination } from './asset-manifest.ts';
import { zipDirectory } from './zip-directory.ts';

export interface PublishPorts {
  readonly sessions: Sessions;
  readonly storage: ObjectStorage;
}

/** Bytes of the files and archives that were published before, by path: one asset goes to many accounts. */
export type PublishedBytes = Map<string, Buffer>;

/**
 * Publishes a file as `cdk-assets` does: as the role of its destination, and only if it is not there yet
 * (aws-cdk-cli, packages/@aws-cdk/cdk-assets-lib: "FileAssetHandler").
 * @returns true if it was not there
 */
export async function publishFile(
  { sessions, storage }: PublishPorts,
  caller: RolePrincipal,
  asset: FileAsset,
  { bucket, key, roleArn }: FileDestination,
  made: PublishedBytes = new Map(),
): Promise<boolean> {
  const principal = roleArn === undefined ? caller : assumed(sessions, caller, roleArn, 'cdk-assets');
  storage.permitted(principal, 's3:GetBucketLocation', bucket);
  const { objects } = storage.list(principal, bucket, { prefix: key, maxKeys: 1 });
  if (objects.some((object) => object.key === key)) return false;
  storage.permitted(principal, 's3:GetEncryptionConfiguration', bucket);
  const body = made.get(asset.path) ?? (asset.isArchive ? zipDirectory(asset.path) : readFileSync(asset.path));
  made.set(asset.path, body);
  await storage.put(principal, { bucket, key, body });
  return true;
}

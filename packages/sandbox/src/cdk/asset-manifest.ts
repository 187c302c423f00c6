import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Json, type JsonObject, objectOf, textOf } from '@crosswind/aws/json';

/** Where a file asset goes (cloud-assembly-schema: "FileDestination"). */
export interface FileDestination {
  /** Its key in the manifest. */
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  /** The role that publishes it; undefined if the caller does. */
  readonly roleArn: string | undefined;
}

/** A file or directory that is published (cloud-assembly-schema: "FileAsset"). */
export interface FileAsset {
  /** Its key in the manifest. */
  readonly id: string;
  readonly path: string;
  /** True for a directory that is published as an archive. */
  readonly isArchive: boolean;
  readonly destinations: readonly FileDestination[];
}

/** The file assets that a manifest of an assembly names. Those that a command makes when they are published are left out. */
export function assetsIn(manifestFile: string): readonly FileAsset[] {
  const { files } = objectOf(JSON.parse(readFileSync(manifestFile, 'utf8')) as Json);
  return Object.entries(objectOf(files)).flatMap(([id, asset]) => {
    const { source, destinations } = objectOf(asset);
    const { path, packaging } = objectOf(source);
    if (typeof path !== 'string') return [];
    return {
      id,
      path: resolve(dirname(manifestFile), path),
      isArchive: packaging === 'zip',
      destinations: Object.entries(objectOf(destinations)).map(([name, to]) => destination(name, objectOf(to))),
    };
  });
}

const destination = (id: string, { bucketName, objectKey, assumeRoleArn }: JsonObject): FileDestination => ({
  id,
  bucket: textOf(bucketName),
  key: textOf(objectKey),
  roleArn: assumeRoleArn === undefined ? undefined : textOf(assumeRoleArn),
});

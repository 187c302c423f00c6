import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { limits } from '@crosswind/aws/quotas';

/**
 * Size of a directory as an artifact of the pipeline, which is compressed. One that fits as it is counts as it is,
 * because it only gets smaller.
 */
export function artifactBytesOf(directory: string): number {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  if (bytes <= limits.inputArtifact.most) return bytes;
  return files.reduce((sum, file) => sum + deflateRawSync(readFileSync(file)).length, 0);
}

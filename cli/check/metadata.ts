import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Metadata of constructs by their paths, as synth writes it next to each template (`<stack>.metadata.json`). */
const metadataFile = z.record(z.string(), z.array(z.looseObject({ type: z.string(), data: z.unknown() })));

/** An entry of a construct's metadata. */
export interface MetadataEntry {
  /** Construct path without a slash at its beginning. */
  readonly path: string;
  /** For example `aws:cdk:creationStack`. */
  readonly type: string;
  readonly data: unknown;
}

/** Metadata of every construct in an assembly that is in a stack. */
export function metadataIn(directory: string): readonly MetadataEntry[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.metadata.json') && !entry.parentPath.includes('/asset.'),
  );
  return files.flatMap(({ parentPath, name }) => {
    const read = metadataFile.parse(JSON.parse(readFileSync(join(parentPath, name), 'utf8')));
    return Object.entries(read).flatMap(([path, entries]) =>
      entries.map(({ type, data }) => ({ path: path.replace(/^\//, ''), type, data })),
    );
  });
}

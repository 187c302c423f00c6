import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

const directory = join(import.meta.dirname, '../scaffold');

/**
 * The files of a new workload by their path in its folder. They are the same whatever its name, which no file repeats,
 * and as deep in the tree as a folder of `services/`, so that their imports hold there.
 */
export const scaffoldFiles = (): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(directory, { recursive: true })
      .map(String)
      .filter((path) => statSync(join(directory, path)).isFile())
      .sort()
      .map((path) => [path.split(sep).join('/'), readFileSync(join(directory, path))]),
  );

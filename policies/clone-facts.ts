import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Clone, workloadFile } from '../blocks/discover-workloads.ts';

/** Version of a clone, for example `0.2.0`: waivers are reviewed at a version. */
export const versionOf = ({ root }: Pick<Clone, 'root'>): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version;

/**
 * Paths of the runbooks of a clone and of workloads in it, from its root.
 * @param workloads those that tenants use
 */
export function runbooksOf(clone: Clone, workloads: Iterable<string>): readonly string[] {
  const folders = ['docs/runbooks', ...[...workloads].map((workload) => workloadFile(clone, workload, 'runbooks'))];
  return folders.flatMap((folder) => {
    const directory = join(clone.root, folder);
    const names = existsSync(directory) ? readdirSync(directory) : [];
    return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`);
  });
}

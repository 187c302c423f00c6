import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Found } from './check-report.ts';

/** Folders whose code judges, or makes what judges. */
const folders = [
  'blocks',
  'cli',
  'config',
  'onboarding',
  'packages',
  'pipeline',
  'policies',
  'stages',
  'docs/runbooks',
];
const files = [
  'cdk.json',
  'package-lock.json',
  'package.json',
  'platform.schema.json',
  'platform.yaml',
  'tsconfig.json',
];

/** State of each file that judges, by its path. */
export type JudgingFiles = ReadonlyMap<string, string>;

/**
 * The content of every file of a clone that judges: of our files, the workloads' waivers and runbooks, and the installed
 * packages. Times do not count: a backup or a hard link changes them, and a program can set some of them.
 */
export function judgingFiles({ root, services }: Clone): JudgingFiles {
  const ofWorkloads = foldersIn(join(root, services)).flatMap((name) => {
    const folder = join(services, name);
    return [join(folder, 'waivers.yaml'), ...filesBelow(root, join(folder, 'runbooks'))];
  });
  const own = [...files, ...folders.flatMap((folder) => filesBelow(root, folder)), ...ofWorkloads];
  const packages = namesIn(join(root, 'node_modules'))
    .filter((name) => !name.startsWith('.') || name === '.bin')
    .flatMap((name) => filesBelow(root, join('node_modules', name)));
  const there = own.filter((path) => existsSync(join(root, path)));
  return new Map([...there, ...packages].map((path) => [path, stateOf(join(root, path))]));
}

/** The finding about files that a synthesis changed, added or removed. */
export function changedJudges(before: JudgingFiles, after: JudgingFiles, of: string): readonly Found[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  const changed = [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
  if (changed.length === 0) return [];
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
  return [
    {
      id: 'POLICY-3',
      severity: 'error',
      message: `Files that judge changed while the synthesis ran, in ${of}: ${changed.slice(0, 5).join(', ')}${more}`,
      fix: 'If you changed them, run the check again. Else code of a workload did: remove it, restore the files with git, and run `npm ci`.',
      path: undefined,
    },
  ];
}

/** Mode and content of a file; of a link also where it leads. */
function stateOf(path: string): string {
  const stats = lstatSync(path);
  const target = stats.isSymbolicLink() ? readlinkSync(path) : '';
  return [stats.mode, target, statSync(path, { throwIfNoEntry: false })?.isFile() ? hashOf(path) : ''].join(' ');
}

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('base64');

const namesIn = (directory: string): readonly string[] => (existsSync(directory) ? readdirSync(directory) : []);

const foldersIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : [];

/** Files and links below a folder, as paths from the root. Links to folders, such as workspaces, are not followed. */
function filesBelow(root: string, folder: string): readonly string[] {
  const at = join(root, folder);
  if (!existsSync(at)) return [];
  if (!lstatSync(at).isDirectory()) return [folder];
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}

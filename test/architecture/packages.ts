import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import type { Import } from './imports.ts';

/** A `package.json`, as far as the borders between packages are concerned. */
export interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The manifests of the repository: the template's and, by folder such as `packages/aws`, those of the packages. */
export interface Manifests {
  readonly template: Manifest;
  readonly packages: ReadonlyMap<string, Manifest>;
}

export function readManifests(root: string): Manifests {
  const read = (folder: string): Manifest =>
    JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
  return { template: read('.'), packages: new Map(folders.map((folder) => [folder, read(folder)])) };
}

/** The folder of the package that a file belongs to; undefined for a file of the template. */
export const packageOf = (path: string): string | undefined => /^packages\/[^/]+/.exec(path)?.[0];

/** Doors that are a pattern, or that lead to no file. */
export function doorProblems({ packages }: Manifests, root: string): readonly string[] {
  return [...packages].flatMap(([folder, { exports = {} }]) =>
    Object.entries(exports).flatMap(([door, target]) => {
      if (door.includes('*') || typeof target !== 'string' || target.includes('*')) {
        return [`${folder} has the door ${door}: expected one file for each door`];
      }
      return existsSync(join(root, folder, target)) ? [] : [`${folder} has the door ${door} to no file`];
    }),
  );
}

/** The imports with each door of a package as the file behind it; a specifier without a door stays as it is. */
export function throughDoors(imports: readonly Import[], { packages }: Manifests): readonly Import[] {
  const behind = new Map<string, string>();
  for (const [folder, { name, exports = {} }] of packages) {
    for (const [door, target] of Object.entries(exports)) {
      behind.set(posix.join(name, door), posix.join(folder, String(target)));
    }
  }
  return imports.map((each) => {
    const file = behind.get(each.to);
    return file === undefined ? each : { ...each, to: file, isFile: true };
  });
}

/** Relative imports that enter or leave a package, and imports of a package that has no such door. */
export function borderCrossings(imports: readonly Import[], { packages }: Manifests): readonly string[] {
  const names = [...packages.values()].map(({ name }) => name);
  const doors = new Set([...packages.values()].flatMap(({ name, exports = {} }) => doorsOf(name, exports)));
  return imports.flatMap(({ from, to, isFile }) => {
    if (isFile) return packageOf(from) === packageOf(to) ? [] : [`${from} imports ${to} past the doors of its package`];
    const isOurs = names.some((name) => to === name || to.startsWith(`${name}/`));
    return isOurs && !doors.has(to) ? [`${from} imports ${to}, which is no door`] : [];
  });
}

const doorsOf = (name: string, exports: object): readonly string[] =>
  Object.keys(exports).map((door) => posix.join(name, door));

/** Imports of dependencies that the importing package does not declare. Tests may use the tools of the repository. */
export function undeclaredDependencies(
  imports: readonly Import[],
  { template, packages }: Manifests,
): readonly string[] {
  return imports.flatMap(({ from, to, isFile }) => {
    if (isFile || isBuiltin(to)) return [];
    const folder = packageOf(from);
    const own = folder === undefined ? template : packages.get(folder);
    const isTest = /(^|\/)test\//.test(from);
    const declared = {
      ...own?.dependencies,
      ...own?.peerDependencies,
      ...(isTest || folder === undefined ? own?.devDependencies : {}),
      ...(isTest ? template.devDependencies : {}),
    };
    const dependency = dependencyOf(to);
    const isDeclared = [dependency, `@types/${dependency}`].some((name) => Object.hasOwn(declared, name));
    return isDeclared ? [] : [`${from} imports ${dependency}, which is not declared`];
  });
}

/** `@scope/name` of `@scope/name/part`, `name` of `name/part`. */
const dependencyOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Dependencies that two manifests declare in different versions. */
export function differentVersions({ template, packages }: Manifests): readonly string[] {
  const first = new Map<string, string>();
  return [template, ...packages.values()].flatMap((manifest) => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies };
    return Object.entries(all).flatMap(([name, version]) => {
      const other = first.get(name) ?? version;
      first.set(name, other);
      return other === version ? [] : [`${manifest.name} declares ${name} ${version}, but another one ${other}`];
    });
  });
}

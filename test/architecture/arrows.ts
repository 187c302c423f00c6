import type { Import } from './imports.ts';

/**
 * Imports that are allowed between the parts of the repository: section 2 of the design. A file belongs to the longest
 * key that its path starts with, and may import that part itself. `services/<tenant>` stands for the folder of every
 * tenant. A file may import only its own tenant's folder.
 */
export type Arrows = Readonly<Record<string, readonly string[]>>;

/** The imports that no arrow allows, each with the rule it breaks. */
export function forbiddenImports(imports: readonly Import[], arrows: Arrows): readonly string[] {
  return imports
    .filter(({ isFile }) => isFile)
    .flatMap(({ from, to }) => {
      const part = partOf(from, arrows);
      if (part === undefined) return [`${from} is in no folder of the design`];
      const allowed = arrows[part] ?? [];
      if (sameTenant(from, to) && [part, ...allowed].some((target) => isIn(to, target))) return [];
      return [`${from} imports ${to}, but ${part} may import only ${allowed.join(', ') || 'itself'}`];
    });
}

function partOf(path: string, arrows: Arrows): string | undefined {
  return Object.keys(arrows)
    .filter((part) => isIn(path, part))
    .sort((a, b) => b.length - a.length)[0];
}

function isIn(path: string, part: string): boolean {
  if (part.startsWith('services/<tenant>')) {
    const inTenant = /^services\/[^/]+(\/.*)$/.exec(path)?.[1];
    return inTenant?.startsWith(part.slice('services/<tenant>'.length)) ?? false;
  }
  return path === part || path.startsWith(`${part}/`);
}

/** True if the import does not cross from one tenant to another. */
function sameTenant(from: string, to: string): boolean {
  const [source, target] = [from, to].map((path) => /^services\/([^/]+)\//.exec(path)?.[1]);
  return source === undefined || target === undefined || source === target;
}

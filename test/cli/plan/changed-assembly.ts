import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { resolveTolerantly } from '@crosswind/assembly/resolve';
import type { Template } from '@crosswind/assembly/template';
import { isArray, isObject, type Json, type JsonObject } from '@crosswind/aws/json';
import type { ComparedSide } from '../../../cli/plan/runs/running.ts';
import { platformIn } from '../../../cli/platform/platform-in.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** Text of a template that is replaced. Text inside of strings is meant as it reads, without the quoting of JSON. */
export interface Replacement {
  /** End of the construct path of stacks, for example `dev-word-count/Child`. */
  readonly stack: string;
  readonly from: string;
  readonly to: string;
}

/** A copy of an assembly in which each text has been replaced, wherever it occurs in the templates of its stacks. */
export function changedAssembly(assembly: string, replacements: readonly Replacement[]): string {
  return editedAssembly(assembly, (template, path) => {
    let changed: Json = template as unknown as JsonObject;
    for (const { stack, from, to } of replacements.filter((each) => path.endsWith(each.stack))) {
      const replaced = withText(changed, from, to);
      if (JSON.stringify(replaced) === JSON.stringify(changed)) throw new Error(`${stack} has no ${from}`);
      changed = replaced;
    }
    return changed as unknown as Template;
  });
}

/** A copy of an assembly with edited templates. */
export function editedAssembly(assembly: string, edit: (template: Template, path: string) => Template): string {
  const directory = join(temporaryDirectory(), 'out');
  cpSync(assembly, directory, { recursive: true });
  for (const { template, templateFile, path } of readAssembly(directory)) {
    const edited = edit(template, path);
    if (edited !== template) writeFileSync(templateFile, JSON.stringify(edited));
  }
  return directory;
}

function withText(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') return value.replaceAll(from, () => to);
  if (isArray(value)) return value.map((item) => withText(item, from, to));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withText(item, from, to)]));
}

/** The side of a comparison that an assembly is, without a clone of its own. */
export const sideOf = (directory: string): ComparedSide => ({
  directory,
  stacks: resolveTolerantly(readAssembly(directory)),
  platform: platformIn(directory),
  clone: undefined,
});

import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** A copy of the example in which each template of its stacks has texts replaced. */
export const changed = (...replacements: readonly (readonly [string, string])[]): string =>
  changedWhere((name) => name.endsWith('.template.json') && !name.startsWith('baseline'), replacements);

export function changedWhere(
  isMeant: (file: string) => boolean,
  replacements: readonly (readonly [string, string])[],
): string {
  const directory = temporaryDirectory();
  cpSync(inject('assembly'), directory, { recursive: true });
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(isMeant)) {
    const text = readFileSync(join(directory, file), 'utf8');
    writeFileSync(
      join(directory, file),
      replacements.reduce((whole, [from, to]) => whole.replaceAll(from, to), text),
    );
  }
  return directory;
}

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const documents = [
  ...readdirSync('.'),
  ...readdirSync('packages').map((name) => join('packages', name, 'README.md')),
  ...['docs', '.github'].flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))),
  ),
].filter((file) => file.endsWith('.md'));

/** Targets of Markdown links to files of this repository. */
const linksIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

test('every link of a document leads to a file that exists', () => {
  expect(documents.length).toBeGreaterThan(20);
  expect(documents.flatMap(linksIn).length).toBeGreaterThan(50);
  const dead = documents.flatMap((file) =>
    linksIn(file)
      .filter((target) => !existsSync(join(dirname(file), target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(dead).toEqual([]);
});

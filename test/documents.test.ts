import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wordProblems } from '../eslint.language.js';

const documents = [
  ...readdirSync('.'),
  ...readdirSync('packages').map((name) => join('packages', name, 'README.md')),
  ...['docs', '.github'].flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))),
  ),
].filter((file) => file.endsWith('.md'));

/** True for a path in a workload that the clone does not have: documents may name one that was removed since. */
function isOfRemovedWorkload(path: string): boolean {
  const [, workload] = /^services\/([\w-]+)(?:\/|$)/.exec(normalize(path).replaceAll('\\', '/')) ?? [];
  return workload !== undefined && !existsSync(join('services', workload));
}

const exists = (path: string): boolean => existsSync(path) || isOfRemovedWorkload(path);

/** Targets of Markdown links to files of this repository. */
const linksIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

/** Lines of a document outside of its examples. */
const proseOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .replace(/^```[^]*?^```/gm, '')
    .split('\n');

/** Adopters write a README of their own, in their own words. */
const isOfTemplate = (file: string): boolean =>
  file !== 'README.md' || readFileSync(file, 'utf8').startsWith('# Crosswind\n');

test('documents use plain words', () => {
  const problems = documents
    .filter(isOfTemplate)
    .flatMap((file) =>
      proseOf(file).flatMap((line) => wordProblems(line).map((problem) => `${file}: ${problem} in: ${line}`)),
    );
  expect(problems).toEqual([]);
});

test('every link of a document leads to a file that exists', () => {
  expect(documents.length).toBeGreaterThan(20);
  expect(documents.flatMap(linksIn).length).toBeGreaterThan(50);
  const dead = documents.flatMap((file) =>
    linksIn(file)
      .filter((target) => !exists(join(dirname(file), target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(dead).toEqual([]);
});

const ignored = readFileSync('.gitignore', 'utf8').split('\n');

/** Folders of a directory that are committed. */
const foldersIn = (directory: string): readonly string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !ignored.some((line) => line.replaceAll('/', '') === entry.name))
    .map(({ name }) => name);

/**
 * Paths in backticks that lead nowhere from the root or from the document. A path begins with a folder of the root, of
 * `packages/` or of the document; what comes after `*` or `<name>` is open.
 */
function deadPaths(file: string, text: string): readonly string[] {
  const roots = ['.', dirname(file)];
  const folders = new Set(['packages', ...roots].flatMap(foldersIn));
  return [...text.matchAll(/`([\w.@-]+(?:\/[\w.@*<>-]*)+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => folders.has(path.split('/')[0] ?? ''))
    .filter((path) => !roots.some((root) => exists(join(root, path.replace(/[^/]*[*<].*$/, '')))));
}

/** Documents about the present: the changelog is about the past. */
const current = documents.filter((file) => file !== 'CHANGELOG.md');

test.each<[path: string, expected: boolean]>([
  ['docs/../services/removed/a.ts', true],
  ['services/removed', true],
  ['services', false],
  ['services/../cli/nowhere.ts', false],
  ['docs/services/removed/a.ts', false],
  ...readdirSync('services').map((workload) => [`services/${workload}/nowhere.ts`, false] as [string, boolean]),
])('%s is in a workload that the clone does not have: %s', (path, expected) => {
  expect(isOfRemovedWorkload(path)).toBe(expected);
});

describe('every path of this repository in backticks', () => {
  test('leads to a file or folder that exists', () => {
    const dead = current.flatMap((file) =>
      deadPaths(file, readFileSync(file, 'utf8')).map((path) => `${file}: ${path}`),
    );
    expect(dead).toEqual([]);
  });

  test.each([
    ['docs/a.md', '`sandbox/lambda/functions.ts`', ['sandbox/lambda/functions.ts']],
    ['docs/a.md', '`assembly/`', ['assembly/']],
    ['docs/a.md', '`services/removed/a.ts` and `services/removed`', []],
    ['docs/a.md', '`services/../cli/nowhere.ts`', ['services/../cli/nowhere.ts']],
    ['docs/a.md', '`docs/decisions/9999-*.md`', []],
    ['docs/a.md', '`docs/nowhere/*.md` and `decisions/nowhere.md`', ['docs/nowhere/*.md', 'decisions/nowhere.md']],
    ['docs/a.md', '`docs/runbooks/<name>.md` and `packages/sandbox/src/service.ts`', []],
    ['packages/sandbox/README.md', '`src/service.ts` and `src/nowhere.ts`', ['src/nowhere.ts']],
    ['docs/a.md', '`aws-cdk-lib/pipelines`, `sample/1/` and `s3:GetObject`', []],
  ])('is judged: in %s, %s', (file, text, dead) => {
    expect(deadPaths(file, text)).toEqual(dead);
  });
});

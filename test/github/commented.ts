import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Comment, fakeGitHub, type PullRequest, type Repository, repository } from './fake-github.ts';

const script = join(import.meta.dirname, '../../.github/scripts/plan-comment.mjs');
export const sha = 'a'.repeat(40);
export const fork = 'somebody/platform';

export const pull = (
  number: number,
  more: Partial<PullRequest['head']> = {},
  state: PullRequest['state'] = 'open',
) => ({
  number,
  state,
  head: { sha, repo: { full_name: repository }, ...more },
});

/** The event as GitHub sends it: its own list of pull requests is empty for a fork. */
export const run = {
  id: 77,
  run_attempt: 1,
  path: '.github/workflows/pull-request.yml',
  event: 'pull_request',
  conclusion: 'success',
  head_sha: sha,
  head_repository: { full_name: repository },
  html_url: 'https://github.com/example-org/platform/actions/runs/77',
  pull_requests: [],
};

export const plan = { 'head-sha': `${sha}\n`, 'plan.md': '## Plan\n\nNothing is replaced.\n' };

export interface Given extends Partial<Repository> {
  readonly run?: Partial<typeof run>;
  /** Files of the artifact; undefined if there is none. */
  readonly artifact?: Readonly<Record<string, string>> | undefined;
  readonly token?: string;
}

/** Runs the script as the workflow does, and returns what it said and wrote. */
export async function commented(given: Given) {
  const directory = temporaryDirectory();
  const event = join(directory, 'event.json');
  writeFileSync(event, JSON.stringify({ action: 'completed', workflow_run: { ...run, ...given.run } }));
  const artifact = join(directory, 'plan');
  if (!('artifact' in given) || given.artifact !== undefined) {
    mkdirSync(artifact);
    for (const [name, content] of Object.entries(given.artifact ?? plan)) {
      if (content.startsWith('link:')) symlinkSync(content.slice('link:'.length), join(artifact, name));
      else writeFileSync(join(artifact, name), content);
    }
  }
  const has = { pulls: [pull(12)], comments: [], files: [{ filename: 'platform.yaml' }], ...given };
  const gitHub = await fakeGitHub(has, 'a-token');
  const child = spawn(process.execPath, [script], {
    env: {
      GITHUB_API_URL: gitHub.url,
      GITHUB_REPOSITORY: repository,
      GITHUB_EVENT_PATH: event,
      GITHUB_TOKEN: given.token ?? 'a-token',
      PLAN_DIRECTORY: artifact,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [code, ...output] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  gitHub.close();
  return { code, output: output.join(''), written: gitHub.written };
}

export const marker = '<!-- crosswind plan -->';
export const head = `${marker}\n<!-- run 77, attempt 1 -->`;
const bot = { login: 'github-actions[bot]', type: 'Bot' };
export const comment = (id: number, body: string, user: Comment['user'] = bot): Comment => ({ id, body, user });

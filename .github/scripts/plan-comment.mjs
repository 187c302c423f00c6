// Posts the plan of a pull request as its one comment, or updates that. It runs from the default branch with a token that
// may write comments, so it takes nothing on trust that the pull request could have written: the run is that of the event,
// the pull request is found by the commit, and the artifact is text.
import { readFile } from 'node:fs/promises';
import { commentText, isOlder, marker } from './comment-text.mjs';
import { gitHub } from './github-api.mjs';
import { planIn } from './plan-artifact.mjs';

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_EVENT_PATH, GITHUB_TOKEN, PLAN_DIRECTORY } = process.env;

/** The workflow whose runs are commented on. */
const workflow = '.github/workflows/pull-request.yml';

/** Files that GitHub lists of a pull request (GitHub Docs: "List pull requests files"). */
const mostFiles = 3000;

const { all, request } = gitHub({ api: GITHUB_API_URL, repository: GITHUB_REPOSITORY, token: GITHUB_TOKEN });

try {
  const { workflow_run: run } = JSON.parse(await readFile(GITHUB_EVENT_PATH, 'utf8'));
  process.stdout.write(`${await comment(run)}\n`);
} catch (error) {
  process.stdout.write(`::error title=Plan comment::${error.message.replaceAll(/[%\r\n]/g, encodeURIComponent)}\n`);
  process.exitCode = 1;
}

/** Comments on the pull request of a run, and returns what was done. */
async function comment(run) {
  if (run.event !== 'pull_request') return `nothing to do: the run was started by ${run.event}, not by a pull request`;
  // A pull request may add another workflow of the same name.
  if (run.path?.split('@')[0] !== workflow) return `nothing to do: the run is one of ${run.path}, not of ${workflow}`;
  // A later push has cancelled it, and has a run of its own.
  if (run.conclusion === 'cancelled') return 'nothing to do: the run was cancelled';
  const pullRequest = await pullRequestOf(run);
  if (typeof pullRequest === 'string') return `nothing to do: ${pullRequest}`;
  const plan = await planIn(PLAN_DIRECTORY);
  if (plan !== undefined && plan.headSha !== run.head_sha) {
    throw new Error(`the artifact is about another commit: expected ${run.head_sha}, got ${plan.headSha.slice(0, 60)}`);
  }
  const { number } = pullRequest;
  const existing = await ownComment(number);
  if (plan === undefined && existing === undefined) return 'nothing to do: the run made no plan';
  const attempt = { id: run.id, attempt: run.run_attempt };
  if (existing !== undefined && isOlder(attempt, existing.body)) return 'nothing to do: a later run has commented';
  const files = await all(`/pulls/${number}/files`);
  const body = commentText({
    run: { ...attempt, url: run.html_url, conclusion: run.conclusion, headSha: run.head_sha },
    files: files.flatMap((file) => [file.filename, file.previous_filename ?? []].flat()),
    isEveryFile: files.length < mostFiles,
    markdown: plan?.markdown,
  });
  if (existing === undefined) {
    await request('POST', `/issues/${number}/comments`, { body });
    return `commented on pull request ${number}`;
  }
  await request('PATCH', `/issues/comments/${existing.id}`, { body });
  return `updated the comment on pull request ${number}`;
}

/**
 * The one open pull request whose head is the commit of the run, or the reason why there is none. The event's own list is
 * empty for a fork (github/docs#22501), and GitHub lists no pull requests for a commit that only a fork has.
 */
async function pullRequestOf({ head_sha: sha, head_repository: repository }) {
  const open = (await all('/pulls?state=open')).filter(({ head }) => head.sha === sha);
  const [found] = open;
  if (found === undefined) return `no open pull request has ${sha} as its head: it was merged, closed or pushed to`;
  if (open.length > 1)
    return `${open.length} open pull requests have ${sha} as their head: ${open.map(({ number }) => number).join(', ')}`;
  // A fork that was deleted is null.
  if (found.head.repo?.full_name === repository?.full_name && repository?.full_name !== undefined) return found;
  return `pull request ${found.number} comes from another repository than the run`;
}

/** The comment that this script wrote before. Anyone may write the marker; only a workflow of this repository is this author. */
async function ownComment(number) {
  const comments = await all(`/issues/${number}/comments`);
  return comments.find(
    ({ body, user }) => user?.login === 'github-actions[bot]' && user.type === 'Bot' && body?.startsWith(marker),
  );
}

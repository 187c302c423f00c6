import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';
import { comment, commented, fork, type Given, head, marker, plan, pull, run, sha } from './commented.ts';
import type { Comment, Repository } from './fake-github.ts';

describe('a plan', () => {
  test('becomes a comment of the only open pull request that has the commit as its head', async () => {
    const { code, output, written } = await commented({});
    expect({ code, output }).toEqual({ code: 0, output: 'commented on pull request 12\n' });
    expect(written).toEqual([
      {
        method: 'POST',
        path: '/issues/12/comments',
        body: `${head}\n\nCommit ${sha}: the [checks](${run.html_url}) passed.\n\n${plan['plan.md']}`,
      },
    ]);
  });

  test('of a fork does, too, if the run belongs to the fork', async () => {
    const pulls = [pull(13, { repo: { full_name: fork } })];
    const { written } = await commented({ pulls, run: { head_repository: { full_name: fork } } });
    expect(written.map(({ path }) => path)).toEqual(['/issues/13/comments']);
  });

  test.each<[string, Given, string]>([
    ['no pull request has the commit', { pulls: [pull(12, { sha: 'b'.repeat(40) })] }, 'no open pull request has'],
    ['the one that has it is closed', { pulls: [pull(12, {}, 'closed')] }, 'no open pull request has'],
    ['two have it', { pulls: [pull(12), pull(13)] }, '2 open pull requests have'],
    [
      'two have it, one of them from a fork',
      { pulls: [pull(12), pull(13, { repo: { full_name: fork } })] },
      '2 open pull requests have',
    ],
    [
      'the one that has it is from a fork, and the run is not',
      { pulls: [pull(12, { repo: { full_name: fork } })] },
      'comes from another repository',
    ],
    [
      'the run is from a fork, and the one that has it is not',
      { run: { head_repository: { full_name: fork } } },
      'comes from another repository',
    ],
    ['the fork was deleted', { pulls: [pull(12, { repo: null })] }, 'comes from another repository'],
    ['a push started the run', { run: { event: 'push' } }, 'started by push'],
    [
      'another workflow of the same name ran',
      { run: { path: '.github/workflows/other.yml' } },
      'the run is one of .github/workflows/other.yml',
    ],
    ['a later push cancelled the run', { run: { conclusion: 'cancelled' } }, 'was cancelled'],
  ])('becomes none if %s', async (_, given, reason) => {
    const { code, output, written } = await commented(given);
    expect(code).toBe(0);
    expect(output).toMatch(/^nothing to do: /);
    expect(output).toContain(reason);
    expect(written).toEqual([]);
  });

  test('is posted next to a closed pull request with the same commit', async () => {
    const { written } = await commented({ pulls: [pull(11, {}, 'closed'), pull(12)] });
    expect(written.map(({ path }) => path)).toEqual(['/issues/12/comments']);
  });

  test('finds a pull request behind a hundred others', async () => {
    const others = Array.from({ length: 130 }, (_, index) =>
      pull(100 + index, { sha: String(index).padStart(40, '0') }),
    );
    const { written } = await commented({ pulls: [...others, pull(12)] });
    expect(written.map(({ path }) => path)).toEqual(['/issues/12/comments']);
  });

  test('takes no number from the artifact', async () => {
    const { written } = await commented({
      pulls: [pull(12), pull(13, { sha: 'b'.repeat(40) })],
      artifact: { ...plan, 'pull-request': '13', number: '13' },
    });
    expect(written.map(({ path }) => path)).toEqual(['/issues/12/comments']);
  });
});

describe('a second plan', () => {
  const before = `${marker}\n\nan older plan`;

  test('replaces the first', async () => {
    const comments = [comment(1, 'Looks good.', { login: 'reviewer', type: 'User' }), comment(2, before)];
    const { output, written } = await commented({ comments });
    expect(output).toBe('updated the comment on pull request 12\n');
    expect(written).toMatchObject([{ method: 'PATCH', path: '/issues/comments/2' }]);
  });

  test.each<[string, string, string]>([
    ['a later attempt of the run before it', '<!-- run 76, attempt 9 -->', 'updated'],
    ['the same attempt', '<!-- run 77, attempt 1 -->', 'updated'],
    ['a comment that names no run', '', 'updated'],
    ['a run that only the plan names', '\n<!-- run 99, attempt 1 -->', 'updated'],
    ['a later attempt of the same run', '<!-- run 77, attempt 2 -->', 'nothing to do: a later run has commented'],
    ['a later run', '<!-- run 100, attempt 1 -->', 'nothing to do: a later run has commented'],
  ])('of an older run does not replace that of a newer one: %s', async (_, line, expected) => {
    const { output, written } = await commented({ comments: [comment(2, `${marker}\n${line}\n\nanother plan`)] });
    expect(output).toContain(expected);
    expect(written).toHaveLength(expected === 'updated' ? 1 : 0);
  });

  test('replaces one behind a hundred other comments', async () => {
    const others = Array.from({ length: 120 }, (_, index) => comment(index, 'Looks good.'));
    const { written } = await commented({ comments: [...others, comment(500, before)] });
    expect(written).toMatchObject([{ method: 'PATCH', path: '/issues/comments/500' }]);
  });

  test.each<[string, Comment]>([
    ['by a person', comment(2, before, { login: 'somebody', type: 'User' })],
    ['by a person who is named like the bot', comment(2, before, { login: 'github-actions[bot]', type: 'User' })],
    ['by another bot', comment(2, before, { login: 'other[bot]', type: 'Bot' })],
    ['by somebody who has left', comment(2, before, null)],
    ['of the bot that quotes the marker', comment(2, `> ${before}`)],
  ])('leaves a comment with the marker %s alone', async (_, other) => {
    const { written } = await commented({ comments: [other] });
    expect(written).toMatchObject([{ method: 'POST', path: '/issues/12/comments' }]);
  });
});

describe('a run without a plan', () => {
  test.each<[string, Given]>([
    ['has no artifact', { artifact: undefined }],
    ['has only the commit', { artifact: { 'head-sha': sha } }],
    ['has only the plan', { artifact: { 'plan.md': 'plan' } }],
  ])('writes no first comment if it %s', async (_, given) => {
    const { code, output, written } = await commented({ ...given, run: { conclusion: 'failure' } });
    expect({ code, output, written }).toEqual({
      code: 0,
      output: 'nothing to do: the run made no plan\n',
      written: [],
    });
  });

  test('replaces the plan of an earlier commit, which is no longer true', async () => {
    const comments = [comment(2, `${marker}\n\nan older plan`)];
    const { written } = await commented({ comments, artifact: undefined, run: { conclusion: 'failure' } });
    const body = `${head}\n\nCommit ${sha}: the [checks](${run.html_url}) ended with failure.\n\nThere is no plan of it.`;
    expect(written).toEqual([{ method: 'PATCH', path: '/issues/comments/2', body }]);
  });
});

describe('an artifact is data:', () => {
  test('that of another commit is an error', async () => {
    const { code, output, written } = await commented({
      artifact: { ...plan, 'head-sha': `${'b'.repeat(40)}\n::error::x` },
    });
    expect(code).toBe(1);
    expect(output).toContain(`expected ${sha}, got ${'b'.repeat(40)}%0A::error::x`);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(written).toEqual([]);
  });

  test('a link is not followed', async () => {
    const secret = join(temporaryDirectory(), 'secret');
    writeFileSync(secret, 'a secret');
    const { code, output, written } = await commented({ artifact: { ...plan, 'plan.md': `link:${secret}` } });
    expect(code).toBe(1);
    expect(output).toContain('is a link: expected a file');
    expect(written).toEqual([]);
  });

  test.each([
    ['a mention', '@example-org/security, a @b', '@\u200bexample-org/security, a @\u200bb'],
    ['a mention whose name is a character reference', '@&#97;b', '@\u200b&\u200b#\u200b97;b'],
    ['a mention whose sign is one', '&#64;ab &commat;ab', '&\u200b#\u200b64;ab &\u200bcommat;ab'],
    ['a link', '[approved](https://example.com)', '[approved]\u200b(https:\u200b//example.com)'],
    ['a link with its address elsewhere', '[a][b]\n\n[b]: /c', '[a]\u200b[b]\n\n[b]\u200b: /c'],
    ['an address', 'HTTPS://example.com, WWW.example.com', 'HTTPS:\u200b//example.com, www\u200b.example.com'],
    ['an image', '![x](y) <img src=y>', '![x]\u200b(y) <\u200bimg src=y>'],
    ['a comment that hides the rest', '<!-- crosswind plan -->', '<\u200b!-- crosswind plan -->'],
    ['another element', '</div><details open>', '<\u200b/div><\u200bdetails open>'],
    ['an issue', 'closes #1, GH-2, a/b#3', 'closes #\u200b1, GH\u200b-2, a/b#\u200b3'],
    ['marks of direction', 'a\u202eb\u2066c\u200d\u0007d\r', 'a\ufffdb\ufffdc\ufffd\ufffdd\ufffd'],
  ])('its text is text: %s', async (_, text, shown) => {
    const { written } = await commented({ artifact: { ...plan, 'plan.md': text } });
    expect(written[0]?.body.endsWith(`passed.\n\n${shown}`)).toBe(true);
  });

  test('its text keeps what a plan is made of', async () => {
    const made = `## Plan\n\n### Stop\n\n- **Deleted**: \`a\` & b [x] at 1:2\n\n<details>\n<summary>Where</summary>\n\n~~~~~~\nallowances:\n  - resource: 'A/*/B' # why\n~~~~~~\n\n</details>\n`;
    const { written } = await commented({ artifact: { ...plan, 'plan.md': made } });
    expect(written[0]?.body.endsWith(`passed.\n\n${made}`)).toBe(true);
  });

  test.each([
    ['lines', 'a line of a long plan\n'.repeat(5_000)],
    ['one line', '\u{1F4C8}'.repeat(50_000)],
    ['more than is read', 'a line of a long plan\n'.repeat(50_000)],
  ])('a longer text than a comment may have is cut: %s', async (_, long) => {
    const { code, written } = await commented({ artifact: { ...plan, 'plan.md': long } });
    const body = written[0]?.body ?? '';
    expect(code).toBe(0);
    expect(body.length).toBeGreaterThan(65_000);
    expect(Buffer.from(body).toString()).toBe(body);
    expect(body).toContain(`The plan is cut here: its [run](${run.html_url}) has the rest as the artifact \`plan\`.`);
  });

  test('a text that just fits is whole', async () => {
    const around = `${head}\n\nCommit ${sha}: the [checks](${run.html_url}) passed.\n\n`.length;
    const { written } = await commented({ artifact: { ...plan, 'plan.md': 'x'.repeat(65_536 - around) } });
    expect(written[0]?.body).toHaveLength(65_536);
    expect(written[0]?.body).not.toContain('The plan is cut here');
  });
});

describe('a change of what makes the plan', () => {
  const warned = async (...files: Repository['files']) => (await commented({ files })).written[0]?.body ?? '';

  test.each([
    '.github/workflows/pull-request.yml',
    '.npmrc',
    'cli/plan/plan.ts',
    'config/parse.ts',
    'package-lock.json',
    'policies/waivers.yaml',
    'tsconfig.json',
  ])('is announced above it: %s', async (filename) => {
    const body = await warned({ filename: 'platform.yaml' }, { filename });
    expect(body).toMatch(/> \[!WARNING\]\n> This change edits files that judge it, .+\n\n## Plan/);
    expect(body).toContain(`Read them first: \`${filename}\``);
  });

  test('may be among files that GitHub does not list', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({ filename: `docs/${index}.md` }));
    expect(await warned(...many)).toContain('> [!WARNING]\n> This change has more files than GitHub lists');
    expect(await warned(...many.slice(1))).not.toContain('[!WARNING]');
    expect(await warned(...many, { filename: 'cli/x.ts' })).toMatch(
      /first: `cli\/x\.ts`\n>\n> This change has more files/,
    );
  });

  test('is one that moves such a file away, too', async () => {
    expect(await warned({ filename: 'docs/x.ts', previous_filename: 'cli/x.ts' })).toContain('first: `cli/x.ts`');
  });

  test('names five files, and cannot leave its list', async () => {
    const files = Array.from({ length: 7 }, (_, index) => ({ filename: `cli/${index}\`\n# x` }));
    expect(await warned(...files)).toContain(
      '`cli/0?#?x`, `cli/1?#?x`, `cli/2?#?x`, `cli/3?#?x`, `cli/4?#?x`, 2 more\n',
    );
  });

  test.each(['platform.yaml', 'services/wind-speed/workload.ts', 'docs/cli/x.md', 'package.json.md'])(
    'is not one of %s',
    async (filename) => {
      expect(await warned({ filename })).not.toContain('[!WARNING]');
    },
  );
});

test('an answer that GitHub refuses is an error that names the request', async () => {
  const { code, output } = await commented({ token: 'another-token' });
  expect(code).toBe(1);
  expect(output).toBe(
    '::error title=Plan comment::GET /pulls?state=open&per_page=100&page=1: GitHub answered 401: {"message":"Bad credentials"}\n',
  );
});

test('the files that judge a change need the approval of the team that CODEOWNERS names for workflows', async () => {
  const { judging } = (await import(join(import.meta.dirname, '../../.github/scripts/comment-text.mjs'))) as {
    readonly judging: readonly string[];
  };
  const owners = readFileSync(join(import.meta.dirname, '../../.github/CODEOWNERS'), 'utf8');
  for (const path of judging)
    expect(owners).toMatch(new RegExp(`^/${path.replaceAll('.', '\\.')} +@example-org/security$`, 'm'));
});

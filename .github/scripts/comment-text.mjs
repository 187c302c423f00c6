/** First line of the comment, which nobody sees: a later run finds the comment by it. */
export const marker = '<!-- crosswind plan -->';

/** Characters of a comment. GitHub refuses a longer one. */
const limit = 65_536;

/**
 * Files that decide what a plan says. The owners of these files in CODEOWNERS must approve a change of them, and the comment
 * says that there is one.
 */
export const judging = ['.github/', 'cli/', 'packages/', 'pipeline/', 'policies/', 'package.json', 'package-lock.json'];

/** Files of a change that decide what its plan says. */
export const judgingFiles = (files) =>
  [...new Set(files)].filter((file) =>
    judging.some((each) => (each.endsWith('/') ? file.startsWith(each) : file === each)),
  );

/**
 * The comment about a run.
 * @param {{ run: { url: string, conclusion: string, headSha: string }, files: readonly string[], markdown?: string }} props
 *   `files` are those that the pull request changes, `markdown` is the plan, if the run made one
 */
export function commentText({ run, files, markdown }) {
  const ended = run.conclusion === 'success' ? 'passed' : `ended with ${run.conclusion}`;
  const heading = `Commit ${run.headSha}: the [checks](${run.url}) ${ended}.`;
  const before = [marker, heading, ...judgingNote(judgingFiles(files))];
  if (markdown === undefined) return [...before, 'There is no plan of it.'].join('\n\n');
  const whole = [...before, withoutMentions(markdown)].join('\n\n');
  if (whole.length <= limit) return whole;
  const cutNote = `The plan is cut here: its [run](${run.url}) has the rest as the artifact \`plan\`.`;
  const start = [...before, cutNote].join('\n\n');
  return `${start}\n\n${cut(withoutMentions(markdown), limit - start.length - 2)}`;
}

/** How many files the note names. */
const namedAtMost = 5;

function judgingNote(files) {
  if (files.length === 0) return [];
  const names = files.slice(0, namedAtMost).map((file) => `\`${file.replaceAll(/[`\s]+/g, '?')}\``);
  const more = files.length > namedAtMost ? [`${files.length - namedAtMost} more`] : [];
  const listed = [...names, ...more].join(', ');
  return [
    `> [!WARNING]\n> This change edits files that judge it, so the plan is only what the change says of itself. Read them first: ${listed}`,
  ];
}

/** The text without anything that GitHub would notify somebody of: an invisible space comes after each `@`. */
const withoutMentions = (text) => text.replaceAll(/@(?=[\w-])/g, '@\u200b');

/** The beginning of a text, up to the end of a line, and never half a character. */
function cut(text, length) {
  const start = text.slice(0, length);
  const end = start.lastIndexOf('\n');
  return end > 0 ? start.slice(0, end) : start.replace(/[\ud800-\udbff]$/, '');
}

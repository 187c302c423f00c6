/** First line of the comment, which nobody sees: a later run finds the comment by it. */
export const marker = '<!-- crosswind plan -->';

/** Second line, with the run that wrote the comment. */
const runLine = ({ id, attempt }) => `<!-- run ${id}, attempt ${attempt} -->`;

/**
 * True if a comment was written by a later run than this one, or by a later attempt of it. Ids of runs grow. What comes after
 * the first two lines may be the pull request's.
 */
export function isOlder({ id, attempt }, comment) {
  const [, ...written] = /^<!-- crosswind plan -->\n<!-- run (\d+), attempt (\d+) -->\n/.exec(comment) ?? [];
  const [otherId = 0, otherAttempt = 0] = written.map(Number);
  return id < otherId || (id === otherId && attempt < otherAttempt);
}

/** Characters of a comment. GitHub refuses a longer one. */
const limit = 65_536;

/**
 * Files that decide what a plan says. The owners of these files in CODEOWNERS must approve a change of them, and the comment
 * says that there is one.
 */
export const judging = [
  '.github/',
  '.npmrc',
  'blocks/discover-workloads.ts',
  'cdk.json',
  'cli/',
  'config/',
  'onboarding/',
  'package-lock.json',
  'package.json',
  'packages/',
  'pipeline/',
  'policies/',
  'tsconfig.json',
];

/** Files of a change that decide what its plan says. */
export const judgingFiles = (files) =>
  [...new Set(files)].filter((file) =>
    judging.some((each) => (each.endsWith('/') ? file.startsWith(each) : file === each)),
  );

/**
 * The comment about a run.
 * @param {{
 *   run: { id: number, attempt: number, url: string, conclusion: string, headSha: string },
 *   files: readonly string[],
 *   isEveryFile: boolean,
 *   markdown?: string,
 * }} props `files` are those that the pull request changes, `isEveryFile` is false if there may be more, `markdown` is the
 *   plan, if the run made one
 */
export function commentText({ run, files, isEveryFile, markdown }) {
  const ended = run.conclusion === 'success' ? 'passed' : `ended with ${run.conclusion}`;
  const heading = `Commit ${run.headSha}: the [checks](${run.url}) ${ended}.`;
  const before = [`${marker}\n${runLine(run)}`, heading, ...judgingNote(judgingFiles(files), isEveryFile)];
  if (markdown === undefined) return [...before, 'There is no plan of it.'].join('\n\n');
  const whole = [...before, inert(markdown)].join('\n\n');
  if (whole.length <= limit) return whole;
  const cutNote = `The plan is cut here: its [run](${run.url}) has the rest as the artifact \`plan\`.`;
  const start = [...before, cutNote].join('\n\n');
  return `${start}\n\n${cut(inert(markdown), limit - start.length - 2)}`;
}

/** How many files the note names. */
const namedAtMost = 5;

function judgingNote(files, isEveryFile) {
  const unlisted = isEveryFile
    ? []
    : ['> This change has more files than GitHub lists, so it may edit files that judge it, too.'];
  if (files.length === 0) return unlisted.map((text) => `> [!WARNING]\n${text}`);
  const names = files.slice(0, namedAtMost).map((file) => `\`${inert(file.replaceAll(/[`\s]+/g, '?'))}\``);
  const more = files.length > namedAtMost ? [`${files.length - namedAtMost} more`] : [];
  const listed = [...names, ...more].join(', ');
  const edited = `> This change edits files that judge it, so the plan is only what the change says of itself. Read them first: ${listed}`;
  return [['> [!WARNING]', edited, ...unlisted.map((text) => `>\n${text}`)].join('\n')];
}

/** Comes behind a character that would begin something: an invisible space. */
const broken = '\u200b';

/** Text that GitHub would make more of than text, and how it is broken. `<details>` and `<summary>` fold parts of a plan. */
const active = [
  // Characters that change how others look, such as marks of direction (Unicode categories Cc, Cf, Zl, Zp). Lines stay.
  [/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd'],
  // A mention, whatever the name is made of.
  [/@/g, `@${broken}`],
  // HTML, and the beginning of a comment that hides what follows.
  [/<(?!\/?(?:details|summary)>)/g, `<${broken}`],
  // A character reference, which could stand for each of the others.
  [/&(?=[#\w])/g, `&${broken}`],
  // Links, images, and definitions of links.
  [/\](?=[([:])/g, `]${broken}`],
  [/:(?=\/\/)/g, `:${broken}`],
  [/\bwww(?=\.)/gi, `www${broken}`],
  // A reference to an issue, which the issue would show.
  [/#(?=\d)/g, `#${broken}`],
  [/\bGH(?=-\d)/gi, `GH${broken}`],
];

/** The text of a stranger without anything that GitHub would follow, load, hide or notify somebody of. */
const inert = (text) => active.reduce((before, [pattern, after]) => before.replaceAll(pattern, after), text);

/** The beginning of a text, up to the end of a line, and never half a character. */
function cut(text, length) {
  const start = text.slice(0, length);
  const end = start.lastIndexOf('\n');
  return end > 0 ? start.slice(0, end) : start.replace(/[\ud800-\udbff]$/, '');
}

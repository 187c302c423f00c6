import { countOf } from '../../count.ts';
import type { Line, Section, Span } from './line.ts';

/** Lines of a comment that a reader sees without opening anything; more are folded away. */
export const visibleLines = 40;

/** A comment on GitHub has 65,536 characters at most; the job that posts it adds some. */
export const mostCharacters = 60_000;

/** Lines that every section needs: its heading, a line, and the summary of what is folded away. */
const reserved = 3;

interface ShownSection {
  readonly section: Section;
  /** Lines that are shown; the others are folded away. */
  readonly shown: number;
}

/** Lines of each section that are shown. Earlier sections come first with the lines that are left. */
export function withShownLines(sections: readonly Section[]): readonly ShownSection[] {
  let spare = visibleLines - 1 - reserved * sections.length;
  return sections.map((section) => {
    const extra = Math.max(0, Math.min(section.lines.length - 1, spare));
    spare -= extra;
    return { section, shown: 1 + extra };
  });
}

/** Sections as Markdown of GitHub, within 40 visible lines and 60,000 characters. Earlier sections come first with both. */
export function markdownOf(title: string, sections: readonly Section[]): string {
  const planned = withShownLines(sections);
  const visible = planned.map(({ section, shown }) =>
    [`### ${section.title}`, '', ...section.lines.slice(0, shown).map((each) => `- ${spansText(each.spans)}`)].join(
      '\n',
    ),
  );
  let room = mostCharacters - title.length - 10 - visible.reduce((sum, text) => sum + text.length + 2, 0);
  const parts = planned.map((each, index) => {
    const details = detailsOf(each, room - foldOverhead * (planned.length - index));
    room -= details.length + 2;
    return [visible[index] ?? '', ...(details === '' ? [] : [details])].join('\n\n');
  });
  return `${[`## ${title}`, ...parts].join('\n\n')}\n`;
}

/** Characters of folded lines of one section at least, so that each says what is left out. */
const foldOverhead = 200;

/** Folded part of a section: the places of visible lines, then further lines with theirs. */
function detailsOf({ section: { lines }, shown }: ShownSection, room: number): string {
  const below = lines.flatMap((each, index) => (index < shown ? moreOf(each) : [bullet(each, ''), ...moreOf(each)]));
  if (below.length === 0) return '';
  const hidden = lines.length - shown;
  const hasCopy = lines.some(({ more }) => more.some(({ isVerbatim }) => isVerbatim));
  const rest = hasCopy ? 'where, and the allowance to copy' : 'where';
  const summary =
    hidden > 0
      ? `${countOf(hidden, 'more line')}, and ${rest}`
      : hasCopy
        ? 'Where, and the allowance to copy'
        : 'Where, and more';
  const kept: string[] = [];
  let left = room - summary.length - 100;
  for (const text of below) {
    left -= text.length + 1;
    if (left < 0) break;
    kept.push(text);
  }
  const missing = below.length - kept.length;
  if (missing > 0) kept.push(...closing(kept), '', `${countOf(missing, 'more line')}: see \`plan.json\`.`);
  return ['<details>', `<summary>${summary}</summary>`, '', ...kept, '', '</details>'].join('\n');
}

/** The end of a block of text to copy that was cut. */
const closing = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => text.trim() === fence).length % 2 === 1 ? [fence] : [];

const fence = '~~~~~~';

function moreOf({ spans, more }: Line): readonly string[] {
  if (more.length === 0) return [];
  const copied = more.filter(({ isVerbatim }) => isVerbatim);
  const block = copied.length === 0 ? [] : ['', fence, ...copied.map((each) => spansText(each.spans, true)), fence, ''];
  return [
    `- ${spansText(spans)}`,
    ...more.filter(({ isVerbatim }) => !isVerbatim).map((each) => bullet(each, '  ')),
    ...block,
  ];
}

const bullet = ({ spans }: Line, indent: string): string => `${indent}- ${spansText(spans)}`;

const spansText = (spans: readonly Span[], isVerbatim = false): string =>
  spans.map((span) => (isVerbatim && typeof span === 'string' ? span.replaceAll('~', '-') : spanText(span))).join('');

function spanText(span: Span): string {
  if (typeof span === 'string') return span;
  return 'strong' in span ? `**${span.strong}**` : codeSpan(span.code);
}

/**
 * A span of code, in which GitHub reads no HTML, mention, reference or link: its fence is longer than any within
 * (CommonMark, "Code spans").
 */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ends = '`'.repeat(longest + 1);
  const isPadded = longest > 0 || /^ .* $/.test(text) || text === '';
  return isPadded ? `${ends} ${text} ${ends}` : `${ends}${text}${ends}`;
}

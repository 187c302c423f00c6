/** Text that is written by the platform's files: it is shown as it is and never read as markup. */
export interface Code {
  readonly code: string;
}

/** Text in bold. */
export interface Strong {
  readonly strong: string;
}

/** A part of a line. A plain text is one of ours. */
export type Span = string | Code | Strong;

/** A line of a plan, and lines that are folded away below it. */
export interface Line {
  readonly spans: readonly Span[];
  readonly more: readonly Line[];
  /** True for a line of a text to copy, which is kept as it is. */
  readonly isVerbatim?: boolean;
}

/** A section with at least one line. */
export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** Characters of a value that are shown; more of it is in the JSON. */
const shownCharacters = 120;

/** A text from the platform's files, on one line and cut to a length that a reader takes in. */
export function code(text: string, most = shownCharacters): Code {
  const visible = withoutControls(text);
  const characters = Array.from(visible);
  return { code: characters.length <= most ? visible : `${characters.slice(0, most - 1).join('')}…` };
}

export const strong = (text: string): Strong => ({ strong: text });

/**
 * Characters that change how others look: controls, line ends, marks of direction, zero-width ones (Unicode categories Cc,
 * Cf, Zl, Zp), and lone surrogates.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text with a blank for each line end and tab, and a replacement character for everything else that is not visible. */
export const withoutControls = (text: string): string => text.replace(/[\n\r\t]+/g, ' ').replace(invisible, '\uFFFD');

/** A line of a template text and spans. */
export const line = (texts: TemplateStringsArray, ...spans: readonly (Span | readonly Span[])[]): Line => ({
  spans: texts.flatMap((text, index) => [text, ...[spans[index] ?? []].flat()]).filter((span) => span !== ''),
  more: [],
});

/** The line with others folded away below it. */
export const withMore = (above: Line, more: readonly Line[]): Line => ({ ...above, more: [...above.more, ...more] });

/** Lines of a text to copy. */
export const verbatim = (text: string): readonly Line[] =>
  text.split('\n').map((each) => ({ spans: [withoutControls(each)], more: [], isVerbatim: true }));

/** Spans with `, ` between them. */
export const separated = (spans: readonly Span[], separator = ', '): readonly Span[] =>
  spans.flatMap((span, index) => (index === 0 ? [span] : [separator, span]));

/** The text of a line without markup. */
export const plainText = ({ spans }: Line): string =>
  spans.map((span) => (typeof span === 'string' ? span : 'strong' in span ? span.strong : span.code)).join('');

import { countOf } from '../../count.ts';
import type { Terminal } from '../../terminal.ts';
import type { Line, Section, Span } from './line.ts';
import { withShownLines } from './markdown.ts';

type Colors = Terminal['colors'];

/**
 * Sections as lines of a terminal: those that a comment shows without opening anything, and texts to copy. The last line
 * says how to see the rest.
 */
export function terminalLines(title: string, sections: readonly Section[], colors: Colors): readonly string[] {
  const planned = withShownLines(sections);
  const lines = planned.flatMap(({ section, shown }) => [
    '',
    colors.bold(section.title),
    ...section.lines.slice(0, shown).flatMap((each) => [lineText(each, '  ', colors), ...toCopy(each, colors)]),
  ]);
  const folded = planned.reduce((sum, { section, shown }) => sum + foldedIn(section, shown), 0);
  const rest = `${countOf(folded, 'line')} not shown: --markdown or --out <dir> says where each of it is, --json everything`;
  return [colors.bold(title), ...lines, ...(folded > 0 ? ['', colors.dim(rest)] : [])];
}

/** The text to copy below a line, with the line that says what it is for. */
function toCopy({ more }: Line, colors: Colors): readonly string[] {
  const first = more.findIndex(({ isVerbatim }) => isVerbatim);
  return first < 0 ? [] : more.slice(Math.max(0, first - 1)).map((each) => lineText(each, '    ', colors));
}

const foldedIn = ({ lines }: Section, shown: number): number =>
  lines.length - shown + lines.reduce((sum, { more }) => sum + more.filter(({ isVerbatim }) => !isVerbatim).length, 0);

function lineText({ spans, isVerbatim }: Line, indent: string, colors: Colors): string {
  return `${indent}${isVerbatim ? '  ' : ''}${spans.map((span) => spanText(span, colors)).join('')}`;
}

function spanText(span: Span, colors: Colors): string {
  if (typeof span === 'string') return span;
  return 'strong' in span ? colors.bold(span.strong) : colors.cyan(span.code);
}

import type { Terminal } from '../../terminal.ts';
import type { Line, Section, Span } from './line.ts';

type Colors = Terminal['colors'];

/** Sections as lines of a terminal, everything unfolded but long lists. */
export const terminalLines = (title: string, sections: readonly Section[], colors: Colors): readonly string[] => [
  colors.bold(title),
  ...sections.flatMap((section) => [
    '',
    colors.bold(section.title),
    ...section.lines.flatMap((each) => linesOf(each, '  ', colors)),
  ]),
];

/** Lines below another one that are printed before the rest is counted. */
const shownBelow = 12;

function linesOf({ spans, more, isVerbatim }: Line, indent: string, colors: Colors): readonly string[] {
  const text = spans.map((span) => spanText(span, colors)).join('');
  const rest = more.length - shownBelow;
  return [
    `${indent}${isVerbatim ? '  ' : ''}${text}`,
    ...more.slice(0, shownBelow).flatMap((each) => linesOf(each, `${indent}  `, colors)),
    ...(rest > 0 ? [`${indent}  ${colors.dim(`and ${rest} more: --json prints all`)}`] : []),
  ];
}

function spanText(span: Span, colors: Colors): string {
  if (typeof span === 'string') return span;
  return 'strong' in span ? colors.bold(span.strong) : colors.cyan(span.code);
}

import { InvalidPattern, type Matches } from './invalid-pattern.ts';
import { parseJsonPattern } from './json-pattern.ts';

/**
 * The filter of FilterLogEvents (FilterAndPatternSyntax): terms, quoted terms, `?term`, `-term`, and patterns of JSON.
 * @throws InvalidPattern
 */
export function parseFilterPattern(pattern: string): Matches {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (text.startsWith('[')) {
    throw new InvalidPattern(
      `the sandbox supports no space-delimited filter pattern, got ${text}; expected terms or { $.field = "value" } (see docs/sandbox-support.md)`,
    );
  }
  if (text.startsWith('{')) return parseJsonPattern(text);
  return termsOf(text);
}

const term = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)\s*/y;

/** Terms that must all be there, of those with `?` at least one, of those with `-` none. AWS ignores `?` where other terms are given. */
function termsOf(text: string): Matches {
  const found: Record<'' | '?' | '-', string[]> = { '': [], '?': [], '-': [] };
  term.lastIndex = 0;
  while (term.lastIndex < text.length) {
    const at = term.lastIndex;
    const [, sign = '', quoted, plain = ''] = term.exec(text) ?? [];
    if (term.lastIndex === 0) throw new InvalidPattern(`Invalid character(s) in term '${text.slice(at)}'`);
    if (quoted === undefined) checkPlain(plain);
    found[sign as '' | '?' | '-'].push(quoted?.replace(/\\(.)/g, '$1') ?? plain);
  }
  const { '': all, '?': any, '-': none } = found;
  return (message) =>
    all.every((word) => message.includes(word)) &&
    none.every((word) => !message.includes(word)) &&
    (any.length === 0 || all.length > 0 || any.some((word) => message.includes(word)));
}

/** A term with other characters than letters, digits and underscores must be quoted. */
function checkPlain(word: string): void {
  if (/^%.*%$/.test(word)) {
    throw new InvalidPattern(
      `the sandbox supports no regular expression in a filter pattern, got ${word} (see docs/sandbox-support.md)`,
    );
  }
  if (!/^[\p{L}\p{N}_]+$/u.test(word)) {
    throw new InvalidPattern(`Invalid character(s) in term '${word}'; terms with other characters must be quoted`);
  }
}

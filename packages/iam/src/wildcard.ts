import { isUnresolved, unresolved } from '@crosswind/aws/json';
import { type Truth, UNKNOWN } from './truth.ts';

/** Stand-ins for a `*` or `?` that a policy variable produced: they match only themselves (AWS: "IAM policy elements: Variables"). */
const LITERAL_STAR = '\uE000';
const LITERAL_QUESTION = '\uE001';

/** The text as a pattern that matches nothing but the text itself. */
export const asLiteral = (text: string): string =>
  text.includes('*') || text.includes('?')
    ? text.replaceAll('*', LITERAL_STAR).replaceAll('?', LITERAL_QUESTION)
    : text;

/** The pattern as a person would write it, with its literal characters back. */
export const asText = (pattern: string): string =>
  pattern.replaceAll(LITERAL_STAR, '*').replaceAll(LITERAL_QUESTION, '?');

function sameCharacter(wanted: string | undefined, given: string): boolean {
  if (wanted === '?') return true;
  if (wanted === LITERAL_STAR) return given === '*';
  if (wanted === LITERAL_QUESTION) return given === '?';
  return wanted === given;
}

/**
 * True if the text matches a pattern: `*` is any run of characters, `?` any one character. Takes at most time
 * proportional to pattern length times text length.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  let inPattern = 0;
  let inText = 0;
  let afterStar = -1;
  let starCovers = 0;
  while (inText < text.length) {
    if (pattern[inPattern] === '*') {
      afterStar = ++inPattern;
      starCovers = inText;
    } else if (inPattern < pattern.length && sameCharacter(pattern[inPattern], text.charAt(inText))) {
      inPattern += 1;
      inText += 1;
    } else if (afterStar >= 0) {
      inPattern = afterStar;
      inText = ++starCovers;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern += 1;
  return inPattern === pattern.length;
}

/**
 * A text that both patterns of `*` match; undefined if there is none.
 * @param any text in place of what neither pattern says
 */
export function commonText(one: string, other: string, any: string): string | undefined {
  const failed = new Set<number>();
  const from = (at: number, inOther: number): string | undefined => {
    const key = at * (other.length + 1) + inOther;
    if (failed.has(key)) return undefined;
    const found = next(at, inOther);
    if (found === undefined) failed.add(key);
    return found;
  };
  const next = (at: number, inOther: number): string | undefined => {
    const [a, b] = [one[at], other[inOther]];
    if (a === undefined && b === undefined) return '';
    if (a === '*' && b === '*') {
      return joined(any, from(at + 1, inOther + 1) ?? from(at, inOther + 1) ?? from(at + 1, inOther));
    }
    if (a === '*') return from(at + 1, inOther) ?? (b === undefined ? undefined : joined(b, from(at, inOther + 1)));
    if (b === '*') return from(at, inOther + 1) ?? (a === undefined ? undefined : joined(a, from(at + 1, inOther)));
    return a === b && a !== undefined ? joined(a, from(at + 1, inOther + 1)) : undefined;
  };
  return from(0, 0);
}

const joined = (text: string, rest: string | undefined): string | undefined =>
  rest === undefined ? undefined : `${text}${rest}`;

/** The same for a pattern that may have unresolved parts: these may be anything. */
export function mayMatchWildcard(pattern: string, text: string): Truth {
  if (!isUnresolved(pattern)) return matchesWildcard(pattern, text);
  return matchesWildcard(pattern.replaceAll(unresolved, '*'), text) ? UNKNOWN : false;
}

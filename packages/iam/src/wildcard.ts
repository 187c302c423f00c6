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

/** The same for a pattern that may have unresolved parts: these may be anything. */
export function mayMatchWildcard(pattern: string, text: string): Truth {
  if (!isUnresolved(pattern)) return matchesWildcard(pattern, text);
  return matchesWildcard(pattern.replaceAll(unresolved, '*'), text) ? UNKNOWN : false;
}

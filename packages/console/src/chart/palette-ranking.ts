import type { Candidate } from './palette-candidates.ts';

/** A candidate as it is searched: texts in lower case, made once. */
export interface Searched {
  readonly candidate: Candidate;
  readonly text: string;
  /** First letters of its words. */
  readonly initials: string;
  /** Kind and hint. */
  readonly more: string;
}

export const searched = (candidates: readonly Candidate[]): readonly Searched[] =>
  candidates.map((candidate) => {
    const text = candidate.text.toLowerCase();
    const initials = wordsOf(candidate.text).map((word) => word.charAt(0).toLowerCase());
    return { candidate, text, initials: initials.join(''), more: `${candidate.kind} ${candidate.hint}`.toLowerCase() };
  });

/** Words of a name: `wind-speed` and `StartExecution` have two. */
const wordsOf = (text: string): readonly string[] =>
  text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+|\p{Lo}+/gu) ?? [];

/**
 * The best candidates for what is asked, the best first: each of its words is in the name, is the beginning of its initials, or
 * is in kind or hint. Without a word, all in their order.
 *
 * @param most how many are wanted
 */
export function ranked(all: readonly Searched[], query: string, most: number): readonly Candidate[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return all.slice(0, most).map(({ candidate }) => candidate);
  const byScore = new Map<number, Candidate[]>();
  for (const each of all) {
    const score = scoreOf(each, words);
    if (score === 0) continue;
    const same = byScore.get(score);
    if (!same) byScore.set(score, [each.candidate]);
    else if (same.length < most) same.push(each.candidate);
  }
  return [...byScore]
    .sort(([one], [other]) => other - one)
    .flatMap(([, candidates]) => candidates)
    .slice(0, most);
}

/** Points of a word: the name itself, its beginning, the beginning of a word, initials, inside of it, kind or hint. */
const points = { whole: 32, start: 16, word: 8, initials: 6, inside: 3, more: 1 } as const;

function scoreOf(each: Searched, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const score = scoreOfWord(each, word);
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

function scoreOfWord({ text, initials, more }: Searched, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) return text.length === word.length ? points.whole : points.start;
  if (at > 0 && isBoundary(text.charAt(at - 1))) return points.word;
  if (initials.startsWith(word)) return points.initials;
  if (at > 0) return points.inside;
  return more.includes(word) ? points.more : 0;
}

const isBoundary = (before: string): boolean => /[^\p{L}\p{N}]/u.test(before);

/** Event of the function. */
export interface CountWordsEvent {
  readonly text: string;
  /** Length of the list in the result. */
  readonly topWords: number;
}

export interface WordCounts {
  /** Words of the text, repetitions included. */
  readonly words: number;
  /** The most frequent words; those with the same count in the order of the alphabet. */
  readonly top: readonly { readonly word: string; readonly times: number }[];
}

/** Counts the words of a text, in lower case. Pure: knows nothing of AWS. */
export function countWords({ text, topWords }: CountWordsEvent): WordCounts {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const times = new Map<string, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  const top = [...times]
    .sort(([one, timesOfOne], [other, timesOfOther]) => timesOfOther - timesOfOne || (one < other ? -1 : 1))
    .slice(0, topWords)
    .map(([word, count]) => ({ word, times: count }));
  return { words: words.length, top };
}

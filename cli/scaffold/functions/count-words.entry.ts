import { type CountWordsEvent, type WordCounts, countWords } from './count-words.ts';

/** Entry of the bundle: what needs an SDK client or the environment gets it here. */
export const handler = (event: CountWordsEvent): Promise<WordCounts> => Promise.resolve(countWords(event));

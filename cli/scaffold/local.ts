import { type FinishedRun, type Local, type LocalResults, WrongOption, defineLocal } from '../../blocks/local.ts';
import { type CountWordsEvent, type WordCounts, countWords } from './functions/count-words.ts';

const sampleText = 'to be or not to be';

/**
 * How the workload runs on a laptop: an option for the text, a sample with its check, the result as a table, and what
 * `crosswind simulate` runs in place of the function.
 */
export const local: Local = defineLocal({
  options: [{ flags: '--text <text>', description: `count the words of this text (default: "${sampleText}")` }],
  prepare: ({ text }) => ({
    input: { text: typeof text === 'string' ? text : sampleText },
    results: (finished) => Promise.resolve(resultsOf(finished)),
  }),
  sample: {
    input: { text: sampleText },
    problems(output) {
      const words = (output as Partial<WordCounts> | null)?.words;
      return words === 6 ? [] : [`words must be 6, got ${words ?? 'nothing'}`];
    },
  },
  simulation: {
    options: [
      {
        flags: '--milliseconds <n>',
        description: 'time that the function takes; it ends after 10,000',
        parse: milliseconds,
        default: 20,
      },
    ],
    prepare: ({ milliseconds: duration }) => ({
      input: { text: sampleText },
      models: {
        // By the state that invokes the function.
        'Count words': {
          coldStartMilliseconds: 200,
          invoke: (event) => ({
            milliseconds: duration as number,
            requests: { get: 0, put: 0, list: 0 },
            result: { payload: { ...countWords(event as unknown as CountWordsEvent) } },
          }),
        },
      },
    }),
  },
});

function milliseconds(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new WrongOption('It must be a whole number from 1 to 99,999.');
}

/** Output of `back`, as data, as a file and as a table. */
function resultsOf({ executions }: FinishedRun): LocalResults {
  const outcome = executions.get('back')?.[0]?.outcome;
  if (outcome?.status !== 'SUCCEEDED') return { data: {}, files: [], tables: [] };
  const counted = outcome.output as unknown as WordCounts;
  return {
    data: { ...counted },
    files: [{ name: 'words.json', body: `${JSON.stringify(counted, null, 2)}\n` }],
    tables: [
      {
        title: 'Most frequent words',
        columns: [
          { heading: 'word', align: 'left' },
          { heading: 'times', align: 'right' },
        ],
        rows: counted.top.map(({ word, times }) => [word, String(times)]),
        notes: [`${counted.words} words in all`],
      },
    ],
  };
}

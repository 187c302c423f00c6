import { type FinishedRun, type Local, type LocalResults, defineLocal } from '../../blocks/local.ts';
import type { WordCounts } from './functions/count-words.ts';

const sampleText = 'to be or not to be';

/** How the workload runs on a laptop: an option for the text, a sample with its check, and the result as a table. */
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
});

/** What `back` returned, as data and as a table. */
function resultsOf({ executions }: FinishedRun): LocalResults {
  const outcome = executions.get('back')?.outcome;
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

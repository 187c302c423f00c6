import type { LocalDeployment } from '../../../blocks/local-deployment.ts';
import { type Local, WrongOption, defineLocal } from '../../../blocks/local.ts';
import { wordCountModels } from './models.ts';
import { resultsOf } from './results.ts';
import { sampleInput, sampleProblems } from './sample.ts';

export const local: Local = defineLocal({
  options: [
    { flags: '--objects <n>', description: 'generate n texts (default: 300)', parse: wholeNumber(1, 100_000) },
    { flags: '--text <text>', description: 'count this text instead' },
  ],
  prepare({ objects, text }) {
    if (text !== undefined && objects !== undefined) {
      throw new WrongOption('--objects generates texts and --text is one: give one of them');
    }
    const texts = typeof text === 'string' ? [text] : generatedTexts((objects as number | undefined) ?? 300);
    return {
      input: {},
      fill(deployed) {
        const bucket = sourceOf(deployed);
        texts.forEach((body, index) => {
          deployed.storage.seed({ bucket, key: keyOf(index) }, Buffer.from(body));
        });
        return Promise.resolve(`generated ${texts.length.toLocaleString('en-US')} texts`);
      },
      results: resultsOf,
    };
  },
  sample: { input: sampleInput, problems: sampleProblems },
  faults: [
    {
      id: 'source-read',
      title: 'the function that counts a batch may not read objects',
      stage: 'child',
      role: 'Child/Count/Role',
      action: 's3:GetObject',
    },
    {
      id: 'results-write',
      title: 'the function that adds the counts may not write their sum',
      stage: 'child',
      role: 'Child/Sum/Role',
      action: 's3:PutObject',
    },
  ],
  simulation: {
    options: [
      {
        flags: '--objects <n>',
        description: 'texts in the source bucket',
        parse: wholeNumber(1, 10_000_000),
        default: 600_000,
        estimate: 2_000,
      },
      {
        flags: '--fail-rate <share>',
        description: 'share of the batches that crash, 0 to 1',
        parse: share,
        default: 0,
      },
    ],
    prepare: ({ seed, objects, failRate }) => ({
      input: {},
      fill(deployed) {
        const bucket = sourceOf(deployed);
        for (let index = 0; index < (objects as number); index += 1) {
          deployed.storage.adopt({ bucket, key: keyOf(index) }, `text ${index}`, 1_000);
        }
        return Promise.resolve(`modelled ${(objects as number).toLocaleString('en-US')} texts`);
      },
      models: wordCountModels({ seed, failRate: failRate as number }),
    }),
  },
});

const sourceOf = ({ resource }: LocalDeployment): string => resource('child', 'Child/Source').name;

const keyOf = (index: number): string => `texts/2022/${String(index).padStart(8, '0')}.txt`;

/** Texts of one word to seven, again and again; the first has lines enough for clients to read it in parts. */
const generatedTexts = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => (index === 0 ? 'word\n'.repeat(5_000) : 'word '.repeat((index % 7) + 1)));

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new WrongOption(`It must be a whole number from ${least} to ${most.toLocaleString('en-US')}.`);
  };
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new WrongOption('It must be a number from 0 to 1.');
}

import { resolve } from 'node:path';
import { type Local, type LocalRun, type OptionValues, WrongOption, defineLocal } from '../../blocks/local.ts';
import { contract } from './contract.ts';
import { gameDays } from './game-days/game-days.ts';
import { resultsOf } from './local/results.ts';
import { type WeatherSource, fillBucket, weatherFiles } from './local/weather-source.ts';
import { windSpeedModels } from './sample/modelled-functions.ts';
import { modelledObjects } from './sample/modelled-objects.ts';
import { sampleInput, sampleProblems } from './sample/sample-run.ts';

/** Objects that are generated when nobody says how many. */
const defaultObjects = 3_000;

/** Generated, read from files or modelled weather, and what came of it. */
export const local: Local = defineLocal({
  options: [
    {
      flags: '--objects <n>',
      description: `generate n weather objects (default: ${defaultObjects})`,
      parse: wholeNumber(1, Number.MAX_SAFE_INTEGER),
    },
    { flags: '--data <dir>', description: 'take the *.csv files of a directory and its year folders instead' },
  ],
  prepare(options) {
    const weather = weatherOf(options);
    return {
      ...filledWith(weather),
      results: (finished) => resultsOf(finished, weather.kind === 'generated'),
    };
  },
  sample: { input: sampleInput, problems: sampleProblems },
  gameDays,
  faults: [
    {
      id: 'source-read',
      title: 'the function that reads a batch may not read objects',
      stage: 'child',
      role: 'Child/Analyze/Role',
      action: 's3:GetObject',
    },
    {
      id: 'results-write',
      title: 'the function that reads a batch may not write its partial result',
      stage: 'child',
      role: 'Child/Analyze/Role',
      action: 's3:PutObject',
    },
  ],
  simulation: {
    options: [
      {
        flags: '--objects <n>',
        description: 'objects in the source bucket',
        parse: wholeNumber(1, 10_000_000),
        default: 600_000,
        estimate: 60_000,
      },
      {
        flags: '--fail-rate <share>',
        description: 'share of the invocations over batches that crash, 0 to 1',
        parse: share,
        default: 0,
      },
    ],
    prepare({ seed, objects, failRate }) {
      const count = objects as number;
      return {
        ...filledWith({ kind: 'modelled', objects: modelledObjects({ objects: count, seed }) }),
        models: windSpeedModels({ seed, failRate: failRate as number }),
      };
    },
  },
});

const filling: Readonly<Record<WeatherSource['kind'], string>> = {
  generated: 'generated',
  files: 'took',
  modelled: 'modelled',
};

function weatherOf({ objects, data }: OptionValues): WeatherSource {
  if (objects !== undefined && data !== undefined) {
    throw new WrongOption('--objects generates weather and --data reads it from files: give one of them');
  }
  if (typeof data === 'string') return { kind: 'files', ...weatherFiles(resolve(data)) };
  return { kind: 'generated', objects: (objects as number | undefined) ?? defaultObjects };
}

const filledWith = (weather: WeatherSource): Pick<LocalRun, 'input' | 'fill'> => ({
  input: {},
  fill: async ({ resource, storage, settings }, progress) => {
    const { years } = contract.settings.parse(settings);
    const { name: bucket } = resource('child', 'Weather/Source');
    const filled = await fillBucket(storage, bucket, weather, years, (objects) => {
      progress(`filling the source bucket: ${objects.toLocaleString('en-US')} objects`);
    });
    const links = weather.kind === 'files' ? weather.links : [];
    const notRead = links.length === 0 ? '' : `, and no link out of the folder: ${links.join(', ')}`;
    return `${filling[weather.kind]} ${filled.toLocaleString('en-US')} weather object${filled === 1 ? '' : 's'}${notRead}`;
  },
});

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range =
      most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most.toLocaleString('en-US')}` : `of at least ${least}`;
    throw new WrongOption(`It must be a whole number ${range}.`);
  };
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new WrongOption('It must be a number from 0 to 1.');
}

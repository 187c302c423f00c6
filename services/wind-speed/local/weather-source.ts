import { closeSync, openSync, readSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type LocalDeployment, WrongOption } from '../../../blocks/local.ts';
import { generateObjects } from '../sample/generate-objects.ts';
import type { ModelledObject } from '../sample/modelled-objects.ts';
import { weatherKey } from '../sample/weather-key.ts';

/** Where the weather objects of a run come from. */
export type WeatherSource =
  | { readonly kind: 'generated'; readonly objects: number }
  | { readonly kind: 'files'; readonly files: readonly WeatherFile[] }
  /** Keys and sizes without any content. */
  | { readonly kind: 'modelled'; readonly objects: Iterable<ModelledObject> };

/** A file and the key that NOAA would give it. */
export interface WeatherFile {
  readonly path: string;
  readonly key: string;
}

/** Called now and then with the number of objects that are in the bucket. */
export type OnFilled = (objects: number) => void;

/** Fills a bucket of the sandbox and returns how many objects it then holds. */
export async function fillBucket(
  storage: Pick<LocalDeployment['storage'], 'seed' | 'adopt'>,
  bucket: string,
  source: WeatherSource,
  onFilled: OnFilled,
): Promise<number> {
  let filled = 0;
  const count = async (): Promise<void> => {
    filled += 1;
    if (filled % (source.kind === 'modelled' ? 10_000 : 250) !== 0) return;
    onFilled(filled);
    await new Promise((resolve) => setImmediate(resolve));
  };
  if (source.kind === 'generated') {
    for (const { key, body } of generateObjects({ objects: source.objects, years: generatedYears(source.objects) })) {
      storage.seed({ bucket, key: weatherKey(key) }, body);
      await count();
    }
    return filled;
  }
  if (source.kind === 'modelled') {
    for (const { key, bytes } of source.objects) {
      storage.adopt({ bucket, key: weatherKey(key) }, key, bytes);
      await count();
    }
    return filled;
  }
  for (const { path, key } of source.files) {
    storage.adopt({ bucket, key: weatherKey(key) }, path);
    await count();
  }
  return filled;
}

/** Two years, so that stations are merged across them, as soon as there is something to spread. */
const generatedYears = (objects: number): readonly number[] => (objects >= 100 ? [2022, 2023] : [2023]);

/** The `*.csv` files of a directory and of its year folders; finding none, or two of one key, is wrong input. */
export function weatherFiles(directory: string): readonly WeatherFile[] {
  if (!isDirectory(directory)) {
    throw new WrongOption(`--data must name a directory with *.csv files or year folders of them, got ${directory}`);
  }
  const folders = readdirSync(directory)
    .filter((name) => /^\d{4}$/.test(name))
    .map((name) => join(directory, name))
    .filter(isDirectory);
  const files = [directory, ...folders].flatMap(csvFilesIn);
  if (files.length === 0) throw new WrongOption(`--data found no *.csv file in ${directory} or in its year folders`);
  return withoutCollisions(files.map((path) => ({ path, key: `${yearOf(path)}/${basename(path)}` })));
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

const csvFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.toLowerCase().endsWith('.csv'))
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

function withoutCollisions(files: readonly WeatherFile[]): readonly WeatherFile[] {
  const paths = new Map<string, string>();
  for (const { path, key } of files) {
    const other = paths.get(key);
    if (other !== undefined) {
      throw new WrongOption(`--data holds the object ${key} twice, in ${other} and in ${path}: keep one of them`);
    }
    paths.set(key, path);
  }
  return files;
}

/** The year of the first row; `undated` for an object without one, which the run will report. */
function yearOf(path: string): string {
  const start = Buffer.alloc(2_048);
  const file = openSync(path, 'r');
  const length = readSync(file, start, 0, start.length, 0);
  closeSync(file);
  return /\n"?[^"\n,]*"?,"?(\d{4})-\d\d-\d\d/.exec(start.toString('latin1', 0, length))?.[1] ?? 'undated';
}

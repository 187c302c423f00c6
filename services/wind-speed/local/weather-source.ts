import { closeSync, openSync, readSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import type { LocalDeployment } from '../../../blocks/local-deployment.ts';
import { WrongOption } from '../../../blocks/local.ts';
import { generateObjects } from '../sample/generate-objects.ts';
import type { ModelledObject } from '../sample/modelled-objects.ts';
import { weatherKey } from '../sample/weather-key.ts';

/** Where the weather objects of a run come from. */
export type WeatherSource =
  | { readonly kind: 'generated'; readonly objects: number }
  | ({ readonly kind: 'files' } & WeatherFiles)
  /** Keys and sizes without any content. */
  | { readonly kind: 'modelled'; readonly objects: Iterable<ModelledObject> };

/** The files of a directory that are read, and the links that are not. */
export interface WeatherFiles {
  readonly files: readonly WeatherFile[];
  /** Links that lead out of the directory. */
  readonly links: readonly string[];
}

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
  years: readonly number[],
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
    for (const { key, body } of generateObjects({ objects: source.objects, years })) {
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

/**
 * The `*.csv` files of a directory and of its year folders; finding none, or two of one key, is wrong input. Links out of
 * the directory are not followed.
 */
export function weatherFiles(directory: string): WeatherFiles {
  if (!isDirectory(directory)) {
    throw new WrongOption(`--data must name a directory with *.csv files or year folders of them, got ${directory}`);
  }
  const root = realpathSync(directory);
  const links: string[] = [];
  const isInside = (path: string): boolean => {
    const fromRoot = relative(root, realpathSync(path));
    if (fromRoot !== '..' && !fromRoot.startsWith(`..${sep}`) && !isAbsolute(fromRoot)) return true;
    links.push(path);
    return false;
  };
  const folders = readdirSync(directory)
    .filter((name) => /^\d{4}$/.test(name))
    .map((name) => join(directory, name))
    .filter((path) => isDirectory(path) && isInside(path));
  const files = [directory, ...folders].flatMap(csvFilesIn).filter(isInside);
  if (files.length === 0) throw new WrongOption(`--data found no *.csv file in ${directory} or in its year folders`);
  return { files: withoutCollisions(files.map((path) => ({ path, key: `${yearOf(path)}/${basename(path)}` }))), links };
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

const csvFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.toLowerCase().endsWith('.csv'))
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);

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

import { closeSync, openSync, readSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ObjectStorage } from '../../sandbox/s3/object-storage.ts';
import { generateObjects } from '../../services/wind-speed/sample/generate-objects.ts';
import { WrongInput } from '../failure.ts';

/** Where the weather objects of a run come from. */
export type WeatherSource =
  | { readonly kind: 'generated'; readonly objects: number }
  | { readonly kind: 'files'; readonly files: readonly string[] };

/** Called now and then with the number of objects that are in the bucket. */
export type OnFilled = (objects: number) => void;

/** Fills a bucket of the sandbox and returns how many objects it then holds. */
export async function fillBucket(
  storage: ObjectStorage,
  bucket: string,
  source: WeatherSource,
  onFilled: OnFilled,
): Promise<number> {
  let filled = 0;
  const count = async (): Promise<void> => {
    filled += 1;
    if (filled % 250 !== 0) return;
    onFilled(filled);
    await new Promise((resolve) => setImmediate(resolve));
  };
  if (source.kind === 'generated') {
    for (const { key, body } of generateObjects({ objects: source.objects, years: generatedYears(source.objects) })) {
      storage.seed({ bucket, key }, body);
      await count();
    }
    return filled;
  }
  for (const path of source.files) {
    storage.adopt({ bucket, key: `${yearOf(path)}/${basename(path)}` }, path);
    await count();
  }
  return filled;
}

/** Two years, so that stations are merged across them, as soon as there is something to spread. */
const generatedYears = (objects: number): readonly number[] => (objects >= 100 ? [2022, 2023] : [2023]);

/** The `*.csv` files of a directory and of its year folders; finding none is wrong input. */
export function weatherFiles(directory: string): readonly string[] {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new WrongInput(`--data must name a directory with *.csv files or year folders of them, got ${directory}`);
  }
  const folders = readdirSync(directory, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && /^\d{4}$/.test(entry.name),
  );
  const files = [directory, ...folders.map(({ name }) => join(directory, name))].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.toLowerCase().endsWith('.csv'))
      .sort()
      .map((name) => join(folder, name)),
  );
  if (files.length === 0) throw new WrongInput(`--data found no *.csv file in ${directory} or in its year folders`);
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

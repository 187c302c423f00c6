import type { Counted } from './counted.ts';
import { read, write } from './objects.ts';

interface Finished {
  readonly execution: string;
  /** The file that the Map Run leaves. */
  readonly manifest: { readonly Bucket: string; readonly Key: string };
}

interface Manifest {
  readonly ResultFiles: { readonly SUCCEEDED?: readonly { readonly Key: string }[] };
}

/** Adds what the batches have counted, and writes the sum to the bucket of results. */
export async function handler({ execution, manifest: { Bucket, Key } }: Finished): Promise<Counted> {
  const { ResultFiles } = JSON.parse(await read(Bucket, Key)) as Manifest;
  const files = await Promise.all((ResultFiles.SUCCEEDED ?? []).map((file) => read(Bucket, file.Key)));
  const batches = files
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => (line === '' ? [] : (JSON.parse(line) as Counted)));
  const sum = {
    objects: batches.reduce((total, { objects }) => total + objects, 0),
    words: batches.reduce((total, { words }) => total + words, 0),
  };
  await write(process.env['RESULTS_BUCKET'], `executions/${execution}/summary.json`, JSON.stringify(sum));
  return sum;
}

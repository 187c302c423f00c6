import pMap from 'p-map';
import { z } from 'zod';
import { weatherKey } from '../sample/weather-key.ts';
import type { ListedObject, ObjectStore } from './object-store.ts';

/** A year of the public bucket, and the last of its keys that is done. */
export const importEvent = z.object({ year: z.int().min(1900).max(2100), startAfter: z.string().nullish() });

export interface ImportPorts {
  /** Reaches the public bucket, in its own region. */
  readonly publicStore: Pick<ObjectStore, 'list'>;
  readonly store: ObjectStore;
  readonly publicBucket: string;
  readonly sourceBucket: string;
}

/** One page of the import; `startAfter` goes into the next event, until `done`. */
export interface ImportResult {
  readonly year: number;
  readonly copied: number;
  /** Objects that were there already, with the same size. */
  readonly present: number;
  readonly startAfter: string | null;
  readonly done: boolean;
}

/** Copies under way at once: S3 copies on its own side, so this only hides latency. */
const concurrency = 32;

/** Copies one page (up to 1,000 objects) of a year from the public bucket, unless they are in the source bucket already. */
export const importObjects =
  ({ publicStore, store, publicBucket, sourceBucket }: ImportPorts) =>
  async (event: unknown): Promise<ImportResult> => {
    const { year, startAfter } = importEvent.parse(event);
    const prefix = `${year}/`;
    const page = await publicStore.list(publicBucket, prefix, startAfter ?? undefined);
    const last = page.objects.at(-1)?.key;
    const sizes = last === undefined ? new Map<string, number>() : await sizesUpTo(last);
    const wanted = page.objects.filter(({ key, size }) => sizes.get(weatherKey(key)) !== size);

    const copy = ({ key }: ListedObject) =>
      store.copy({ bucket: publicBucket, key }, { bucket: sourceBucket, key: weatherKey(key) });
    await pMap(wanted, copy, { concurrency });
    return {
      year,
      copied: wanted.length,
      present: page.objects.length - wanted.length,
      startAfter: last ?? startAfter ?? null,
      done: !page.more,
    };

    /** Sizes of the objects the source bucket has in the page's range of keys. */
    async function sizesUpTo(lastKey: string): Promise<ReadonlyMap<string, number>> {
      const found = new Map<string, number>();
      const list = (after: string | undefined) => store.list(sourceBucket, weatherKey(prefix), after);
      let listed = await list(startAfter ? weatherKey(startAfter) : undefined);
      for (;;) {
        for (const { key, size } of listed.objects) found.set(key, size);
        const reached = listed.objects.at(-1)?.key;
        if (!listed.more || reached === undefined || reached >= weatherKey(lastKey)) return found;
        listed = await list(reached);
      }
    }
  };

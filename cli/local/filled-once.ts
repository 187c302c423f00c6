import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalDeployment } from '../../blocks/local-deployment.ts';
import type { LocalRun } from '../../blocks/local.ts';

type Fill = NonNullable<LocalRun['fill']>;
type Storage = LocalDeployment['storage'];
type Put = (storage: Storage) => void;

/**
 * Fills the first sandbox, and puts the same objects into every later one; if a bucket is gone, it fills anew.
 * @param directory empty, for the bodies; must outlive the sandboxes
 */
export function filledOnce(fill: Fill, directory: string): Fill {
  let filled: { readonly sentence: string; readonly puts: readonly Put[] } | undefined;
  let bodies = 0;
  return async (deployed, progress) => {
    if (filled && isRepeated(filled.puts, deployed.storage)) return filled.sentence;
    const puts: Put[] = [];
    const put = (one: Put): void => {
      one(deployed.storage);
      puts.push(one);
    };
    const storage: Storage = {
      adopt(...stored) {
        put((to) => {
          to.adopt(...stored);
        });
      },
      seed(address, bytes, headers) {
        const path = join(directory, String((bodies += 1)));
        writeFileSync(path, bytes);
        put((to) => {
          to.adopt(address, path, bytes.length, headers);
        });
      },
      inspect: (address) => deployed.storage.inspect(address),
    };
    filled = { sentence: await fill({ ...deployed, storage }, progress), puts };
    return filled.sentence;
  };
}

/** Puts everything again; false if a bucket does not exist any more. */
function isRepeated(puts: readonly Put[], storage: Storage): boolean {
  try {
    for (const put of puts) put(storage);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'NoSuchBucket') return false;
    throw error;
  }
}

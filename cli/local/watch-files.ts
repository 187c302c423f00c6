import { watch } from 'node:fs';
import { relative } from 'node:path';

export interface WatchFilesProps {
  /** Files and folders; folders with everything in them. */
  readonly paths: readonly string[];
  /** Directory that changed files are named from. */
  readonly root: string;
  readonly signal: AbortSignal;
}

/** Milliseconds without another change after which a change counts: editors write a file in several steps. */
const quiet = 100;

/** Resolves with the file that was changed next, or with undefined at the signal. */
export function nextChange({ paths, root, signal }: WatchFilesProps): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const end = (file: string | undefined): void => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      signal.removeEventListener('abort', aborted);
      resolve(file);
    };
    const aborted = (): void => {
      end(undefined);
    };
    const watchers = paths.map((path) =>
      watch(path, { recursive: true }, (_event, name) => {
        clearTimeout(timer);
        const file = name === null ? path : `${path}/${name}`;
        timer = setTimeout(end, quiet, relative(root, file));
      }).on('error', reject),
    );
    if (signal.aborted) end(undefined);
    else signal.addEventListener('abort', aborted);
  });
}

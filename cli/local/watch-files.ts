import { type FSWatcher, existsSync, watch } from 'node:fs';
import { relative } from 'node:path';

export interface WatchFilesProps {
  /** Files and folders; folders with everything in them. One that goes away is watched again when it is back. */
  readonly paths: readonly string[];
  /** Directory that changed files are named from. */
  readonly root: string;
}

/** Milliseconds without another change after which a change counts: editors write a file in several steps. */
const quiet = 100;

/** Milliseconds after which a path that went away is looked for again: editors and git replace files. */
const absence = 50;

/** Changes of files from now on: one that comes while nobody waits is kept until the next call. */
export class FileWatch {
  readonly #root: string;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #searches = new Map<string, NodeJS.Timeout>();
  #timer: NodeJS.Timeout | undefined;
  #changed: string | undefined;
  #notify = (): void => undefined;

  constructor({ paths, root }: WatchFilesProps) {
    this.#root = root;
    for (const path of paths) this.#open(path);
  }

  /** Resolves with the file that was changed last, as soon as there is one, or with undefined at the signal. */
  next(signal: AbortSignal): Promise<string | undefined> {
    return new Promise((resolve) => {
      const end = (): void => {
        if (this.#changed === undefined && !signal.aborted) return;
        const file = signal.aborted ? undefined : this.#changed;
        this.#changed = undefined;
        this.#notify = () => undefined;
        signal.removeEventListener('abort', end);
        resolve(file);
      };
      this.#notify = end;
      signal.addEventListener('abort', end);
      end();
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const search of this.#searches.values()) clearTimeout(search);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #open(path: string): void {
    try {
      const watcher = watch(path, { recursive: true }, (_event, name) => {
        this.#change(name === null || name === '' ? path : `${path}/${name}`);
        if (!existsSync(path)) this.#search(path);
      });
      watcher.on('error', () => {
        this.#search(path);
      });
      this.#watchers.set(path, watcher);
    } catch {
      this.#search(path);
    }
  }

  /** Watches a path again as soon as it is there. */
  #search(path: string): void {
    this.#watchers.get(path)?.close();
    this.#watchers.delete(path);
    clearTimeout(this.#searches.get(path));
    const look = (): void => {
      if (!existsSync(path)) {
        this.#search(path);
        return;
      }
      this.#open(path);
      this.#change(path);
    };
    this.#searches.set(path, setTimeout(look, absence));
  }

  #change(path: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#changed = relative(this.#root, path);
      this.#notify();
    }, quiet);
  }
}

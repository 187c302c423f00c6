import { duration } from '../duration.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import { FileWatch } from './watch-files.ts';

export interface ServeWatchingProps {
  /** Files and folders whose changes count. */
  readonly paths: readonly string[];
  /** Directory that changed files are named from. */
  readonly root: string;
  /** Synthesizes what is saved now. */
  readonly build: () => Promise<string>;
  /** Serves what was built until the signal; calls `ready` when clients are served. */
  readonly serve: (built: string, signal: AbortSignal, ready: () => void) => Promise<void>;
  /** True for a file that is read once, when the command starts. */
  readonly isReadOnce: (file: string) => boolean;
  readonly terminal: Pick<Terminal, 'note'>;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Serves what is saved, and starts anew with every change that can be synthesized; until then the version before is served.
 * @throws what the first version throws
 */
export async function serveWatching(props: ServeWatchingProps): Promise<void> {
  const stop = new AbortController();
  const files = new FileWatch(props);
  try {
    await serveVersions({ ...props, files, signal: AbortSignal.any([props.signal, stop.signal]) });
  } finally {
    stop.abort();
    files.close();
  }
}

type WatchedProps = ServeWatchingProps & { readonly files: FileWatch };

async function serveVersions(props: WatchedProps): Promise<void> {
  const { serve, signal, terminal } = props;
  let built = await props.build();
  let served = (): void => undefined;
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const change = new AbortController();
    const serving = serve(built, AbortSignal.any([signal, change.signal]), served);
    const next = rebuilt(props);
    const ended = serving.catch((error: unknown) => {
      if (isFirst) throw error;
      tell(terminal, error);
      terminal.note('nothing is served until the next save');
    });
    await Promise.race([ended, next]);
    const found = await next;
    change.abort();
    await ended;
    if (!found) return;
    built = found.built;
    served = () => {
      const again = `running again after ${duration(performance.now() - found.savedAt)}`;
      const once = props.isReadOnce(found.file) ? '; start the command anew to read this file' : '';
      terminal.note(`${found.file} was saved: ${again}${once}`);
    };
  }
}

interface Rebuilt {
  readonly built: string;
  readonly file: string;
  readonly savedAt: number;
}

/** The next version that can be synthesized; undefined at the signal. */
async function rebuilt(props: WatchedProps): Promise<Rebuilt | undefined> {
  const { build, files, terminal, signal } = props;
  for (;;) {
    const file = await files.next(signal);
    if (file === undefined) return undefined;
    const savedAt = performance.now();
    try {
      return { built: await build(), file, savedAt };
    } catch (error) {
      if (signal.aborted) return undefined;
      tell(terminal, error);
      terminal.note(`${file} was saved: the version before is still served`);
    }
  }
}

/** Reports what is wrong with a version; a bug of our own ends the command. */
function tell(terminal: Pick<Terminal, 'note'>, error: unknown): void {
  if (!(error instanceof RunFailed || error instanceof WrongInput)) throw error;
  terminal.note(error.message);
}

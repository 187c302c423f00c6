import { type Io, endSignals } from './io.ts';

/** Something that must be removed when a command ends, however it ends. */
export interface Removable {
  remove(): Promise<void>;
}

export interface CleanUp {
  /** Returns the resource once it is ready, and remembers to remove it. */
  use<Resource extends Removable>(resource: Promise<Resource>): Promise<Resource>;
  /** Aborted before anything is removed. */
  readonly signal: AbortSignal;
  /** Removes everything, the newest first. */
  now(): Promise<void>;
}

const ended = Object.keys(endSignals) as (keyof typeof endSignals)[];

/** Removes used resources when the command ends or a signal ends it; then the process exits with the code of the signal. */
export function onInterrupt({ signals, exit }: Pick<Io, 'signals' | 'exit'>): CleanUp {
  const used: Removable[] = [];
  const controller = new AbortController();
  const now = async (): Promise<void> => {
    controller.abort();
    for (const signal of ended) signals.off(signal, interrupted);
    for (const resource of used.splice(0).reverse()) await resource.remove();
  };
  const interrupted = (signal: (typeof ended)[number]): void => {
    const end = (): void => {
      exit(endSignals[signal]);
    };
    now().then(end, end);
  };
  for (const signal of ended) signals.on(signal, interrupted);
  return {
    async use(resource) {
      const ready = await resource;
      used.push(ready);
      return ready;
    },
    signal: controller.signal,
    now,
  };
}

/** Something that must be removed when a command ends, however it ends. */
export interface Removable {
  remove(): Promise<void>;
}

export interface CleanUp {
  /** Remembers what the promise brings, and gives it back. */
  use<Resource extends Removable>(resource: Promise<Resource>): Promise<Resource>;
  /** Aborted before anything is removed. */
  readonly signal: AbortSignal;
  /** Removes everything, the newest first. */
  now(): Promise<void>;
}

/** Removes what was used when the command ends or Ctrl-C is pressed; then the process ends as one that was interrupted. */
export function onInterrupt(): CleanUp {
  const used: Removable[] = [];
  const controller = new AbortController();
  const now = async (): Promise<void> => {
    controller.abort();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    for (const resource of used.splice(0).reverse()) await resource.remove();
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    const exit = (): never => process.exit(signal === 'SIGINT' ? 130 : 143);
    now().then(exit, exit);
  };
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
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

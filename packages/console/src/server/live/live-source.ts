import type { Handlers } from '../handlers.ts';
import type { RunSource } from '../source.ts';

/** Source of a page that goes on. */
export interface LiveSource {
  /** Name of this start, letters and digits: another one for each start. */
  readonly start: string;
  /** Reads everything that is known now. Objects that did not change are the same as before. */
  readonly read: () => Promise<RunSource>;
  readonly answers: Handlers;
  readonly actions: Handlers;
}

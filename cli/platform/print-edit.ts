import type { Consequences } from '../../onboarding/consequences.ts';
import type { Io } from '../io.ts';
import { jsonText, terminalOf } from '../terminal.ts';
import { consequenceLines } from './present.ts';

export interface PrintEditProps {
  readonly json: boolean;
  readonly dryRun: boolean;
  /** Sentences about what was done. */
  readonly done: readonly string[];
  /**
   * Lines after the consequences.
   *
   * @default - none
   */
  readonly next?: readonly string[];
  /**
   * More data for `--json`.
   *
   * @default - none
   */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Prints what was changed in the platform and what that leads to. */
export function printEdit(io: Io, result: Consequences, { json, dryRun, done, next = [], data }: PrintEditProps): void {
  const terminal = terminalOf(io, { json });
  if (json) {
    terminal.data(jsonText({ written: !dryRun, ...data, ...result }));
    return;
  }
  for (const line of [...done, '', ...consequenceLines(result, terminal.colors)]) terminal.out(line);
  if (next.length > 0) for (const line of ['', ...next]) terminal.out(line);
}

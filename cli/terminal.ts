import pc from 'picocolors';
import { type Io, widthOf } from './io.ts';

/** Output of a command: results on standard output, everything else on standard error. */
export interface Terminal {
  /** Prints a line of the result. */
  out(line: string): void;
  /** Prints text for programs as it is, on standard output even if `out` writes elsewhere. */
  data(text: string): void;
  /** Prints a line about progress or a problem. */
  note(line: string): void;
  /** Prints a line that the next one replaces, on a terminal only. */
  progress(line: string): void;
  readonly colors: ReturnType<typeof pc.createColors>;
}

/** Removes the line of progress that is on a terminal. */
export const clearLine = '\r\u001B[K';

/** A terminal over the streams of a command. With `json`, every line goes to standard error. */
export function terminalOf(
  { stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>,
  { json }: { readonly json: boolean },
): Terminal {
  const result = json ? stderr : stdout;
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write(clearLine);
    shown = false;
  };
  return {
    out(line) {
      clear();
      result.write(`${line}\n`);
    },
    data(text) {
      clear();
      stdout.write(text);
    },
    note(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    progress(line) {
      if (!stderr.isTTY) return;
      clear();
      const width = widthOf(stderr);
      stderr.write(width === undefined ? line : line.slice(0, width - 1));
      shown = true;
    },
    // Off a terminal `isTTY` is missing rather than false, and picocolors would then apply its own default.
    colors: pc.createColors(result.isTTY ? pc.isColorSupported : false),
  };
}

/** A value as an indented JSON document. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

import pc from 'picocolors';

/** Where a command speaks: results on standard output, everything else on standard error. */
export interface Terminal {
  /** A line of the result. */
  out(line: string): void;
  /** A line about how it goes. */
  note(line: string): void;
  /** A line that the next one replaces; on anything but a terminal it is not shown. */
  progress(line: string): void;
  readonly colors: ReturnType<typeof pc.createColors>;
}

/** The process's own terminal. With `json`, standard output takes the JSON alone and every line goes to standard error. */
export function processTerminal({ json }: { readonly json: boolean }): Terminal {
  const result = json ? process.stderr : process.stdout;
  const { stderr } = process;
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write('\r\u001B[K');
    shown = false;
  };
  return {
    out(line) {
      clear();
      result.write(`${line}\n`);
    },
    note(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    progress(line) {
      if (!stderr.isTTY) return;
      clear();
      stderr.write(line.slice(0, stderr.columns - 1));
      shown = true;
    },
    // Off a terminal `isTTY` is not false but missing, which picocolors would take for its own default.
    colors: pc.createColors(result.isTTY ? pc.isColorSupported : false),
  };
}

/** A stream that a command writes text to. */
export interface Output {
  write(text: string): unknown;
  /** True if the stream is a terminal. */
  readonly isTTY?: boolean;
  /** Width of the terminal in characters. */
  readonly columns?: number;
}

/** Source of the signals that end a command. */
export interface Signals {
  on(signal: 'SIGINT' | 'SIGTERM', listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: (signal: NodeJS.Signals) => void): unknown;
}

/** Connections of a command to the process that it runs in. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signals: Signals;
  /** Ends the process while a command still works, after Ctrl-C for example. */
  readonly exit: (code: number) => void;
}

import type { ValidPlatform } from './read-platform.ts';

/** A stream that a command writes text to. */
export interface Output {
  write(text: string): unknown;
  /** True if the stream is a terminal. */
  readonly isTTY?: boolean;
  /** Width of the terminal in characters. */
  readonly columns?: number;
}

/** Width of a terminal in characters; undefined off a terminal, and for one that reports a width of 0. */
export const widthOf = ({ isTTY, columns = 0 }: Output): number | undefined =>
  isTTY && columns > 0 ? columns : undefined;

/** Signals that end a command, with their exit codes; `SIGPIPE` when nobody reads its output any more. */
export const endSignals = { SIGINT: 130, SIGTERM: 143, SIGPIPE: 141 } as const;

type EndSignal = keyof typeof endSignals;

/** Source of the signals that end a command. */
export interface Signals {
  on(signal: EndSignal, listener: (signal: EndSignal) => void): unknown;
  off(signal: EndSignal, listener: (signal: EndSignal) => void): unknown;
}

/** Where AWS is for a command that runs within the sandbox, and how time passes there. */
export interface AwsAccess {
  readonly endpoint: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  readonly pace: Pace;
  /** The platform as the command around it has read it: the problems of other tenants stop no command. */
  readonly platform?: ValidPlatform;
}

/** How a command waits. */
export interface Pace {
  /** Resolves after milliseconds; rejects when the signal fires. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** A signal that fires after milliseconds. */
  readonly timeout: (milliseconds: number) => AbortSignal;
}

/** Connections of a command to the process that it runs in. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signals: Signals;
  /** Ends the process while a command still works, after Ctrl-C for example. */
  readonly exit: (code: number) => void;
  /** @default - AWS, or what the environment says, in real time */
  readonly aws?: AwsAccess;
  /** Runs a command within another one; returns its exit code. */
  readonly crosswind?: (args: readonly string[], io: Io) => Promise<number>;
}

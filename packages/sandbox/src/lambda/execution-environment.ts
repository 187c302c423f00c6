import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { FunctionResource } from '@crosswind/assembly/functions';
import { messageIn, readLines } from './function-messages.ts';
import { lackOf } from './runtime-modules.ts';

/** How an invocation ended; an error is what Lambda would return with `FunctionError`. */
export type InvocationResult =
  { readonly ok: true; /** JSON */ readonly payload: string } | { readonly ok: false; readonly error: FunctionError };

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Error type of what Lambda can run and the sandbox cannot. */
export const notSupported = 'Sandbox.NotSupported';

export interface Invocation {
  readonly requestId: string;
  /** JSON */
  readonly event: string;
  /** Kills the process of the function shortly after it began, as a crash would. */
  readonly crash: boolean;
  /**
   * When it begins in virtual time, for the timestamps that its console writes.
   *
   * @default - now, in real time
   */
  readonly startedAt?: number;
}

/** Milliseconds that loading the function may take beyond its timeout (lambda-runtime-environment, "Init phase"). */
const initLimit = 10_000;

/** Characters of the log of an invocation that are kept. */
const maxLog = 4_000_000;

/**
 * One Lambda execution environment: a process that runs the function's bundle as it is, with its memory as limit, its
 * timeout, and nothing but the function's own environment variables. Whatever the function does ends that process alone.
 */
export class ExecutionEnvironment {
  /** The function as it was when the environment was made. */
  readonly fn: FunctionResource;
  /** Log stream that its invocations write to. */
  readonly logStream: string;
  readonly #process: ChildProcess;
  /** Text that was written while nothing ran. */
  #unread = '';
  #logged = 0;
  #wrote: ((text: string) => void) | undefined;
  #ended = false;
  #requestId = '';
  /** Answers the invocation under way; only its first call counts. */
  #settle: (result: InvocationResult) => void = () => undefined;
  #isLoaded: () => void = () => undefined;
  readonly #loaded: Promise<void>;

  constructor(fn: FunctionResource, environment: Readonly<Record<string, string>>) {
    this.fn = fn;
    this.logStream = environment['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '';
    const [file = '', handlerName = ''] = fn.handler.split(/\.(?=[^.]+$)/);
    const supervisor = fileURLToPath(new URL('./supervisor.mjs', import.meta.url));
    this.#process = spawn(
      process.execPath,
      [supervisor, moduleFile(fn.directory, file), handlerName, String(fn.memoryMegabytes)],
      {
        cwd: fn.directory,
        env: environment,
        // The last one is for messages, which are read line by line: a channel of Node.js ends its other side when the
        // function writes to it.
        stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
        // A group of its own: Ctrl-C is the sandbox's to handle, and what the function has started ends with it.
        detached: true,
      },
    );
    this.#loaded = new Promise((resolve) => {
      this.#isLoaded = resolve;
      setTimeout(resolve, initLimit).unref();
    });
    this.#listen();
  }

  /** True if the environment has ended and another one must replace it. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Runs one invocation to its end, its timeout, or the death of the environment.
   *
   * @param wrote called with what the function writes to its log
   */
  async invoke(
    { requestId, event, crash, startedAt }: Invocation,
    wrote: (text: string) => void = () => undefined,
  ): Promise<InvocationResult> {
    const { name, arn, timeoutSeconds, memoryMegabytes } = this.fn;
    const context = {
      awsRequestId: requestId,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMegabytes),
      timeoutMilliseconds: timeoutSeconds * 1_000,
    };
    this.#requestId = requestId;
    this.#logged = 0;
    this.#wrote = wrote;
    this.#write(this.#unread);
    this.#unread = '';
    const answered = new Promise<InvocationResult>((resolve) => {
      this.#settle = resolve;
      this.#process.stdin?.write(`${JSON.stringify({ event, context, crash, startedAt })}\n`);
    });
    // Somebody waits for it now.
    this.#process.ref();
    await Promise.race([this.#loaded, answered]);
    const timeout = setTimeout(() => {
      this.end();
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      this.#settle({ ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage } });
    }, timeoutSeconds * 1_000);
    const result = await answered;
    clearTimeout(timeout);
    this.#process.unref();
    this.#wrote = undefined;
    return result;
  }

  end(): void {
    this.#ended = true;
    this.#kill();
  }

  #listen(): void {
    const child = this.#process;
    const [stdin, stdout, stderr, messages] = child.stdio;
    // A process that is gone says so by its exit.
    stdin?.on('error', () => undefined);
    for (const stream of [stdout, stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#keep(text);
      });
    }
    if (messages) this.#read(messages as Readable);
    child
      .on('error', (error) => {
        this.#die(`it could not be started (${error.message})`);
      })
      .on('exit', (code, signal) => {
        // What the function has started may be there still.
        this.#kill();
        this.#die(signal === null ? `exit status ${code ?? 0}` : `signal: ${signalNames.get(signal) ?? signal}`);
      });
    child.unref();
    for (const stream of child.stdio) (stream as Socket | null)?.unref();
  }

  #read(messages: Readable): void {
    readLines(messages, (line) => {
      const said = line === undefined ? undefined : messageIn(line);
      if (said === undefined) {
        this.#die('the function wrote what is no message to the channel of its runtime');
        this.#kill();
      } else if (said.kind === 'ready') this.#isLoaded();
      else if (said.kind === 'log') this.#keep(said.text);
      else if (said.kind === 'died') this.#die(said.what);
      else if (said.error) this.#settle({ ok: false, error: explained(said.error) });
      else this.#settle({ ok: true, payload: said.payload });
    });
  }

  #keep(text: string): void {
    if (this.#logged > maxLog) return;
    this.#logged += text.length;
    this.#write(text);
    if (this.#logged > maxLog) this.#write('\n(the sandbox keeps no more of this log)\n');
  }

  #write(text: string): void {
    if (text === '') return;
    if (this.#wrote) this.#wrote(text);
    else this.#unread += text;
  }

  #die(what: string): void {
    this.#ended = true;
    const errorMessage = `RequestId: ${this.#requestId} Error: Runtime exited with error: ${what}`;
    this.#settle({ ok: false, error: { errorType: 'Runtime.ExitError', errorMessage } });
  }

  /** Ends the process and what it has started. */
  #kill(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // All of it has ended.
    }
  }
}

/** As Lambda names them. V8 aborts the process when memory is used up, so that is how a kill for that looks here. */
const signalNames: ReadonlyMap<string, string> = new Map([
  ['SIGKILL', 'killed'],
  ['SIGABRT', 'killed'],
  ['SIGTRAP', 'killed'],
  ['SIGILL', 'killed'],
  ['SIGSEGV', 'segmentation fault'],
]);

/** The error of a function; one that only the sandbox has says so. */
function explained(error: FunctionError): FunctionError {
  const lack = lackOf(error.errorMessage);
  return lack === undefined ? error : { ...error, errorType: notSupported, errorMessage: lack };
}

/** The file that the handler names; when there is none, importing it fails as it would on Lambda. */
function moduleFile(directory: string, file: string): string {
  const candidates = ['mjs', 'js', 'cjs'].map((extension) => join(directory, `${file}.${extension}`));
  return candidates.find((candidate) => existsSync(candidate)) ?? join(directory, `${file}.js`);
}

import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { FunctionResource } from '@crosswind/assembly/functions';
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
}

/** A message of the process. */
type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'answer'; readonly payload?: string; readonly error?: FunctionError }
  | { readonly kind: 'died'; readonly what: string };

/** Milliseconds that loading the function may take beyond its timeout (lambda-runtime-environment, "Init phase"). */
const initLimit = 10_000;

/**
 * One Lambda execution environment: a process that runs the function's bundle as it is, with its memory as limit, its
 * timeout, and nothing but the function's own environment variables. Whatever the function does ends that process alone.
 */
export class ExecutionEnvironment {
  readonly functionArn: string;
  readonly #function: FunctionResource;
  readonly #process: ChildProcess;
  readonly #log: string[] = [];
  #ended = false;
  #requestId = '';
  /** Answers the invocation under way; only its first call counts. */
  #settle: (result: InvocationResult) => void = () => undefined;
  #isLoaded: () => void = () => undefined;
  readonly #loaded: Promise<void>;

  constructor(fn: FunctionResource, environment: Readonly<Record<string, string>>) {
    this.functionArn = fn.arn;
    this.#function = fn;
    const [file = '', handlerName = ''] = fn.handler.split(/\.(?=[^.]+$)/);
    this.#process = fork(
      new URL('./supervisor.mjs', import.meta.url),
      [moduleFile(fn.directory, file), handlerName, String(fn.memoryMegabytes)],
      {
        cwd: fn.directory,
        env: environment,
        execArgv: [],
        serialization: 'advanced',
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
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

  /** Runs one invocation to its end, its timeout, or the death of the environment. */
  async invoke({ requestId, event, crash }: Invocation): Promise<InvocationResult> {
    const { name, arn, timeoutSeconds, memoryMegabytes } = this.#function;
    const context = {
      awsRequestId: requestId,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMegabytes),
      timeoutMilliseconds: timeoutSeconds * 1_000,
    };
    this.#requestId = requestId;
    const answered = new Promise<InvocationResult>((resolve) => {
      this.#settle = resolve;
      // A process that is gone says so by its exit.
      this.#process.send({ event, context, crash }, () => undefined);
    });
    await Promise.race([this.#loaded, answered]);
    const timeout = setTimeout(() => {
      this.end();
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      this.#settle({ ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage } });
    }, timeoutSeconds * 1_000);
    const result = await answered;
    clearTimeout(timeout);
    return result;
  }

  /** Returns what the function has written to its log since the last call. */
  takeLog(): string {
    return this.#log.splice(0).join('');
  }

  end(): void {
    this.#ended = true;
    const { pid, exitCode, signalCode } = this.#process;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }

  #listen(): void {
    const child = this.#process;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#log.push(text));
      (stream as Socket | null)?.unref();
    }
    child
      .on('message', (said) => {
        this.#hear(said as Said);
      })
      .on('error', (error) => {
        this.#die(`it could not be started (${error.message})`);
      })
      .on('exit', (code, signal) => {
        this.#die(signal === null ? `exit status ${code ?? 0}` : `signal: ${signalNames.get(signal) ?? signal}`);
      });
    child.unref();
    child.channel?.unref();
  }

  #hear(said: Said): void {
    if (said.kind === 'ready') this.#isLoaded();
    else if (said.kind === 'log') this.#log.push(said.text);
    else if (said.kind === 'died') this.#die(said.what);
    else if (said.error) this.#settle({ ok: false, error: explained(said.error) });
    else this.#settle({ ok: true, payload: said.payload ?? 'null' });
  }

  #die(what: string): void {
    this.#ended = true;
    const errorMessage = `RequestId: ${this.#requestId} Error: Runtime exited with error: ${what}`;
    this.#settle({ ok: false, error: { errorType: 'Runtime.ExitError', errorMessage } });
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

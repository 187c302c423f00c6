import { Worker } from 'node:worker_threads';
import { existsSync } from 'node:fs';
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

/**
 * One Lambda execution environment: a worker thread that runs the function's bundle as it is, with its memory as heap
 * limit, its timeout, and nothing but the function's own environment variables.
 */
export class ExecutionEnvironment {
  readonly functionArn: string;
  readonly #function: FunctionResource;
  readonly #worker: Worker;
  readonly #log: string[] = [];
  #ended = false;
  #requestId = '';
  /** Answers the invocation under way; only its first call counts. */
  #settle: (result: InvocationResult) => void = () => undefined;

  constructor(fn: FunctionResource, environment: Readonly<Record<string, string>>) {
    this.functionArn = fn.arn;
    this.#function = fn;
    const [file = '', handlerName = ''] = fn.handler.split(/\.(?=[^.]+$)/);
    this.#worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      workerData: { module: moduleFile(fn.directory, file), handlerName },
      env: environment,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: fn.memoryMegabytes },
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.on('data', (chunk: Buffer) => this.#log.push(chunk.toString()));
    }
    this.#worker
      .on('message', ({ payload = 'null', error }: { payload?: string; error?: FunctionError }) => {
        this.#settle(error ? { ok: false, error: explained(error) } : { ok: true, payload });
      })
      .on('error', (error: Error & { code?: string }) => {
        const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        this.#die(outOfMemory ? 'signal: killed' : `uncaught ${error.name}: ${error.message}`);
      })
      .on('exit', (code) => {
        this.#die(`exit status ${code}`);
      });
    this.#worker.unref();
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
    const timeout = setTimeout(() => {
      this.end();
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      this.#settle({ ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage } });
    }, timeoutSeconds * 1_000);
    const result = await new Promise<InvocationResult>((resolve) => {
      this.#settle = resolve;
      this.#worker.postMessage({ event, context, crash });
    });
    clearTimeout(timeout);
    return result;
  }

  /** Returns what the function has written to its log since the last call. */
  takeLog(): string {
    return this.#log.splice(0).join('');
  }

  end(): void {
    this.#ended = true;
    void this.#worker.terminate();
  }

  #die(what: string): void {
    this.#ended = true;
    const errorMessage = `RequestId: ${this.#requestId} Error: Runtime exited with error: ${what}`;
    this.#settle({ ok: false, error: { errorType: 'Runtime.ExitError', errorMessage } });
  }
}

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

import { Worker } from 'node:worker_threads';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionResource } from '../../assembly/functions.ts';

/** How an invocation ended; an error is what Lambda would return with `FunctionError`. */
export type InvocationResult =
  { readonly ok: true; /** JSON */ readonly payload: string } | { readonly ok: false; readonly error: FunctionError };

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

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
    this.#worker.unref();
  }

  /** Whether the environment is gone and another one must take its place. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Runs one invocation to its end, its timeout, or the death of the environment. */
  async invoke({ requestId, event, crash }: Invocation): Promise<InvocationResult> {
    const { name, arn, timeoutSeconds, memoryMegabytes } = this.#function;
    const context = {
      awsRequestId: requestId,
      functionName: name,
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMegabytes),
      timeoutMilliseconds: timeoutSeconds * 1_000,
    };
    return new Promise<InvocationResult>((resolve) => {
      const settle = (result: InvocationResult): void => {
        clearTimeout(timeout);
        this.#worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
        this.#worker.on('error', () => undefined);
        resolve(result);
      };
      const fail = (errorType: string, errorMessage: string): void => {
        this.end();
        settle({ ok: false, error: { errorType, errorMessage } });
      };
      const timeout = setTimeout(() => {
        fail(
          'Sandbox.Timedout',
          `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
        );
      }, timeoutSeconds * 1_000);
      this.#worker
        .on('message', (message: { payload?: string; error?: FunctionError }) => {
          settle(
            message.error ? { ok: false, error: message.error } : { ok: true, payload: message.payload ?? 'null' },
          );
        })
        .on('error', (error: Error & { code?: string }) => {
          const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
          const what = outOfMemory ? 'signal: killed' : `uncaught ${error.name}: ${error.message}`;
          fail('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with error: ${what}`);
        })
        .on('exit', (code) => {
          fail('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code}`);
        })
        .postMessage({ event, context, crash });
    });
  }

  /** What the function has written to its log since the last call. */
  takeLog(): string {
    return this.#log.splice(0).join('');
  }

  end(): void {
    this.#ended = true;
    void this.#worker.terminate();
  }
}

function moduleFile(directory: string, file: string): string {
  const candidates = ['mjs', 'js', 'cjs'].map((extension) => join(directory, `${file}.${extension}`));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) throw new Error(`the bundle ${directory} has no ${file}.mjs, .js or .cjs`);
  return found;
}

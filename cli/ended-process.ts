import { spawn } from 'node:child_process';

export interface ProcessOptions {
  /** Directory in which it runs. */
  readonly directory: string;
  /**
   * Environment variables besides those of this process.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Ends the process and everything that it started.
   *
   * @default - it runs to its end
   */
  readonly signal?: AbortSignal;
}

/** A process that has ended. */
export interface Ended {
  /** Exit code; 1 for one that a signal has ended. */
  readonly code: number;
  readonly stdout: string;
  /** Both streams in the order in which they were written. */
  readonly output: string;
}

/** Runs a process to its end, in a group of its own, because it may start others that would outlive it. */
export async function endedProcess(
  command: string,
  args: readonly string[],
  { directory, environment = {}, signal }: ProcessOptions,
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
  };
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  const [stdout, output]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    output.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number>((end, reject) => {
    child.on('error', reject).on('close', (status) => {
      end(status ?? 1);
    });
  });
  signal?.removeEventListener('abort', stop);
  return { code, stdout: Buffer.concat(stdout).toString(), output: Buffer.concat(output).toString() };
}

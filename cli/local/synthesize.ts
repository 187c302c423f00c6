import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { RunFailed } from '../failure.ts';

export interface SynthesizeProps {
  /** The clone. */
  readonly root: string;
  /** The platform. */
  readonly file: string;
  /** Directory for the cloud assembly. */
  readonly directory: string;
  /**
   * Settings as `--set` gives them, for example `wind-speed.batchSize=100`.
   *
   * @default - those of the file
   */
  readonly overrides?: readonly string[];
  /**
   * Ends the synthesis and everything that it started.
   *
   * @default - it runs to its end
   */
  readonly signal?: AbortSignal;
}

/** Runs `cdk synth` into `directory` as the pipeline does, with the built-in validation, cdk-nag and our policies. */
export async function synthesize({ root, file, directory, overrides = [], signal }: SynthesizeProps): Promise<void> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');
  // The synthesis runs in the clone, where a path from somewhere else leads nowhere.
  const context = [`platform=${resolve(file)}`, `set=${JSON.stringify(overrides)}`];
  const settings = context.flatMap((value) => ['--context', value]);
  const args = [cli, 'synth', '--quiet', '--no-notices', '--output', directory, ...settings];
  const { code, output } = await run(root, args, signal);
  if (code !== 0) throw new RunFailed(`cdk synth failed:\n${output}`);
}

interface Ended {
  readonly code: number;
  readonly output: string;
}

async function run(root: string, args: readonly string[], signal: AbortSignal | undefined): Promise<Ended> {
  // A process group of its own, because the CDK starts the app in a process that would outlive it.
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
  };
  signal?.addEventListener('abort', stop);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number>((end, reject) => {
    child.on('error', reject).on('close', (status) => {
      end(status ?? 1);
    });
  });
  signal?.removeEventListener('abort', stop);
  return { code, output };
}

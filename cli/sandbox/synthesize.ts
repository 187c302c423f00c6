import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RunFailed } from '../failure.ts';

/**
 * Runs `cdk synth` into `directory` as the pipeline does, with the built-in validation, cdk-nag and our policies.
 * @param overrides settings as `--set` gives them, for example `wind-speed.batchSize=100`
 * @param signal ends the synthesis and everything that it started
 */
export async function synthesize(
  root: string,
  directory: string,
  overrides: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');
  const settings = ['--context', `set=${JSON.stringify(overrides)}`];
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
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject).on('close', (status) => {
      resolve(status ?? 1);
    });
  });
  signal?.removeEventListener('abort', stop);
  return { code, output };
}

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RunFailed } from '../failure.ts';

/** A cloud assembly in a directory that is deleted when it is not needed any more. */
export interface SynthesizedAssembly {
  readonly directory: string;
  remove(): Promise<void>;
}

/**
 * Runs `cdk synth` as the pipeline does, with the built-in validation, cdk-nag and our policies.
 * @param overrides settings as `--set` gives them, for example `wind-speed.batchSize=100`
 */
export async function synthesize(root: string, overrides: readonly string[]): Promise<SynthesizedAssembly> {
  const directory = await mkdtemp(join(tmpdir(), 'crosswind-assembly-'));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');
  const settings = ['--context', `set=${JSON.stringify(overrides)}`];
  const { code, output } = await run(root, [
    cli,
    'synth',
    '--quiet',
    '--no-notices',
    '--output',
    directory,
    ...settings,
  ]);
  if (code !== 0) {
    await remove();
    throw new RunFailed(`cdk synth failed:\n${output}`);
  }
  return { directory, remove };
}

async function run(root: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
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
  return { code, output };
}

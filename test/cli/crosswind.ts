import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { Report } from '../../cli/sandbox/report.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the committed command as a user would, and waits for its end. */
export async function crosswind(...args: readonly string[]): Promise<Finished> {
  const child = spawn('cli/crosswind.mjs', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...texts };
}

/** A run of the sandbox over the shared assembly, with its report and the directory that it wrote to. */
export async function sandboxRun(...args: readonly string[]): Promise<Finished & { report: Report; out: string }> {
  const out = temporaryDirectory();
  const report = join(out, 'report.json');
  const assembly = args.includes('--set') ? [] : ['--assembly', inject('assembly')];
  const finished = await crosswind('sandbox', '--out', out, '--report', report, ...assembly, ...args);
  return { ...finished, out, report: JSON.parse(readFileSync(report, 'utf8')) as Report };
}

/** A directory that goes when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

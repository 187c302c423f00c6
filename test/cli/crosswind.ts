import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Report } from '../../cli/local/report.ts';
import { platformFile } from '../platform-file.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the committed command as a user would, and waits for its end. */
export const crosswind = (...args: readonly string[]): Promise<Finished> => crosswindIn({}, ...args);

/** The same with more in its environment, or with less of it where a value is undefined. */
export async function crosswindIn(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Finished> {
  checkFile(args);
  // CI makes libraries believe in colours; nothing but a terminal may get them.
  const env = { ...process.env, CI: 'true', ...environment };
  const child = spawn('cli/crosswind.mjs', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...texts };
}

/** Commands that read no platform. */
const noPlatform: readonly string[] = ['annotations', 'asl', 'iam'];

/** The `platform.yaml` of the clone, which commands read by themselves, belongs to its operator: no test may. */
function checkFile(args: readonly string[]): void {
  if (noPlatform.includes(args[0] ?? '') || args.some((arg) => arg === '--help' || arg.endsWith('.yaml'))) return;
  throw new Error(`crosswind ${args.join(' ')} would read platform.yaml: name a file, for example platformFile`);
}

/** A run of `crosswind start`, over the shared assembly where no argument changes it, with its report and where it wrote to. */
export async function startRun(...args: readonly string[]): Promise<Finished & { report: Report; out: string }> {
  const out = temporaryDirectory();
  const report = join(out, 'report.json');
  const isChanged = args.includes('--set') || args.includes('--file');
  const assembly = isChanged ? [] : ['--assembly', inject('assembly')];
  const finished = await crosswind(
    'start',
    ...['--file', platformFile, '--out', out, '--report', report],
    ...assembly,
    ...args,
  );
  if (!existsSync(report)) throw new Error(`no report was written: ${finished.stderr}`);
  return { ...finished, out, report: JSON.parse(readFileSync(report, 'utf8')) as Report };
}

let root: string | undefined;

/** A directory that goes when the tests end; concurrent tests must not clean up after each other. */
export function temporaryDirectory(): string {
  root ??= removedAtExit(mkdtempSync(join(tmpdir(), 'crosswind-test-')));
  return mkdtempSync(join(root, 'run-'));
}

function removedAtExit(directory: string): string {
  process.once('exit', () => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

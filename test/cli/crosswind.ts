import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Report } from '../../cli/local/report.ts';
import { crosswind as command } from '../../cli/main.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const crosswindFile = join(import.meta.dirname, '../../cli/crosswind.mjs');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process and waits for its end. */
export const crosswind = (...args: readonly string[]): Promise<Finished> => crosswindIn({}, ...args);

/** The same with more in its environment, or with less of it where a value is undefined. */
export async function crosswindIn(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Finished> {
  const restore = changeEnvironment(environment);
  try {
    return await startCrosswind(...args).finished;
  } finally {
    restore();
  }
}

/** A command that works in this process. */
export interface StartedCommand {
  /** What it has printed so far. */
  readonly texts: { readonly stdout: string; readonly stderr: string };
  readonly finished: Promise<Finished>;
  /** Sends it the signal, as the terminal does at Ctrl-C. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** Starts a command in this process and returns at once. */
export function startCrosswind(...args: readonly string[]): StartedCommand {
  checkFile(args);
  const texts = { stdout: '', stderr: '' };
  const signals = new EventEmitter();
  let isInterrupted = false;
  const finished = new Promise<number>((resolve, reject) => {
    const stdout = { write: (text: string) => (texts.stdout += text) };
    const stderr = { write: (text: string) => (texts.stderr += text) };
    // After a signal, only `exit` ends a process.
    command(args, { stdout, stderr, signals, exit: resolve }).then((code) => {
      if (!isInterrupted) resolve(code);
    }, reject);
  });
  return {
    texts,
    finished: finished.then((code) => ({ code, ...texts })),
    signal(signal) {
      isInterrupted = true;
      signals.emit(signal, signal);
    },
  };
}

/** Changes the environment of this process, and returns a function that restores it. */
function changeEnvironment(changes: NodeJS.ProcessEnv): () => void {
  const apply = (variables: NodeJS.ProcessEnv): void => {
    for (const [name, value] of Object.entries(variables)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
  const earlier = Object.fromEntries(Object.keys(changes).map((name) => [name, process.env[name]]));
  apply(changes);
  return () => {
    apply(earlier);
  };
}

/** A command in a process of its own, for tests of what only a process has: signals, its exit code, pipes. */
export function spawnCrosswind(environment: NodeJS.ProcessEnv, ...args: readonly string[]) {
  checkFile(args);
  // CI makes libraries believe in colors; only a terminal may get them.
  const env = { ...process.env, CI: 'true', ...environment };
  const child = spawn(process.execPath, [crosswindFile, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const finished = new Promise<Finished>((resolve) =>
    child.on('close', (code) => {
      resolve({ code, ...texts });
    }),
  );
  return { child, texts, finished };
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

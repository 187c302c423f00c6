import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Report } from '../../cli/local/report.ts';
import { crosswind as command } from '../../cli/main.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone } from '../workloads.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that works in this process. */
export interface StartedCommand {
  /** Its output so far. */
  readonly texts: { readonly stdout: string; readonly stderr: string };
  readonly finished: Promise<Finished>;
  /** Sends it the signal, as the terminal does at Ctrl-C. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** A run of `crosswind start` with its report and where it wrote to. */
export interface FinishedRun extends Finished {
  readonly report: Report;
  readonly out: string;
}

/** Clone and platform on which a command line is tried. */
export interface CommandLineProps {
  readonly clone: Clone;
  readonly platformFile: string;
  /** Directory of that platform, synthesized. */
  readonly assembly: () => string | Promise<string>;
}

/** Commands on a clone. */
export interface CommandLine {
  /** Runs a command in this process and waits for its end. */
  readonly crosswind: (...args: readonly string[]) => Promise<Finished>;
  /** The same with more in its environment, or with less of it where a value is undefined. */
  readonly crosswindIn: (environment: NodeJS.ProcessEnv, ...args: readonly string[]) => Promise<Finished>;
  /** Starts a command in this process and returns at once. */
  readonly startCrosswind: (...args: readonly string[]) => StartedCommand;
  /** Runs `crosswind start` over the assembly where no argument changes it. */
  readonly startRun: (...args: readonly string[]) => Promise<FinishedRun>;
}

export function commandLineOn({ clone, platformFile, assembly }: CommandLineProps): CommandLine {
  const startCrosswind: CommandLine['startCrosswind'] = (...args) => started(clone, args);
  const crosswindIn: CommandLine['crosswindIn'] = async (environment, ...args) => {
    const restore = changeEnvironment(environment);
    try {
      return await startCrosswind(...args).finished;
    } finally {
      restore();
    }
  };
  const crosswind: CommandLine['crosswind'] = (...args) => crosswindIn({}, ...args);
  const startRun: CommandLine['startRun'] = async (...args) => {
    const out = temporaryDirectory();
    const report = join(out, 'report.json');
    const isChanged = args.includes('--set') || args.includes('--file');
    const finished = await crosswind(
      'start',
      ...['--file', platformFile, '--out', out, '--report', report],
      ...(isChanged ? [] : ['--assembly', await assembly()]),
      ...args,
    );
    if (!existsSync(report)) throw new Error(`no report was written: ${finished.stderr}`);
    return { ...finished, out, report: JSON.parse(readFileSync(report, 'utf8')) as Report };
  };
  return { crosswind, crosswindIn, startCrosswind, startRun };
}

/** Commands on the workloads and the platform of the tests. */
export const { crosswind, crosswindIn, startCrosswind, startRun } = commandLineOn({
  clone,
  platformFile,
  assembly: () => inject('assembly'),
});

function started(on: Clone, args: readonly string[]): StartedCommand {
  checkFile(args);
  const texts = { stdout: '', stderr: '' };
  const signals = new EventEmitter();
  let isInterrupted = false;
  const finished = new Promise<number>((resolve, reject) => {
    const stdout = { write: (text: string) => (texts.stdout += text) };
    const stderr = { write: (text: string) => (texts.stderr += text) };
    // After a signal, only `exit` ends a process.
    command(args, { stdout, stderr, signals, exit: resolve }, on).then((code) => {
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

/**
 * A command in a process of its own, for tests of what only a process has: signals, its exit code, pipes. It knows the
 * workloads of the tests.
 */
export const spawnCrosswind = (environment: NodeJS.ProcessEnv, ...args: readonly string[]) =>
  spawned(['test/cli/spawned.mjs', clone.services], environment, args);

/** The same with the command as it is installed, which knows the workloads of the clone only. */
export const spawnInstalled = (environment: NodeJS.ProcessEnv, ...args: readonly string[]) =>
  spawned(['cli/crosswind.mjs'], environment, args);

function spawned([file = '', ...first]: readonly string[], environment: NodeJS.ProcessEnv, args: readonly string[]) {
  checkFile(args);
  // CI makes libraries believe in colors; only a terminal may get them.
  const env = { ...process.env, CI: 'true', ...environment };
  const argv = [join(clone.root, file), ...first, ...args];
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
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
const noPlatform: readonly string[] = ['annotations', 'asl', 'iam', 'logs'];

/** The `platform.yaml` of the clone, which commands read by themselves, belongs to its operator: no test may. */
function checkFile(args: readonly string[]): void {
  if (noPlatform.includes(args[0] ?? '') || args.some((arg) => arg === '--help' || arg.endsWith('.yaml'))) return;
  throw new Error(`crosswind ${args.join(' ')} would read platform.yaml: name a file, for example platformFile`);
}

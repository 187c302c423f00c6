import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Finished, crosswind, spawnCrosswind, startCrosswind } from './crosswind.ts';

/** The command `crosswind sandbox` while it serves. */
export interface ServedSandbox {
  readonly url: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Variables of a process that has these credentials. */
  credentials(account: string, ...role: readonly string[]): Promise<Credentials>;
  /** Ends it with the signal, and waits for its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** A sandbox in a process of its own. */
export interface SpawnedSandbox extends ServedSandbox {
  /** Directory in which the process keeps its temporary files. */
  readonly temporary: string;
}

/** Output of `crosswind credentials --json`. */
export interface Credentials {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
  readonly AWS_SESSION_TOKEN: string;
  readonly AWS_REGION: string;
  readonly AWS_DEFAULT_REGION: string;
  readonly AWS_ENDPOINT_URL: string;
}

const served = (args: readonly string[], command = 'sandbox'): readonly string[] => [
  ...[command, '--file', platformFile, '--assembly', inject('assembly')],
  ...['--port', '0', '--objects', '210', ...args],
];

/** Serves the shared assembly on a free port of this process, and waits until it is ready. */
export async function servedSandbox(...args: readonly string[]): Promise<ServedSandbox> {
  return ready(startCrosswind(...served(args)));
}

/** Serves it with the page of `crosswind console`. */
export const servedConsole = (...args: readonly string[]): Promise<ServedSandbox> =>
  ready(startCrosswind(...served(args, 'console')));

/** Serves a tenant of a platform with the page, each time from what was saved last. */
export const watchedConsole = (file: string): Promise<ServedSandbox> =>
  ready(
    startCrosswind(
      ...['console', '--file', file, '--tenant', 'word-count', '--wave', 'dev', '--watch'],
      ...['--port', '0', '--objects', '20'],
    ),
  );

/** Serves a cloud assembly that is not this platform: a `platform.yaml` is not even there. */
export const servedApp = (assembly: string, ...args: readonly string[]): Promise<ServedSandbox> =>
  ready(startCrosswind('sandbox', '--file', 'nowhere/platform.yaml', '--assembly', assembly, '--port', '0', ...args));

/** Serves the accounts of the platform with nothing in them. */
export const servedEmpty = (): Promise<ServedSandbox> =>
  ready(startCrosswind('sandbox', '--file', platformFile, '--empty', '--port', '0'));

/** Serves the shared assembly in a process of its own, for tests of signals. */
export const spawnedSandbox = (...args: readonly string[]): Promise<SpawnedSandbox> => spawned(served(args));

/** The same with the page of `crosswind console`. */
export const spawnedConsole = (...args: readonly string[]): Promise<SpawnedSandbox> => spawned(served(args, 'console'));

async function spawned(args: readonly string[]): Promise<SpawnedSandbox> {
  const temporary = temporaryDirectory();
  const { child, texts, finished } = spawnCrosswind({ TMPDIR: temporary }, ...args);
  const sandbox = await ready({ texts, finished, signal: (signal) => child.kill(signal) });
  return { ...sandbox, temporary };
}

interface Serving {
  readonly texts: { readonly stdout: string; readonly stderr: string };
  readonly finished: Promise<Finished>;
  readonly signal: (signal: NodeJS.Signals) => unknown;
}

async function ready({ texts, finished, signal }: Serving): Promise<ServedSandbox> {
  const early = finished.then(({ code, stderr }) => {
    if (texts.stdout === '') throw new Error(`the sandbox ended with ${String(code)} before it was ready: ${stderr}`);
  });
  while (!texts.stdout.includes('\n')) await Promise.race([sleep(20), early]);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(texts.stdout)?.[0] ?? '';
  return {
    url,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    async credentials(account, ...role) {
      const address = ['--file', platformFile, '--port', new URL(url).port, '--json'];
      const { stdout, stderr } = await crosswind('credentials', account, ...role, ...address);
      if (stderr !== '') throw new Error(stderr);
      return JSON.parse(stdout) as Credentials;
    },
    async stop(which = 'SIGTERM') {
      signal(which);
      return (await finished).code;
    },
  };
}

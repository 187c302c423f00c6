import { type ChildProcess, spawn } from 'node:child_process';
import { inject } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { crosswind, temporaryDirectory } from './crosswind.ts';

/** The committed command as it serves a sandbox, until it is stopped. */
export interface ServedSandbox {
  readonly url: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Everything that the command has in its temporary directory lies here. */
  readonly temporary: string;
  /** Variables of a process that has these credentials. */
  credentials(account: string, ...role: readonly string[]): Promise<Credentials>;
  /** Ends it with the signal, and waits for its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** What `crosswind credentials --json` prints. */
export interface Credentials {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
  readonly AWS_SESSION_TOKEN: string;
  readonly AWS_REGION: string;
  readonly AWS_DEFAULT_REGION: string;
  readonly AWS_ENDPOINT_URL: string;
}

/** Serves the shared assembly on a free port, and waits until it is ready. */
export async function servedSandbox(...args: readonly string[]): Promise<ServedSandbox> {
  const temporary = temporaryDirectory();
  const platform = ['--file', platformFile, '--assembly', inject('assembly')];
  const all = ['sandbox', ...platform, '--port', '0', '--objects', '210', ...args];
  const env = { ...process.env, CI: 'true', TMPDIR: temporary };
  const child = spawn('cli/crosswind.mjs', all, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await ready(child, texts, ended);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(texts.stdout)?.[0] ?? '';
  return {
    url,
    temporary,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    async credentials(account, ...role) {
      const { stdout, stderr } = await crosswind(
        'credentials',
        account,
        ...role,
        ...['--file', platformFile],
        ...['--port', new URL(url).port],
        '--json',
      );
      if (stderr !== '') throw new Error(stderr);
      return JSON.parse(stdout) as Credentials;
    },
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

async function ready(
  child: ChildProcess,
  texts: { stdout: string; readonly stderr: string },
  ended: Promise<unknown>,
): Promise<void> {
  const line = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      texts.stdout += chunk.toString();
      if (texts.stdout.includes('\n')) resolve();
    });
  });
  const early = ended.then((code) => {
    throw new Error(`the sandbox ended with ${String(code)} before it was ready: ${texts.stderr}`);
  });
  await Promise.race([line, early]);
}

import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { liveConsole, type LiveSource, type PageFiles, Refused } from '../../../src/server/live/live-console.ts';
import type { RunSource } from '../../../src/server/snapshot.ts';
import { emptyRun } from '../../growing-run.ts';

export const token = 'right-token_1';

/** A page that is served on a port of its own, and a source that tests change. */
export interface Served {
  readonly url: string;
  readonly port: number;
  /** Sets what the source knows. */
  readonly become: (source: RunSource) => void;
  readonly reads: () => number;
  readonly errors: () => readonly unknown[];
}

export async function served(
  props: Partial<LiveSource> & { readonly files?: () => Promise<PageFiles>; readonly doing?: () => string } = {},
): Promise<Served> {
  let source = emptyRun;
  let reads = 0;
  const errors: unknown[] = [];
  const answersFirst = liveConsole({
    source: props.doing
      ? { doing: props.doing }
      : {
          start: 'one',
          read: () => {
            reads += 1;
            return Promise.resolve(source);
          },
          answers: {
            echo: (what) => Promise.resolve({ what }),
            nothing: () => Promise.resolve(undefined),
            refuse: () => Promise.reject(new Refused('There is no such thing: choose another one.')),
            fail: () => Promise.reject(new Error('a secret of the machine')),
          },
          actions: { start: () => Promise.resolve('started') },
          ...props,
        },
    token,
    files: props.files ?? (() => Promise.resolve(pageFiles)),
    onError: (error) => errors.push(error),
  });
  const server = createServer((request, response) => {
    if (!answersFirst(request, response)) response.writeHead(501).end('the services of AWS');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    ...{ url: `http://127.0.0.1:${port}`, port, reads: () => reads, errors: () => errors },
    become: (next) => {
      source = next;
    },
  };
}

/** A page whose program loads another one. */
const pageFiles: PageFiles = {
  html: '<p>shell</p>',
  style: 'p {}',
  scripts: new Map([
    ['page.js', 'script();'],
    ['now-A1_B2.js', 'now();'],
  ]),
};

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Sends a request with headers that `fetch` would not send. */
export const send = (
  { port }: Pick<Served, 'port'>,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  { method = 'GET', body = '' }: { readonly method?: string; readonly body?: string } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: { ...headers, ...length } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

export const authorized = { authorization: `Bearer ${token}` };

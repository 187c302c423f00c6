import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Deployment, deployingReply } from './deployment.ts';
import { hasToken, isOpenedLink, isOwnRequest, safeHeaders } from './guard.ts';
import { type Hub, openHub } from './hub.ts';
import type { LiveSource } from './live-source.ts';
import { answerWith, type Reply } from './posted.ts';

export { Refused } from '../handlers.ts';
export type { Handler, Handlers } from '../handlers.ts';
export type { LiveSource } from './live-source.ts';

/** Files of the page: they contain no data, and need no token. */
export interface PageFiles {
  readonly html: string;
  readonly style: string;
  /** Programs by the names of their files: letters, digits, `-` and `_`, and `.js`. */
  readonly scripts: ReadonlyMap<string, string>;
}

export interface LiveConsoleProps {
  /** Source of the models, or the progress of its deployment. */
  readonly source: LiveSource | Deployment;
  /** Secret of those who may look and act: letters, digits, `-` and `_`. */
  readonly token: string;
  /** Makes the files of the page; called with the first request for them. */
  readonly files: () => Promise<PageFiles>;
  /** Called with errors that no request caused. */
  readonly onError: (error: unknown) => void;
}

/** Path of the page: no bucket of S3 begins with `_`. */
export const consolePath = '/_console/';

/** Answers requests of a page; false for a request that is not for it. */
export type LiveConsole = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Serves the page of a source: its files, its models, a stream of patches, questions and actions. */
export function liveConsole({ source, token, files, onError }: LiveConsoleProps): LiveConsole {
  const live = 'doing' in source ? source : { source, hub: openHub({ source, onError }) };
  let made: Promise<PageFiles> | undefined;
  const filesOnce = (): Promise<PageFiles> => {
    made ??= files().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return (request, response) => {
    const path = /^[^?]*/.exec(request.url ?? '')?.[0] ?? '';
    if (path !== consolePath.slice(0, -1) && !path.startsWith(consolePath)) return false;
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
    answer({ live, token, files: filesOnce }, request, response, path.slice(consolePath.length - 1))
      .catch((error: unknown) => {
        // A page that was closed before it had sent everything is no error.
        if (error !== request.errored) onError(error);
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      })
      .finally(() => request.resume());
    return true;
  };
}

interface Live {
  readonly source: LiveSource;
  readonly hub: Hub;
}

interface Answering extends Pick<LiveConsoleProps, 'token' | 'files'> {
  readonly live: Live | Deployment;
}

/** @param path below `/_console`, beginning with `/` unless it is empty */
async function answer(props: Answering, request: IncomingMessage, response: ServerResponse, path: string) {
  const isPage = path === '/' || path === '';
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (!isOwnRequest(request) && !(isPage && isOpenedLink(request))) response.writeHead(403).end();
  else if (path === '' && isReading) response.writeHead(308, { location: consolePath }).end();
  else {
    const file = isReading && isNameOfFile(path) ? fileOf(await props.files(), path) : undefined;
    if (file) {
      response.writeHead(200, { 'content-type': `text/${file.type}; charset=utf-8` });
      response.end(request.method === 'HEAD' ? undefined : file.text);
    } else if (!hasToken(request, props.token)) response.writeHead(401).end();
    else await answerKnown(props, request, response, path);
  }
}

/** Answers a request that has the token. */
async function answerKnown(
  { live }: Answering,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const query = new URLSearchParams(/\?(.*)$/s.exec(request.url ?? '')?.[1]);
  if (!('doing' in live) && path === '/stream' && request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    live.hub.follow({ response, after: query.get('after') ?? '', isHidden: query.has('hidden') });
    return;
  }
  const { status, json } = 'doing' in live ? deployingReply(live) : await replyTo(live, request, path);
  if (json === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}

async function replyTo({ source, hub }: Live, request: IncomingMessage, path: string): Promise<Reply> {
  if (path === '/snapshot' || path === '/stream') {
    return request.method === 'GET' ? { status: 200, json: await hub.snapshot() } : { status: 405 };
  }
  const [, group, kind = ''] = /^\/(ask|actions)\/([\w-]+)$/.exec(path) ?? [];
  if (group === undefined) return { status: 404 };
  return answerWith(group === 'ask' ? source.answers : source.actions, kind, request);
}

/** False for what cannot be a file of the page, so that nothing is made for it. */
const isNameOfFile = (path: string): boolean => /^\/([\w-]+\.(js|css))?$/.test(path);

/** A file of the page by its exact name: no path is made of a request. */
function fileOf({ html, style, scripts }: PageFiles, path: string) {
  if (path === '/') return { type: 'html', text: html };
  if (path === '/page.css') return { type: 'css', text: style };
  const text = scripts.get(path.slice(1));
  return text === undefined ? undefined : { type: 'javascript', text };
}

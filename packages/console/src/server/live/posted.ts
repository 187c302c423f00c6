import type { IncomingMessage } from 'node:http';
import { type Handlers, Refused } from '../handlers.ts';

/** Bytes of a body at most: a recorded history of 25,000 events fits. */
const mostBytes = 64_000_000;

/** Answer to a request: a status, and a body that is sent as JSON. */
export interface Reply {
  readonly status: number;
  /** @default - an empty body */
  readonly json?: unknown;
}

/** Answers a question or an action that was posted as JSON. */
export async function answerWith(handlers: Handlers, kind: string, request: IncomingMessage): Promise<Reply> {
  if (request.method !== 'POST') return refused(405, 'expected a POST');
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    return refused(415, 'expected the content type application/json');
  }
  const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined;
  if (!handler) return refused(404, `this server does not know "${kind}": load the page anew`);
  const text = await bodyOf(request);
  if (text === undefined) return refused(413, `expected at most ${mostBytes / 1_000_000} MB`);
  let what: unknown;
  try {
    what = JSON.parse(text);
  } catch {
    return refused(400, 'expected JSON');
  }
  try {
    return { status: 200, json: (await handler(what)) ?? null };
  } catch (error) {
    if (error instanceof Refused) return refused(400, error.message);
    throw error;
  }
}

const refused = (status: number, message: string): Reply => ({ status, json: { message } });

/** Text of a body; undefined if it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

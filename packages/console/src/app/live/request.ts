import { tokenOfTab } from './token.ts';

/** The server does not know the token. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized';
}

/** The server deploys what it is going to serve. */
export class Deploying extends Error {
  override readonly name = 'Deploying';
}

/**
 * Sends a request with the token of the tab.
 *
 * @param path below that of the page
 * @throws Unauthorized, TypeError if nothing answers
 */
export async function request(
  path: string,
  init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  const token = tokenOfTab();
  if (token === undefined) throw new Unauthorized('this tab has no token');
  const headers = { ...init.headers, Authorization: `Bearer ${token}` };
  const response = await fetch(path, { ...init, headers, cache: 'no-store', credentials: 'omit', redirect: 'error' });
  if (response.status === 401) throw new Unauthorized('the token is of another server');
  return response;
}

/**
 * Reads what the page follows.
 *
 * @throws Unauthorized, Deploying, Error with the status of any other answer that has nothing to follow
 */
export async function followed(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await request(path, { signal });
  if (response.ok) return response;
  const answer = (await response.json().catch(() => null)) as { readonly deploying?: unknown } | null;
  if (typeof answer?.deploying === 'string') throw new Deploying(answer.deploying);
  throw new Error(`the server answered with status ${response.status}`);
}

/**
 * Posts JSON, and reads the JSON of the answer.
 *
 * @throws Error with a sentence for people
 */
export async function post(path: string, body: unknown): Promise<unknown> {
  const response = await request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw new Error(
      error instanceof Unauthorized
        ? 'The token of this page is no longer valid: open the link that the server printed.'
        : 'The sandbox does not answer: start it again, and then try again.',
    );
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new Error(messageIn(answer) ?? `The sandbox answered with status ${response.status}.`);
}

const messageIn = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && 'message' in answer && typeof answer.message === 'string'
    ? answer.message
    : undefined;

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface PullRequest {
  readonly number: number;
  readonly state: 'open' | 'closed';
  /** `repo` is null where the fork was deleted. */
  readonly head: { readonly sha: string; readonly repo: { readonly full_name: string } | null };
}

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string; readonly type: string } | null;
}

/** Content of a repository, as far as the script asks for it. */
export interface Repository {
  readonly pulls: readonly PullRequest[];
  /** Comments of every pull request. */
  readonly comments: readonly Comment[];
  /** Files that every pull request changes. */
  readonly files: readonly { readonly filename: string; readonly previous_filename?: string }[];
}

export interface Written {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Name of the repository. */
export const repository = 'example-org/platform';

/** The REST API of GitHub for one repository, which answers in pages and remembers what is written. */
export async function fakeGitHub(has: Repository, token: string) {
  const written: Written[] = [];
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });

  async function answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: unknown }> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = pathname.replace(`/repos/${repository}`, '');
    if (request.headers.authorization !== `Bearer ${token}`)
      return { status: 401, body: { message: 'Bad credentials' } };
    if (request.method !== 'GET') return write(request, path);
    const items = listed(path, searchParams.get('state') ?? 'open');
    if (items === undefined) return { status: 404, body: { message: 'Not Found' } };
    const size = Number(searchParams.get('per_page') ?? 30);
    const start = (Number(searchParams.get('page') ?? 1) - 1) * size;
    return { status: 200, body: items.slice(start, start + size) };
  }

  function listed(path: string, state: string): readonly unknown[] | undefined {
    if (path === '/pulls') return has.pulls.filter((pull) => state === 'all' || pull.state === state);
    const [, number, list] = /^\/(?:pulls|issues)\/(\d+)\/(files|comments)$/.exec(path) ?? [];
    if (!has.pulls.some((pull) => pull.number === Number(number))) return undefined;
    return list === 'files' ? has.files : has.comments;
  }

  async function write(request: IncomingMessage, path: string) {
    const { body } = (await json(request)) as { readonly body: string };
    if (body.length > 65_536)
      return { status: 422, body: { message: 'body is too long (maximum is 65536 characters)' } };
    written.push({ method: request.method ?? '', path, body });
    return { status: 201, body: {} };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    written,
    close: () => {
      server.close();
    },
  };
}

import { text as textOf } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Service, credentialsOf, openEndpoint, signedFor } from '../../sandbox/endpoint.ts';

async function urlOf(...services: readonly Service[]): Promise<string> {
  const endpoint = await openEndpoint(services);
  onTestFinished(() => endpoint.close());
  return endpoint.url;
}

/** What the endpoint makes of a request with these headers. */
async function understood(headers: Readonly<Record<string, string>>): Promise<unknown> {
  const url = await urlOf({
    handles: () => true,
    answer: (request, response) => {
      response.end(JSON.stringify({ service: signedFor(request), ...credentialsOf(request) }));
      return Promise.resolve();
    },
  });
  return (await fetch(url, { headers })).json();
}

const signature = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=ASIA1/20260102/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

describe('a request', () => {
  test.each(['sts', 'ssm', 's3', 'organizations'])('that is signed for %s says so', async (service) => {
    expect(await understood({ authorization: signature(service), 'x-amz-security-token': 'token' })).toEqual({
      service,
      accessKeyId: 'ASIA1',
      token: 'token',
      region: 'eu-west-1',
    });
  });

  test('may carry no token', async () => {
    expect(await understood({ authorization: signature('sts') })).not.toHaveProperty('token');
  });

  test.each([
    ['is not signed', {}],
    ['is signed in another way', { authorization: 'Basic dTpw' }],
  ])('that %s has no service and nobody behind it', async (_, headers: Readonly<Record<string, string>>) => {
    expect(await understood(headers)).toEqual({ accessKeyId: '', region: '' });
  });
});

describe('the endpoint', () => {
  const answering = (path: string, text: string): Service => ({
    handles: ({ url }) => url?.startsWith(path) === true,
    answer: async (request, response) => {
      response.end(`${text} ${await textOf(request)}`);
    },
  });

  test('has the first service answer that handles the request, with the whole body', async () => {
    const url = await urlOf(answering('/one', 'one'), answering('/', 'all'));
    const put = async (path: string, body: string) => (await fetch(url + path, { method: 'PUT', body })).text();
    expect(await put('/one', 'ü'.repeat(100_000))).toBe(`one ${'ü'.repeat(100_000)}`);
    expect(await put('/two', 'it')).toBe('all it');
  });

  test('says so when there is no service for a request', async () => {
    const response = await fetch(`${await urlOf(answering('/one', 'one'))}/two`);
    expect([response.status, await response.text()]).toEqual([501, 'the sandbox has no service for GET /two']);
  });

  test.each([
    ['before', 500, 'the sandbox failed: Error: broken'],
    ['after', undefined, undefined],
  ])(
    'ends a request that a service breaks on %s the answer began, and serves the others',
    async (when, status, text) => {
      const broken: Service = {
        handles: ({ url }) => url === '/broken',
        answer: (_, response) => {
          if (when === 'after') response.writeHead(200).write('half');
          return Promise.reject(new Error('broken'));
        },
      };
      const url = await urlOf(broken, answering('/', 'all'));
      const answer = fetch(`${url}/broken`).then(async (response) => [response.status, await response.text()]);
      if (status === undefined) await expect(answer).rejects.toThrow();
      else expect(await answer).toEqual([status, text]);
      expect(await (await fetch(`${url}/one`)).text()).toBe('all ');
    },
  );
});

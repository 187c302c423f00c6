import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type HttpService, openEndpoint } from '../src/endpoint.ts';
import { sendSigned } from './signed-request.ts';

const credentials = { accessKeyId: 'ASIA1', secretAccessKey: 'secret', sessionToken: 'token' };
const session = { kind: 'role', roleArn: 'arn:role', sessionArn: 'arn:session', account: '444444444444' } as const;

async function urlOf(...services: readonly HttpService[]): Promise<string> {
  const endpoint = await openEndpoint({
    services,
    authenticate: (accessKeyId) =>
      accessKeyId === 'ASIA1' ? { ok: true, session, secretAccessKey: 'secret' } : { ok: false, reason: 'unknown key' },
  });
  onTestFinished(() => endpoint.close());
  return endpoint.url;
}

const answering = (path: string, text: string): HttpService => ({
  signingName: 'harbor',
  maximumBytes: 1_000_000,
  handles: ({ url }) => url?.startsWith(path) === true,
  answer: ({ body }, response) => {
    response.end(`${text} ${body.toString()}`);
    return Promise.resolve();
  },
});

describe('the endpoint', () => {
  test('has the first service answer that handles the request, with the whole body', async () => {
    const url = await urlOf(answering('/one', 'one'), answering('/', 'all'));
    const put = async (path: string, body: string) => (await fetch(url + path, { method: 'PUT', body })).text();
    expect(await put('/one', 'ü'.repeat(100_000))).toBe(`one ${'ü'.repeat(100_000)}`);
    expect(await put('/two', 'it')).toBe('all it');
  });

  test('lets a handler answer first, without a signature and before time passes, and the services all that it leaves', async () => {
    let waited = 0;
    const endpoint = await openEndpoint({
      services: [answering('/', 'all')],
      authenticate: () => ({ ok: false, reason: 'unknown key' }),
      ready: () => {
        waited += 1;
        return Promise.resolve();
      },
    });
    onTestFinished(() => endpoint.close());
    const get = async (path: string) => {
      const response = await fetch(endpoint.url + path);
      return [response.status, await response.text(), response.headers.has('x-amzn-requestid'), waited];
    };
    expect(await get('/_console/')).toEqual([200, 'all ', true, 1]);
    endpoint.answerFirst(({ url }, response) => {
      if (url !== '/_console/') return false;
      response.end('page');
      return true;
    });
    expect(await get('/_console/')).toEqual([200, 'page', false, 1]);
    expect(await get('/_consoles/')).toEqual([200, 'all ', true, 2]);
  });

  test('breaks connections and is gone when it is interrupted, and back at the same place after that', async () => {
    const service = { ...answering('/', 'all'), answer: () => new Promise<never>(() => undefined) };
    const endpoint = await openEndpoint({
      services: [{ ...answering('/one', 'one') }, service],
      authenticate: () => ({ ok: false, reason: 'unknown key' }),
    });
    onTestFinished(() => endpoint.close());
    const hanging = fetch(`${endpoint.url}/never`);
    await Promise.all([
      expect(hanging).rejects.toThrow('fetch failed'),
      new Promise((resolve) => setTimeout(resolve, 20)).then(async () => {
        const back = endpoint.interrupt(100);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await expect(fetch(`${endpoint.url}/one`)).rejects.toThrow('fetch failed');
        await back;
      }),
    ]);
    expect(await (await fetch(`${endpoint.url}/one`)).text()).toBe('one ');
  });

  test('says so when there is no service for a request', async () => {
    const response = await fetch(`${await urlOf(answering('/one', 'one'))}/two`);
    expect([response.status, await response.text()]).toEqual([501, 'the sandbox has no service for GET /two']);
  });

  const telling: HttpService = {
    ...answering('/', ''),
    answer: ({ sender, body }, response) => {
      const { seed, ...told } = sender.kind === 'signed' ? sender : { ...sender, seed: undefined };
      response.end(JSON.stringify({ ...told, isSeeded: seed !== undefined, body: body.toString() }));
      return Promise.resolve();
    },
  };
  const told = async (response: Promise<Response>): Promise<unknown> => (await response).json();

  test('tells a service who signed a request, and for which region', async () => {
    const url = `${await urlOf(telling)}/path`;
    const signing = { credentials, service: 'harbor', region: 'eu-west-1' };
    expect(await told(sendSigned({ url, body: 'wind' }, signing))).toEqual({
      kind: 'signed',
      principal: session,
      region: 'eu-west-1',
      isSeeded: true,
      body: 'wind',
    });
  });

  test('tells a service why it knows nobody: no signature, another secret, too long a body', async () => {
    const url = `${await urlOf(telling)}/path`;
    const because = (reason: string) => ({ kind: 'refused', refusal: { reason } });
    expect(await told(fetch(url))).toMatchObject(because('unsigned'));
    const guessed = { credentials: { ...credentials, secretAccessKey: 'guessed' }, service: 'harbor' };
    expect(await told(sendSigned({ url }, guessed))).toMatchObject(because('wrong signature'));
    const long = { url, body: 'x'.repeat(1_000_001) };
    expect(await told(sendSigned(long, { credentials, service: 'harbor' }))).toMatchObject({
      ...because('too large'),
      body: '',
    });
  });

  test('listens on the port that it is given, and says so when that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const open = () => openEndpoint({ services: [], authenticate: () => ({ ok: false, reason: 'unknown key' }), port });
    await expect(open()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await new Promise((resolve) => other.close(resolve));
    const endpoint = await open();
    expect(endpoint.url).toBe(`http://127.0.0.1:${port}`);
    await endpoint.close();
  });

  test.each([
    ['before', 500, 'the sandbox failed: Error: broken'],
    ['after', undefined, undefined],
  ])(
    'ends a request that a service breaks on %s the answer began, and serves the others',
    async (when, status, text) => {
      const broken: HttpService = {
        ...answering('/broken', ''),
        answer: (_, response) => {
          if (when === 'after') response.writeHead(200).write('half');
          return Promise.reject(new Error('broken'));
        },
      };
      const url = await urlOf(broken, answering('/', 'all'));
      const answer = fetch(`${url}/broken`).then(async (response) => [response.status, await response.text()]);
      if (status === undefined) await expect(answer).rejects.toThrow(/^(terminated|fetch failed)$/);
      else expect(await answer).toEqual([status, text]);
      expect(await (await fetch(`${url}/one`)).text()).toBe('all ');
    },
  );

  test('ends a request that breaks the choice of a service, and serves the others', async () => {
    const broken: HttpService = {
      ...answering('/', ''),
      handles: ({ url }) => {
        if (url === '/broken') throw new Error('broken');
        return false;
      },
    };
    const url = await urlOf(broken, answering('/', 'all'));
    expect((await fetch(`${url}/broken`)).status).toBe(500);
    expect(await (await fetch(`${url}/one`)).text()).toBe('all ');
  });
});

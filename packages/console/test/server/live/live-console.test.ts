import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { authorized, send, served, token } from './served.ts';

const secret = ['/snapshot', '/stream', '/stream?after=one.0', '/ask/echo', '/actions/start', '/nothing', '/page.js/x'];
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];
const json = { 'content-type': 'application/json' };

describe('a page that is served', () => {
  test.each([
    ['/_console/', 'text/html; charset=utf-8', '<p>shell</p>'],
    ['/_console/?a=b', 'text/html; charset=utf-8', '<p>shell</p>'],
    ['/_console/page.js', 'text/javascript; charset=utf-8', 'script();'],
    ['/_console/now-A1_B2.js', 'text/javascript; charset=utf-8', 'now();'],
    ['/_console/now-A1_B2.js?a=b', 'text/javascript; charset=utf-8', 'now();'],
    ['/_console/page.css', 'text/css; charset=utf-8', 'p {}'],
  ])('has the file %s for everybody on this machine', async (path, type, body) => {
    const page = await served();
    const answer = await send(page, path);
    expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([200, type, body]);
    expect((await send(page, path, {}, { method: 'HEAD' })).body).toBe('');
    expect(page.reads()).toBe(0);
  });

  test('says how far the deployment is before there is a source, to a client with the token', async () => {
    let doing = 'deploying wave dev';
    const page = await served({ doing: () => doing });
    expect((await send(page, '/_console/')).status).toBe(200);
    for (const path of ['/snapshot', '/stream?after=one.0', '/ask/echo', '/actions/start']) {
      expect((await send(page, `/_console${path}`)).status).toBe(401);
      const { status, body } = await send(page, `/_console${path}`, authorized);
      expect([status, JSON.parse(body)]).toEqual([
        503,
        { deploying: doing, message: `The sandbox is not ready (${doing}): try again when it is.` },
      ]);
      doing = `deploying ${path}`;
    }
    expect(page.reads()).toBe(0);
  });

  test('is found without the slash at its end', async () => {
    const { status, headers } = await send(await served(), '/_console');
    expect([status, headers['location']]).toEqual([308, '/_console/']);
  });

  test.each([
    '/now.js',
    '/now-A1_B2.js/',
    '/now-A1_B2',
    '/now-a1_b2.js',
    '/x/now-A1_B2.js',
    '/./now-A1_B2.js',
    '//now-A1_B2.js',
    '/%6Eow-A1_B2.js',
    '/../page.js',
    '/..%2fpackage.json',
    '/constructor.js',
    '/page.html',
    '/now.css',
  ])('has no file %s, because names are exact', async (path) => {
    const page = await served();
    expect(await send(page, `/_console${path}`)).toMatchObject({ status: 401, body: '' });
    expect(await send(page, `/_console${path}`, authorized)).toMatchObject({ status: 404, body: '' });
  });

  test('makes no file for what cannot be one', async () => {
    let made = 0;
    const page = await served({
      files: () => {
        made += 1;
        return Promise.reject(new Error('not asked for'));
      },
    });
    for (const path of [...secret, '/x/page.js', '/page.html']) await send(page, `/_console${path}`);
    await send(page, '/_console/page.js', {}, { method: 'POST' });
    await send(page, '/_console/page.js', { host: 'evil.example' });
    expect(made).toBe(0);
  });

  test.each(['/', '/bucket/key', '/_consoles', '/_console.html', '//_console/', '/a/_console/', '/%5Fconsole/'])(
    'leaves %s to the services',
    async (path) => {
      expect(await send(await served(), path)).toMatchObject({ status: 501, body: 'the services of AWS' });
    },
  );

  test('makes its files with the first request for them, once, and again after a failure', async () => {
    let made = 0;
    const files = () => {
      made += 1;
      return made === 1
        ? Promise.reject(new Error('no disk'))
        : Promise.resolve({ html: 'h', scripts: new Map([['page.js', 's']]), style: 'c' });
    };
    const page = await served({ files });
    expect(made).toBe(0);
    expect(await send(page, '/_console/')).toMatchObject({ status: 500, body: '' });
    expect(await send(page, '/_console/')).toMatchObject({ status: 200, body: 'h' });
    expect(await send(page, '/_console/page.js')).toMatchObject({ status: 200, body: 's' });
    expect(made).toBe(2);
    expect(page.errors()).toEqual([new Error('no disk')]);
  });

  test.each(['/', '/page.js', '/now-A1_B2.js', '/snapshot', '/ask/echo', '/nothing'])(
    'answers %s with headers that keep other pages out',
    async (path) => {
      const { headers } = await send(await served(), `/_console${path}`);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      expect(Object.keys(headers).filter((name) => /^access-control|^set-cookie|amz/.test(name))).toEqual([]);
    },
  );
});

describe('a client without the right token', () => {
  const wrong: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['the token and more', { authorization: `Bearer ${token}x` }],
    ['a part of the token', { authorization: `Bearer ${token.slice(1)}` }],
    ['another scheme', { authorization: `Basic ${token}` }],
    ['the token as a cookie', { cookie: `token=${token}` }],
    ['a signature of AWS', { authorization: `AWS4-HMAC-SHA256 Credential=${token}` }],
  ];
  test.each(wrong)('with %s gets 401 and nothing else, whatever it asks for', async (_, headers) => {
    const page = await served();
    for (const path of secret) {
      for (const method of methods) {
        const answer = await send(page, `/_console${path}`, { ...headers, ...json }, { method, body: '{}' });
        expect([path, method, answer.status, answer.body]).toEqual([path, method, 401, '']);
      }
    }
    for (const path of ['/', '/page.js', '/now-A1_B2.js', '/page.css']) {
      const answer = await send(page, `/_console${path}`, { ...headers, ...json }, { method: 'POST', body: '{}' });
      expect([answer.status, answer.body]).toEqual([401, '']);
    }
    expect(page.reads()).toBe(0);
  });

  test('with the token in the address gets 401', async () => {
    expect(await send(await served(), `/_console/snapshot?token=${token}`)).toMatchObject({ status: 401, body: '' });
  });

  test('with the right token gets the models', async () => {
    const answer = await send(await served(), '/_console/snapshot', authorized);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ id: 'one.1', snapshot: { executions: [], title: 'dev' } });
  });
});

describe('a request of a browser', () => {
  const own = (port: number) => `127.0.0.1:${port}`;
  test.each([
    ['a name that was bound to this machine', () => ({ host: 'evil.example' })],
    ['that name with the port', (port: number) => ({ host: `evil.example:${port}` })],
    ['another port', (port: number) => ({ host: `127.0.0.1:${port + 1}` })],
    ['no port', () => ({ host: '127.0.0.1' })],
    ['another name of this machine', (port: number) => ({ host: `0.0.0.0:${port}` })],
    ['another origin', () => ({ origin: 'http://evil.example' })],
    ['an origin of another port', (port: number) => ({ origin: `http://127.0.0.1:${port + 1}` })],
    ['an origin of the other name', (port: number) => ({ origin: `http://localhost:${port}` })],
    ['an origin without a name', () => ({ origin: 'null' })],
    ['an origin with another scheme', (port: number) => ({ origin: `https://${own(port)}` })],
    ['another site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['another port of the same site', () => ({ 'sec-fetch-site': 'same-site' })],
    [
      'a frame of another site',
      () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }),
    ],
  ])('with %s gets 403, with the token too', async (_, headers) => {
    const page = await served();
    for (const path of ['', '/', '/page.js', '/now-A1_B2.js', ...secret]) {
      const sent = { host: own(page.port), ...authorized, ...headers(page.port) };
      const answer = await send(page, `/_console${path}`, sent);
      expect([path, answer.status, answer.body]).toEqual([path, 403, '']);
    }
    expect(page.reads()).toBe(0);
  });

  test.each([
    ['the address', (port: number) => ({ host: own(port) })],
    ['the name', (port: number) => ({ host: `localhost:${port}` })],
    ['its own origin', (port: number) => ({ host: own(port), origin: `http://${own(port)}` })],
    ['its own site', (port: number) => ({ host: own(port), 'sec-fetch-site': 'same-origin' })],
    ['an address that somebody typed', (port: number) => ({ host: own(port), 'sec-fetch-site': 'none' })],
  ])('with %s is answered', async (_, headers) => {
    const page = await served();
    const answer = await send(page, '/_console/snapshot', { ...authorized, ...headers(page.port) });
    expect(answer.status).toBe(200);
  });

  test('that follows a link of another page opens the page, and nothing else', async () => {
    const page = await served();
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const open = async (path: string, method = 'GET') =>
      (await send(page, path, { ...authorized, ...link }, { method })).status;
    expect(await open('/_console/')).toBe(200);
    expect(await open('/_console')).toBe(308);
    expect(await open('/_console/', 'POST')).toBe(403);
    expect(await open('/_console/snapshot')).toBe(403);
    expect(await open('/_console/page.js')).toBe(403);
    expect(await open('/_console/now-A1_B2.js')).toBe(403);
    expect((await send(page, '/_console/', { ...link, host: 'evil.example' })).status).toBe(403);
  });
});

describe('a question', () => {
  const ask = async (kind: string, body: string, headers: Readonly<Record<string, string>> = json, method = 'POST') => {
    const page = await served();
    const answer = await send(page, `/_console/${kind}`, { ...authorized, ...headers }, { method, body });
    return { ...answer, errors: page.errors() };
  };

  test.each([
    ['ask/echo', '{"a":[1]}', '{"what":{"a":[1]}}'],
    ['ask/nothing', 'null', 'null'],
    ['actions/start', '{}', '"started"'],
  ])('to %s is answered', async (kind, body, expected) => {
    expect(await ask(kind, body)).toMatchObject({ status: 200, body: expected });
    expect(await ask(kind, body, { 'content-type': 'application/json; charset=utf-8' })).toMatchObject({ status: 200 });
  });

  test.each([
    ['that is refused', 'ask/refuse', '{}', json, 400, 'There is no such thing: choose another one.'],
    ['that is no JSON', 'ask/echo', '{', json, 400, 'expected JSON'],
    ['of an unknown kind', 'ask/unknown', '{}', json, 404, 'this server does not know "unknown": load the page anew'],
    [
      'of a kind that every object has',
      'ask/toString',
      '{}',
      json,
      404,
      'this server does not know "toString": load the page anew',
    ],
    ['that is an action', 'ask/start', '{}', json, 404, 'this server does not know "start": load the page anew'],
    [
      'as a form sends it',
      'ask/echo',
      '{}',
      { 'content-type': 'text/plain' },
      415,
      'expected the content type application/json',
    ],
    ['without a type', 'ask/echo', '{}', {}, 415, 'expected the content type application/json'],
  ])('%s gets a sentence', async (_, kind, body, headers, status, message) => {
    const answer = await ask(kind, body, headers);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { message }]);
  });

  test('that breaks the handler says nothing about it to the page', async () => {
    expect(await ask('ask/fail', '{}')).toMatchObject({
      ...{ status: 500, body: '' },
      errors: [new Error('a secret of the machine')],
    });
  });

  test('that is not posted is refused', async () => {
    expect((await ask('ask/echo', '', json, 'GET')).status).toBe(405);
    expect((await ask('actions/start', '', json, 'GET')).status).toBe(405);
    expect((await ask('snapshot', '{}')).status).toBe(405);
    expect((await ask('stream', '{}')).status).toBe(405);
  });

  test.each(['nothing', 'ask', 'ask/', 'ask/echo/more', 'snapshot/', 'ask/%2e%2e'])(
    'to %s is not found',
    async (path) => {
      expect(await ask(path, '{}')).toMatchObject({ status: 404, body: '' });
    },
  );

  test('that is too long is refused before it is read to its end', async () => {
    const answer = await ask('ask/echo', JSON.stringify('x'.repeat(64_000_001)));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([413, { message: 'expected at most 64 MB' }]);
  });

  test('of a page that is closed before it has sent everything is no error of the server', async () => {
    const page = await served();
    const head = `host: 127.0.0.1:${page.port}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`;
    const socket = connect(page.port, '127.0.0.1');
    socket.write(`POST /_console/ask/echo HTTP/1.1\r\n${head}content-length: 100\r\n\r\n{"a":`);
    await sleep(200);
    socket.destroy();
    await sleep(200);
    expect(page.errors()).toEqual([]);
    await send(page, '/_console/ask/fail', { ...authorized, ...json }, { method: 'POST', body: '{}' });
    expect(page.errors()).toHaveLength(1);
  });
});

import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { inject, afterAll, beforeAll, describe, expect, test } from 'vitest';
import { platformFile } from '../../platform-file.ts';
import { settings } from '../clients.ts';
import { crosswind } from '../crosswind.ts';
import { type ServedSandbox, servedConsole, servedSandbox, spawnedConsole } from '../served-sandbox.ts';

const linkIn = (text: string): string => /http:[^\s"]+#token=[\w-]+/.exec(text)?.[0] ?? '';
const tokenIn = (link: string): string => link.split('#token=')[1] ?? '';

/** Bodies of the answers with status 503 that an address gives until the signal. */
async function answersWhile(address: string, headers: Record<string, string>, signal: AbortSignal) {
  const found: unknown[] = [];
  while (!signal.aborted) {
    const response = await fetch(address, { headers }).catch(() => undefined);
    if (response?.status === 503) found.push(await response.json());
    else await response?.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return found;
}

describe('crosswind console', () => {
  let served: ServedSandbox;
  beforeAll(async () => {
    served = await servedConsole('--objects', '20');
  });
  afterAll(() => served.stop());

  test('says that it is ready, and prints the link of its page', () => {
    const link = linkIn(served.stdout());
    expect(served.stdout()).toBe(`ready at ${served.url}\nlook at it in a browser: ${link}\n`);
    expect(link).toMatch(new RegExp(`^${served.url}/_console/#token=[\\w-]{43}$`));
    expect(served.stderr()).not.toContain(tokenIn(link));
  });

  test('serves the page, its models with the token, and the services of AWS beside it', async () => {
    const page = await fetch(`${served.url}/_console/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const script = await (await fetch(`${served.url}/_console/page.js`)).text();
    expect(script.includes('stream?after=')).toBe(true);
    expect((await fetch(`${served.url}/_console/snapshot`)).status).toBe(401);
    const authorization = `Bearer ${tokenIn(linkIn(served.stdout()))}`;
    const models: unknown = await (
      await fetch(`${served.url}/_console/snapshot`, { headers: { authorization } })
    ).json();
    expect(models).toMatchObject({ snapshot: { simulated: true, executions: [] } });
    const s3 = new S3Client(settings(await served.credentials('word-parent-dev')));
    await expect(s3.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'a' }))).rejects.toMatchObject({
      name: expect.stringMatching(/NoSuchBucket|AccessDenied/) as string,
    });
  });

  test('with --json prints the link in JSON, with the same token after a restart', async () => {
    const again = await servedConsole('--objects', '20', '--json');
    const printed = JSON.parse(again.stdout()) as { readonly console: string };
    const port = Number(new URL(again.url).port);
    expect(printed).toEqual({ simulated: true, url: again.url, port, console: linkIn(again.stdout()) });
    expect(tokenIn(printed.console)).toBe(tokenIn(linkIn(served.stdout())));
    await again.stop();
  });

  test('says what it deploys to a page that asks before it is ready', async () => {
    const first = await servedConsole('--objects', '20');
    const { port } = new URL(first.url);
    const headers = { authorization: `Bearer ${tokenIn(linkIn(first.stdout()))}` };
    await first.stop();
    const done = new AbortController();
    const answers = answersWhile(`http://127.0.0.1:${port}/_console/snapshot`, headers, done.signal);
    const again = await servedConsole('--objects', '20', '--port', port);
    done.abort();
    expect(await answers).toContainEqual({
      deploying: expect.stringMatching(/^(deploying|pipeline: |filling)/) as string,
      message: expect.stringContaining('The sandbox is not ready') as string,
    });
    expect((await fetch(`${again.url}/_console/snapshot`, { headers })).status).toBe(200);
    await again.stop();
  });

  test('ends with 130 after Ctrl-C while a page follows it, and leaves nothing behind', async () => {
    const another = await spawnedConsole('--objects', '20');
    const headers = { authorization: `Bearer ${tokenIn(linkIn(another.stdout()))}` };
    const { id } = (await (await fetch(`${another.url}/_console/snapshot`, { headers })).json()) as { id: string };
    const stream = await fetch(`${another.url}/_console/stream?after=${id}`, { headers });
    expect(stream.status).toBe(200);
    expect(await another.stop('SIGINT')).toBe(130);
    await expect(stream.text()).rejects.toThrow();
    expect(readdirSync(another.temporary).filter((name) => name.startsWith('crosswind-'))).toEqual([]);
  });

  test('says so when its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const args = ['--file', platformFile, '--assembly', inject('assembly'), '--port', String(port)];
    const { code, stdout, stderr } = await crosswind('console', ...args);
    other.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`port ${port} of 127.0.0.1 is taken`);
  });
});

test('a sandbox without a page leaves its path to S3', async () => {
  const served = await servedSandbox('--objects', '20');
  const answer = await fetch(`${served.url}/_console/`);
  expect(answer.headers.get('x-amzn-requestid')).not.toBeNull();
  expect([answer.status, (await answer.text()).includes('<Error>')]).toEqual([404, true]);
  await served.stop();
});

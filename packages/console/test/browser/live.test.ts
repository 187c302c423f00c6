/// <reference lib="dom" />
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { servedPage } from '../../src/page/served-page.ts';
import { liveConsole } from '../../src/server/live/live-console.ts';
import type { RunSource } from '../../src/server/snapshot.ts';
import { emptyRun } from '../growing-run.ts';
import { stuckRun } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const token = 'the-token_of-this-test';

const kit = browserKit();

/** A server of a page, which can be ended and started again at its port. */
interface LiveServer {
  readonly port: number;
  readonly link: string;
  readonly calls: readonly string[];
  /** Of every answer. */
  readonly statuses: readonly number[];
  become: (source: RunSource) => void;
  stop: () => Promise<void>;
  start: (name: string, key?: string) => Promise<void>;
  /** Starts it without a source: it says that it does this. */
  deploy: (doing: () => string) => Promise<void>;
}

const entryArn = 'arn:aws:states:us-east-1:333333333333:stateMachine:parent';

async function liveServer(): Promise<LiveServer> {
  let source = emptyRun;
  let server: Server | undefined;
  const calls: string[] = [];
  const statuses: number[] = [];
  const start = async (name: string, key = token, port = 0, doing?: () => string): Promise<number> => {
    const page = liveConsole({
      source: doing
        ? { doing }
        : {
            start: name,
            read: () => Promise.resolve(source),
            answers: {
              event: (what) => {
                calls.push(JSON.stringify(what));
                return Promise.resolve({ output: '{"<b>": 1}' });
              },
              startable: () =>
                Promise.resolve([
                  { arn: entryArn, account: '1', title: 'wind-speed parent', isEntry: true, input: '{\n  "a": 1\n}' },
                  { arn: `${entryArn}2`, account: '1', title: 'wind-speed child', isEntry: false, input: '{}' },
                ]),
            },
            actions: {
              start: () => {
                calls.push('started');
                return Promise.resolve(null);
              },
            },
          },
      token: key,
      files: servedPage,
      onError: (error) => calls.push(String(error)),
    });
    const created = createServer((request, response) => {
      response.on('close', () => statuses.push(response.statusCode));
      if (!page(request, response)) response.writeHead(403).end('AccessDenied');
    });
    server = created;
    await new Promise<void>((resolve) => created.listen(port, '127.0.0.1', resolve));
    return (created.address() as AddressInfo).port;
  };
  const stop = async (): Promise<void> => {
    const ended = server;
    server = undefined;
    ended?.closeAllConnections();
    if (ended) await new Promise((resolve) => ended.close(resolve));
  };
  onTestFinished(stop);
  const port = await start('one');
  return {
    ...{ port, link: `http://127.0.0.1:${port}/_console/#token=${token}`, calls, statuses, stop },
    become: (next) => {
      source = next;
    },
    start: async (name, key) => {
      await start(name, key, port);
    },
    deploy: async (doing) => {
      await start('', token, port, doing);
    },
  };
}

const open = async (link: string): Promise<Page> => {
  const page = await kit.newPage({ viewport: { width: 1_440, height: 900 } });
  await page.goto(link);
  await page.locator('#main h1').filter({ hasNotText: 'Waiting for this view' }).waitFor();
  return page;
};

const heading = (page: Page) => page.locator('main h1').first();

const [parent, child] = stuckRun().executions;
if (!parent || !child) throw new Error('the run has two executions');

/** The run before anybody found out that it is stuck. */
const underWay: RunSource = {
  ...stuckRun(),
  executions: [
    { ...parent, events: parent.events.slice(0, 5), status: 'RUNNING', stopDate: undefined },
    { ...child, events: child.events.slice(0, 3), status: 'RUNNING', stopDate: undefined, mapRuns: [] },
  ],
  verdicts: [],
};

describe('a page of a sandbox that goes on', () => {
  test('moves the token out of the address, and says how to start something', async () => {
    const server = await liveServer();
    const page = await open(server.link);
    expect(page.url()).toBe(`http://127.0.0.1:${server.port}/_console/#/`);
    expect(await page.evaluate(() => [document.cookie, localStorage.length, document.referrer])).toEqual(['', 0, '']);
    await expect
      .poll(() => page.locator('.card.start pre').allTextContents())
      .toEqual([
        `eval "$(npx crosswind credentials 1 --port ${server.port})"\n` +
          `aws stepfunctions start-execution --state-machine-arn ${entryArn} --input '{"a":1}' --region us-east-1`,
      ]);
    expect(await heading(page).textContent()).toBe('Nothing ran yet');
    expect(await barriers(page)).toEqual([]);
    await page.reload();
    await expect.poll(() => heading(page).textContent()).toBe('Nothing ran yet');
    expect(kit.reports()).toEqual([]);
  });

  test('opens the view that a link names after the token', async () => {
    const server = await liveServer();
    server.become(stuckRun());
    const page = await open(`${server.link}/runs`);
    expect(page.url()).toMatch(/\/_console\/#\/runs$/);
    await expect.poll(() => heading(page).textContent()).toMatch(/^1 run: /);
  });

  test('follows a run, and says aloud when it is stuck', async () => {
    const server = await liveServer();
    const page = await open(server.link);
    server.become(underWay);
    await expect.poll(() => heading(page).textContent()).toBe('1 run is under way');
    expect(await page.title()).toBe('Simulated: 1 run is under way, Crosswind');
    const [verdict] = stuckRun().verdicts;
    const claims = verdict?.claims.map((claim) => ({ ...claim, gravity: 'stuck' as const, until: null })) ?? [];
    server.become({ ...underWay, verdicts: verdict ? [{ ...verdict, claims }] : [] });
    await expect.poll(() => heading(page).textContent()).toBe('1 run is stuck');
    await expect.poll(() => page.locator('[role=status]').textContent()).toBe('1 run went wrong');
    server.become(stuckRun());
    await expect.poll(() => page.title()).not.toContain('is stuck');
  });

  test('asks for the details of an event', async () => {
    const server = await liveServer();
    server.become(stuckRun());
    const page = await open(server.link);
    await goTo(page, '#/runs/333333333333/parent/run-1/history?event=5');
    await expect.poll(() => page.locator('.detail .value').textContent()).toMatch(/<b>.*1/);
    expect(server.calls).toEqual([JSON.stringify({ execution: parent.executionArn, id: 5 })]);
  });

  test('keeps what it knows while the server is away, and goes on with the next one', async () => {
    const server = await liveServer();
    server.become(stuckRun());
    const page = await open(server.link);
    const before = await heading(page).textContent();
    await server.stop();
    await expect
      .poll(() => page.locator('.connection').textContent())
      .toMatch(/^The sandbox has not answered since \d\d:\d\d:\d\d UTC .* This page tries again/);
    expect(await heading(page).textContent()).toBe(before);
    expect(await barriers(page)).toEqual([]);
    server.become(emptyRun);
    await server.start('two');
    await expect.poll(() => heading(page).textContent()).toBe('Nothing ran yet');
    expect(await page.locator('.connection').count()).toBe(0);
  });

  test('says what is deployed until the sandbox is ready, and goes on by itself', async () => {
    const server = await liveServer();
    const page = await open(server.link);
    server.become(stuckRun());
    await expect.poll(() => heading(page).textContent()).toContain('badly');
    await server.stop();
    await expect.poll(() => page.locator('.connection').textContent()).toContain('has not answered since');
    let doing = 'deploying wave dev';
    await server.deploy(() => doing);
    await expect
      .poll(() => page.locator('.connection').textContent())
      .toBe('The sandbox is not ready yet: deploying wave dev. This page goes on by itself when it is.');
    expect(await page.locator('.connection').getAttribute('role')).toBe('status');
    // What it knew stays, and a page that is loaded now has nothing else to show.
    expect(await heading(page).textContent()).toContain('badly');
    await page.reload();
    await expect.poll(() => heading(page).textContent()).toBe('The sandbox is being deployed');
    doing = 'deploying wave prod';
    await expect.poll(() => page.locator('main').textContent()).toContain('deploying wave prod');
    await server.stop();
    await server.start('two');
    await expect.poll(() => heading(page).textContent()).toContain('badly');
    expect(await page.locator('.connection').count()).toBe(0);
  });

  test('says which link it needs when the server does not know its token, and takes the right one', async () => {
    const server = await liveServer();
    const page = await kit.newPage();
    for (const hash of ['', '#token=wrong']) {
      await page.goto('about:blank');
      await page.goto(server.link.replace(/#.*/, hash));
      await expect.poll(() => heading(page).textContent()).toBe('This page needs the link with the token');
      expect(await page.locator('main p').textContent()).toContain('npx crosswind console');
    }
    await goTo(page, `#token=${token}`);
    await expect.poll(() => heading(page).textContent()).toBe('Nothing ran yet');
  });
});

describe('a page of another origin', () => {
  test.each(['127.0.0.1', 'localhost'])('at %s can read nothing and start nothing', async (name) => {
    const server = await liveServer();
    server.become(stuckRun());
    const evil = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>evil</title><body></body>');
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      evil.closeAllConnections();
      await new Promise((resolve) => evil.close(resolve));
    });
    const page = await kit.newPage();
    await page.goto(`http://${name}:${(evil.address() as AddressInfo).port}/`);
    const found = await page.evaluate(
      async ({ base, secret }) => {
        const results: string[] = [];
        const attempt = async (what: string, work: () => Promise<unknown>) => {
          results.push(`${what}: ${String(await work().catch(() => 'refused'))}`);
        };
        const headers = { Authorization: `Bearer ${secret}` };
        const body = '{}';
        for (const path of ['', 'page.js', 'snapshot', 'stream?after=one.0']) {
          await attempt(path, async () => (await fetch(base + path)).text());
          await attempt(`${path} with the token`, async () => (await fetch(base + path, { headers })).text());
          await attempt(`${path} blind`, async () => (await fetch(base + path, { mode: 'no-cors' })).text());
        }
        const post = { method: 'POST', body };
        await attempt('start', async () => (await fetch(`${base}actions/start`, post)).text());
        await attempt('start with the token', async () =>
          (
            await fetch(`${base}actions/start`, {
              ...post,
              headers: { ...headers, 'Content-Type': 'application/json' },
            })
          ).text(),
        );
        await attempt('start blind', async () =>
          (await fetch(`${base}actions/start`, { ...post, mode: 'no-cors', credentials: 'include' })).text(),
        );
        await attempt('script', () => {
          const script = document.createElement('script');
          script.src = `${base}snapshot`;
          document.body.append(script);
          return new Promise((resolve, reject) => {
            script.onload = resolve;
            script.onerror = reject;
          });
        });
        const frame = document.createElement('iframe');
        frame.src = base;
        document.body.append(frame);
        await new Promise((resolve) => (frame.onload = resolve));
        await attempt('frame', () => Promise.resolve(frame.contentDocument?.body.textContent ?? 'refused'));
        const form = document.createElement('form');
        form.method = 'post';
        form.enctype = 'text/plain';
        form.action = `${base}actions/start`;
        const target = document.createElement('iframe');
        target.name = 'target';
        form.target = 'target';
        document.body.append(target, form);
        form.submit();
        await new Promise((resolve) => (target.onload = resolve));
        return results;
      },
      { base: `http://127.0.0.1:${server.port}/_console/`, secret: token },
    );
    expect(found.filter((result) => !/: (refused)?$/.test(result))).toEqual([]);
    expect(found.length).toBe(17);
    expect(server.statuses.length).toBeGreaterThan(10);
    expect(server.statuses.filter((status) => status !== 403)).toEqual([]);
    expect(server.calls).toEqual([]);
    const own = await open(server.link);
    await expect.poll(() => heading(own).textContent()).toContain('run');
  });
});

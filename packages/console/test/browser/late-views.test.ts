/// <reference lib="dom" />
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listViews } from '../../src/models/address.ts';
import { servedPage } from '../../src/page/served-page.ts';
import { liveConsole } from '../../src/server/live/live-console.ts';
import { stuckRun } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { newPage, reports } = browserKit();

const files = servedPage();

interface Served {
  readonly link: string;
  readonly stop: () => Promise<void>;
  /** Starts it again at its port. */
  readonly start: () => Promise<void>;
}

async function served(): Promise<Served> {
  let server: Server | undefined;
  const start = async (port: number): Promise<number> => {
    const page = liveConsole({
      source: { start: 'one', read: () => Promise.resolve(stuckRun()), answers: {}, actions: {} },
      token: 'secret',
      files: () => files,
      onError: () => undefined,
    });
    const created = createServer((request, response) => {
      if (!page(request, response)) response.writeHead(404).end();
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
  const port = await start(0);
  return {
    ...{ link: `http://127.0.0.1:${port}/_console/#token=secret`, stop },
    start: async () => {
      await start(port);
    },
  };
}

/** Program of the dashboards. */
const dashboards = /\/dashboards-\w+\.js$/;

const heading = (page: Page) => page.locator('#main h1').first();

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

/** Names of the views whose programs came, in their order. */
const scripts = (page: Page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/(?!chunk-)([a-z-]+)-\w+\.js$/.exec(name)?.[1] ?? []),
  );

describe('a view of a served page', () => {
  test('comes when somebody goes to it, with the focus on its title, and says what it waits for until then', async () => {
    const page = await newPage({ viewport: { width: 1_440, height: 900 } });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(dashboards, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto((await served()).link);
    await heading(page).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await expect.poll(() => heading(page).textContent()).toBe('Waiting for this view');
    expect(await page.locator('.views [aria-current]').textContent()).toBe('Dashboards');
    expect(await barriers(page)).toEqual([]);
    release();
    await expect.poll(() => heading(page).textContent()).toContain('dashboard');
    expect(await focused(page)).toBe(await heading(page).textContent());
    expect(reports()).toEqual([]);
  });

  test('comes first where a link leads to it, and the others once the page has nothing to do', async () => {
    const page = await newPage();
    await page.goto(`${(await served()).link}/permissions`);
    await expect.poll(() => heading(page).textContent()).toContain('denied');
    await expect
      .poll(() => scripts(page))
      .toEqual([
        'permissions',
        'now',
        'organization',
        'runs',
        'run',
        'dashboards',
        'alarms',
        'result',
        'game-days',
        'import',
      ]);
    expect(reports()).toEqual([]);
  });

  test('is there for keys that are pressed right after the page is loaded', async () => {
    const page = await newPage();
    await page.goto((await served()).link, { waitUntil: 'load' });
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/dashboards');
    await expect.poll(() => heading(page).textContent()).toContain('dashboard');
    await page.keyboard.press('Control+k');
    await page.locator('.palette input').fill('permi');
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page).textContent()).toContain('denied');
    expect(reports()).toEqual([]);
  });

  test('is there after the server is gone', async () => {
    const server = await served();
    const page = await newPage();
    await page.goto(server.link);
    await heading(page).waitFor();
    await expect.poll(() => scripts(page)).toContain('import');
    await server.stop();
    for (const view of [...listViews, 'runs', 'runs/333333333333/parent/run-1/graph']) {
      await goTo(page, `#/${view}`);
      await expect.poll(() => focused(page)).toBe(await heading(page).textContent());
      expect(await heading(page).textContent()).not.toBe('This view is not here');
    }
  });
});

describe('a view that the server does not have', () => {
  test('says what to do, and the page is loaded anew at the same address', async () => {
    const page = await newPage({ viewport: { width: 1_440, height: 900 } });
    // As a server of another version answers, which has it under another name.
    await page.route(dashboards, (route) => route.fulfill({ status: 401 }));
    await page.goto((await served()).link);
    await heading(page).waitFor();
    await goTo(page, '#/dashboards');
    await expect.poll(() => heading(page).textContent()).toBe('This view is not here');
    await expect.poll(() => focused(page)).toBe('This view is not here');
    expect(await page.locator('#main [role=alert]').textContent()).toContain('npx crosswind console');
    expect(await barriers(page)).toEqual([]);
    await page.unroute(dashboards);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => heading(page).textContent()).toContain('dashboard');
    expect(await page.evaluate(() => location.hash)).toBe('#/dashboards');
  });

  test('leaves the page as it is while the server is away', async () => {
    const server = await served();
    const page = await newPage();
    await page.route(dashboards, (route) => route.abort());
    await page.goto(`${server.link}/runs`);
    await expect.poll(() => heading(page).textContent()).toContain('1 run');
    await goTo(page, '#/dashboards');
    await expect.poll(() => heading(page).textContent()).toBe('This view is not here');
    await server.stop();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.locator('body > div > [role=status]').textContent()).toContain('does not answer yet');
    await goTo(page, '#/runs');
    await expect.poll(() => heading(page).textContent()).toContain('1 run');
    await goTo(page, '#/dashboards');
    await page.unroute(dashboards);
    await server.start();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => heading(page).textContent()).toContain('dashboard');
  });
});

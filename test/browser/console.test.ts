/// <reference lib="dom" />
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settings } from '../cli/clients.ts';
import { type ServedSandbox, servedConsole } from '../cli/served-sandbox.ts';

const stateMachineArn = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent';

let browser: Browser;
beforeAll(async () => {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});
afterAll(() => browser.close());

const start = async (served: ServedSandbox): Promise<void> => {
  const client = new SFNClient(settings(await served.credentials('word-parent-dev')));
  await client.send(new StartExecutionCommand({ stateMachineArn, name: 'from-the-sdk' }));
};

test('a page follows what a client of AWS starts, from its start to its end, and finds the server again', async () => {
  const served = await servedConsole();
  const { port } = new URL(served.url);
  const page = await browser.newPage();
  const reports: string[] = [];
  page.on('pageerror', ({ message }) => reports.push(message));
  page.on('console', (message) => {
    // The browser itself reports a server that is away, and one that is not ready yet.
    const isExpected = /ERR_|status of (400|503)/.test(message.text());
    if (message.type() === 'error' && !isExpected) reports.push(message.text());
  });
  const heading = page.locator('main h1').first();
  const isNow = (expected: string | RegExp) =>
    expect.poll(() => heading.textContent(), { timeout: 60_000 }).toMatch(expected);
  await page.goto(/http:\S+/.exec(served.stdout().split('\n')[1] ?? '')?.[0] ?? '');
  await isNow('Nothing ran yet');
  await expect.poll(() => page.locator('.card.start').first().textContent()).toContain(stateMachineArn);
  await page.evaluate(() => {
    const titles = new Set<string>();
    Object.assign(globalThis, { titles });
    new MutationObserver(() => titles.add(document.title)).observe(document.head, { childList: true, subtree: true });
  });
  await start(served);
  await isNow('1 run succeeded, everything is well');
  const titles = await page.evaluate(() => [...(globalThis as unknown as { titles: Set<string> }).titles]);
  expect(titles).toContain('Simulated: 1 run is under way, Crosswind');
  await page.evaluate(() => {
    location.hash = '#/runs/333333333333/crosswind-word-count-parent/from-the-sdk/history?event=1';
  });
  await expect.poll(() => page.locator('.detail').textContent()).toContain('ExecutionStarted');
  await expect.poll(() => page.locator('.detail').textContent()).toContain('input');
  await served.stop();
  await expect.poll(() => page.locator('.connection').textContent()).toContain('has not answered since');
  const again = await servedConsole('--objects', '20', '--port', port);
  await page.evaluate(() => {
    location.hash = '#/';
  });
  await isNow('Nothing ran yet');
  expect(await page.locator('.connection').count()).toBe(0);
  await start(again);
  await isNow('1 run succeeded, everything is well');
  expect(reports).toEqual([]);
  await page.close();
  await again.stop();
});

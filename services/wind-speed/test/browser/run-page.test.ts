/// <reference lib="dom" />
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRun } from '../cli/crosswind.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});

afterAll(async () => {
  await browser.close();
});

test('the page of a run whose parent got stuck says so first, and gives the statement with the second click', async () => {
  const { out } = await startRun('--objects', '3000', '--break', 'describe-execution');
  const page = await browser.newPage({ offline: true });
  const errors: string[] = [];
  page.on('console', (message) => errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(pathToFileURL(join(out, 'run.html')).href);

  await page.locator('#main h1').waitFor();
  expect(await page.locator('h1').textContent()).toBe('1 run ended badly after it was stuck');
  expect(await page.locator('.badge').textContent()).toBe('Simulated: nothing ran on AWS');
  expect(await page.locator('.worst h2').textContent()).toMatch(
    /^The parent hung after TaskSubmitted: the child had SUCCEEDED/,
  );
  await page.getByRole('link', { name: 'Explain and fix' }).click();
  const statement = JSON.parse((await page.locator('.verdict-fix pre').first().textContent()) ?? '') as object;
  expect(statement).toEqual({
    Effect: 'Allow',
    Action: 'states:DescribeExecution',
    Resource: 'arn:aws:states:us-east-1:444444444444:execution:crosswind-wind-speed-child:*',
  });
  await page.getByRole('button', { name: 'Copy statement' }).click();
  await expect.poll(() => page.locator('[role=status]').textContent()).toBe('statement copied');

  const rows = await page.locator('.fall-row .name').allTextContents();
  expect(rows).toEqual([
    'wind-speed parent',
    'Is the input valid?',
    'Start child',
    'wind-speed child',
    'Analyze objects',
    'Consolidate batches',
    'Convert to miles per hour',
    'states:DescribeExecution',
    'Child failed',
  ]);
  await page.getByRole('link', { name: '7 TaskSubmitted' }).click();
  await expect.poll(() => page.locator('.detail h2').textContent()).toBe('Event 7, TaskSubmitted');
  expect(errors).toEqual([]);
});

/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRun } from '../cli/crosswind.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  page = await browser.newPage({ viewport: { width: 1200, height: 640 } });
});

afterAll(async () => {
  await browser.close();
});

test('the map of a run shows land, stations in classes and a legend, all of it in the picture and legible', async () => {
  const { out } = await startRun('--objects', '400');
  await page.setContent(`<body style="margin:0">${readFileSync(join(out, 'map.svg'), 'utf8')}</body>`);

  const texts = await page.locator('svg text').evaluateAll((elements) =>
    elements.map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { text: element.textContent, left, right, top, bottom };
    }),
  );
  expect(texts.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Mean wind speed at weather stations', 'mph', expect.stringContaining('generated data')]),
  );
  for (const { text, left, right, top, bottom } of texts) {
    expect({ text, inside: left >= 0 && right <= 1200 && top >= 0 && bottom <= 640 }).toEqual({ text, inside: true });
  }
  const overlaps = texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter(
        (other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom,
      )
      .map((other) => [one.text, other.text]),
  );
  expect(overlaps).toEqual([]);

  const stroked = await page.locator('svg path[stroke-linecap="round"], svg g[stroke-linecap="round"] path').count();
  expect(stroked).toBeGreaterThanOrEqual(3);
  expect(await page.locator('svg circle').count()).toBe(7);
});

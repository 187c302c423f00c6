/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { staticPage } from '../../src/page/static-page.ts';
import { type RunSource, snapshotOf } from '../../src/server/snapshot.ts';

/** A browser for the tests of a file, with a new page for each of them. */
export interface Kit {
  /** Reports of the browser since the page was opened: errors, dialogs, and what the content security policy refused. */
  readonly reports: () => readonly string[];
  /** An empty page. */
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>;
  /** Opens a run from disk, with the network cut. */
  readonly openFile: (source: RunSource, options?: OpenFile) => Promise<Page>;
}

export interface OpenFile {
  /** @default 'light' */
  readonly scheme?: 'light' | 'dark';
  /** @default 1440 */
  readonly width?: number;
  /** @default - the front page */
  readonly hash?: string;
  /** @default true */
  readonly withData?: boolean;
}

/** Starts the browser before the tests of this file, and ends it after them. */
export function browserKit(): Kit {
  let browser: Browser | undefined;
  let page: Page | undefined;
  let reports: string[] = [];
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-page-'));
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    });
  });
  afterEach(async () => {
    await page?.close();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true });
  });
  const newPage: Kit['newPage'] = async (options) => {
    if (!browser) throw new Error('the browser starts before the first test');
    reports = [];
    const opened = await browser.newPage(options);
    page = opened;
    opened.on('console', (message) => reports.push(message.text()));
    opened.on('pageerror', (error) => reports.push(error.message));
    opened.on('dialog', (dialog) => {
      reports.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    return opened;
  };
  return {
    reports: () => reports,
    newPage,
    openFile: async (source, { scheme = 'light', width = 1_440, hash = '', withData = true } = {}) => {
      const { html } = await staticPage({ snapshot: snapshotOf(source), withData });
      const file = join(directory, 'run.html');
      writeFileSync(file, html);
      const opened = await newPage({ viewport: { width, height: 900 }, colorScheme: scheme, offline: true });
      opened.on('request', (request) => {
        if (!request.url().startsWith('file:')) reports.push(`asked for ${request.url()}`);
      });
      await opened.goto(`${pathToFileURL(file).href}${hash}`);
      await drawn(opened);
      return opened;
    },
  };
}

/** Waits until a view is there, and two frames more: what follows the size of its box is drawn in the second one. */
async function drawn(page: Page): Promise<void> {
  await page.locator('#main h1').waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Goes to an address of the page that is open, after `#`. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Barriers that axe-core finds in what is shown, and the width if it is wider than the window; both should be none. */
export async function barriers(page: Page): Promise<readonly string[]> {
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
  // Its own script: the page's policy is for pages, and the debugger is none. It stays until a page is loaded.
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { run } = (
      globalThis as unknown as {
        axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe;
    return (await run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
  return [...(wide > window ? [`${wide} px wide in a window of ${window}`] : []), ...violations];
}

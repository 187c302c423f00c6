/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runViews } from '../../src/models/address.ts';
import { staticPage } from '../../src/page/static-page.ts';
import { type RunSource, snapshotOf } from '../../src/server/snapshot.ts';
import { batchesOf, type Names, plainNames, start, stuckRun } from '../stuck-run.ts';

let browser: Browser;
let page: Page | undefined;
/** Reports of the browser: errors, and what the content security policy refused. */
let reports: string[] = [];
const directory = mkdtempSync(join(tmpdir(), 'crosswind-page-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
  await browser.close();
  rmSync(directory, { recursive: true });
});

interface Open {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly hash?: string;
  readonly withData?: boolean;
}

/** Opens a run from disk, with the network cut. */
async function open(
  source: RunSource,
  { scheme = 'light', width = 1_440, hash = '', withData = true }: Open = {},
): Promise<Page> {
  const { html } = await staticPage({ snapshot: snapshotOf(source), withData });
  const file = join(directory, 'run.html');
  writeFileSync(file, html);
  page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme, offline: true });
  reports = [];
  page.on('console', (message) => reports.push(message.text()));
  page.on('pageerror', (error) => reports.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) reports.push(`asked for ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    reports.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  await page.locator('main h1').waitFor();
  return page;
}

const parent = '#/runs/333333333333/parent/run-1';
const views = [
  '#/',
  '#/runs',
  ...runViews.map((view) => `${parent}/${view}`),
  `${parent}/history?event=5`,
  `${parent}/graph?state=Start%20child`,
];

const hostile: Names = {
  state: '__proto__',
  map: `<img src=x onerror=alert(1)>`,
  task: `\u202e${'x'.repeat(78)}`,
  account: '"><script>alert(2)</script>',
  title: '<b onclick=alert(3)>constructor</b>',
  error: `</script><svg onload=alert(4)>`,
};

describe('a page on disk', () => {
  test('says first that a run was stuck, and its statement is copied with the second key', async () => {
    const shown = await open(stuckRun());
    await expect.poll(() => shown.title()).toContain('Simulated');
    expect(await shown.locator('h1').textContent()).toBe('1 run ended badly after it was stuck');
    expect(await shown.evaluate(() => document.activeElement?.textContent)).toContain('Explain and fix');
    await shown.keyboard.press('Enter');
    await shown.locator('.verdict').waitFor();
    await expect.poll(() => shown.evaluate(() => document.activeElement?.textContent)).toContain('Copy statement');
    expect(await shown.locator('.verdict-fix pre').textContent()).toBe('{"Effect":"Allow"}');
    await shown.keyboard.press('y');
    await expect.poll(() => shown.locator('[role=status]').textContent()).toBe('statement copied');
    expect(reports).toEqual([]);
  });

  test('is stuck at an earlier time of the strip, and all views are at that time', async () => {
    const at = new Date(start + 600_000).toISOString();
    const shown = await open(stuckRun(), { hash: `#/?at=${at}` });
    expect(await shown.locator('h1').textContent()).toBe('1 run is stuck');
    expect(await shown.locator('.strip-now').textContent()).toContain('05:40:20 UTC');
    await shown.keyboard.press('Enter');
    await shown.locator('.waterfall').waitFor();
    expect(await shown.locator('h1').textContent()).toContain('Stuck for 10 min');
    expect(await shown.locator('.fall-row .number').last().textContent()).toBe('120 denied');
    await shown.keyboard.press('.');
    await expect.poll(() => shown.locator('h1').textContent()).toContain('Failed after 1 h 15 min');
    expect(reports).toEqual([]);
  });

  test('is reached in every view with the keyboard alone', async () => {
    const shown = await open(stuckRun());
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await shown.keyboard.press(key);
    };
    const focused = () => shown.evaluate(() => document.activeElement?.textContent ?? '');
    await press('g', 'r');
    await expect.poll(() => shown.locator('h1').textContent()).toBe('1 run: 1 failed');
    await press('j', 'Enter');
    await shown.locator('.waterfall').waitFor();
    await press('j', 'j', 'h');
    await expect.poll(() => shown.locator('.fall-row').count()).toBe(4);
    await press('l');
    await expect.poll(() => shown.locator('.fall-row').count()).toBe(8);
    await press('Enter');
    await shown.locator('.detail').waitFor();
    expect(await focused()).toBe('Event 2, TaskStateEntered');
    await press(']');
    await expect.poll(focused).toBe('Event 3, TaskScheduled');
    await press('[');
    await expect.poll(focused).toBe('Event 2, TaskStateEntered');
    await press('Escape');
    await expect.poll(() => shown.locator('.detail').count()).toBe(0);
    await expect.poll(focused).toBe('TaskStateEntered');
    await press('/');
    await shown.keyboard.type('TimedOut');
    await expect.poll(() => shown.locator('.history [data-row]').count()).toBe(1);
    await press('Escape', 'Escape');
    await expect.poll(() => shown.locator('h1').textContent()).toBe('1 run: 1 failed');
    await press('?');
    await shown.locator('.keys-list').waitFor();
    await shown.locator('.keys-list input').uncheck();
    await press('Escape', 'g', 'n');
    expect(await shown.locator('h1').textContent()).toBe('1 run: 1 failed');
    expect(reports).toEqual([]);
  });

  test('shows hostile names as text in every view', async () => {
    const shown = await open(stuckRun(hostile));
    for (const view of views) {
      await shown.evaluate(
        (hash) => {
          location.hash = hash;
        },
        view.replace('Start%20child', '__proto__'),
      );
      await shown.locator('main h1').waitFor();
      expect(await shown.locator('main img, main script, main b, main svg[onload]').count()).toBe(0);
      expect(await shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    await shown.evaluate((hash) => {
      location.hash = hash;
    }, `${parent}/graph`);
    await shown.locator('.state').first().waitFor();
    const names = await shown.locator('.state .name').allTextContents();
    expect(names).toEqual(expect.arrayContaining(['__proto__', hostile.map, `[U+202E]${'x'.repeat(78)}`]));
    expect(reports).toEqual([]);
  });

  test('leaves inputs and outputs out, and says so in their place', async () => {
    const shown = await open(stuckRun(), { withData: false, hash: `${parent}/data` });
    expect(await shown.locator('.data').first().textContent()).toContain('left out of this file');
    expect(await shown.locator('.left-out').textContent()).toContain('--no-data');
  });

  test.each([0, 1, 20_000])('draws a Map Run of %i batches and scrolls to its last row', async (count) => {
    const source = stuckRun();
    const executions = source.executions.map((each) => ({
      ...each,
      mapRuns: each.mapRuns.map((mapRun) => ({ ...mapRun, batches: batchesOf(count, true) })),
    }));
    const shown = await open({ ...source, executions }, { hash: `${parent}/batches` });
    expect(await shown.locator('.map-run h2').textContent()).toContain(`${count.toLocaleString('en')} batch`);
    const rows = shown.locator('.batches [data-row]');
    expect(await rows.count()).toBeLessThan(60);
    if (count > 0) {
      await shown.locator('.batches .virtual').evaluate((box) => {
        box.scrollTop = box.scrollHeight;
      });
      await expect.poll(() => rows.last().getAttribute('aria-rowindex')).toBe(String(count + 1));
    } else {
      expect(await shown.locator('.empty').textContent()).toContain('No batch has begun');
    }
    await shown.evaluate((hash) => {
      location.hash = hash;
    }, `${parent}/waterfall`);
    await shown.locator('.waterfall').waitFor();
    expect(reports).toEqual([]);
  });

  test('lists 10,000 runs and 10,000 events, and scrolls to the last of them', async () => {
    const source = stuckRun();
    const [first] = source.executions;
    if (!first) throw new Error('the run has an execution');
    const event = (index: number) => ({
      ...{ id: index + 1, previousEventId: index, timestamp: start + index, type: 'PassStateEntered' },
      stateEnteredEventDetails: { name: `State ${index % 50}` },
    });
    const executions = Array.from({ length: 10_000 }, (_, index) => ({
      ...{ ...first, name: `run-${index}`, executionArn: `${first.executionArn}-${index}`, mapRuns: [] },
      events: index === 0 ? Array.from({ length: 10_000 }, (_event, at) => event(at)) : [],
    }));
    const shown = await open({ ...source, executions }, { hash: '#/runs' });
    expect(await shown.locator('h1').textContent()).toBe('10,000 runs: 10000 failed');
    for (const [table, hash] of [
      ['runs', '#/runs'],
      ['history', `${parent}-0/history`],
    ] as const) {
      await shown.evaluate((next) => {
        location.hash = next;
      }, hash);
      const rows = shown.locator(`.${table} [role=row]`);
      await shown.locator(`.${table} .virtual`).evaluate((box) => {
        box.scrollTop = box.scrollHeight;
      });
      await expect.poll(() => rows.last().getAttribute('aria-rowindex')).toBe('10001');
      expect(await rows.count()).toBeLessThan(60);
    }
    expect(reports).toEqual([]);
  });

  test('says that nothing ran where nothing did', async () => {
    const shown = await open({
      ...stuckRun(),
      executions: [],
      decisions: [],
      verdict: { claims: [], evidence: [], fixes: [], runbook: null },
    });
    expect(await shown.locator('h1').textContent()).toBe('Nothing ran yet');
    await shown.evaluate(() => {
      location.hash = '#/runs/1/2/3/graph';
    });
    await expect.poll(() => shown.locator('h1').textContent()).toBe('No execution 3 is known at this time');
    expect(reports).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1_440, 320])('no view has a barrier that axe-core finds, nor is it wider than %i px', async (width) => {
    const shown = await open(stuckRun(plainNames), { scheme, width });
    const found: string[] = [];
    for (const view of views) {
      await shown.evaluate((hash) => {
        location.hash = hash;
      }, view);
      await shown.waitForTimeout(100);
      expect(await shown.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      // Its own script: the page's policy is for pages, and the debugger is none.
      await shown.evaluate(axe);
      const violations = await shown.evaluate(async () => {
        const { run } = (
          globalThis as unknown as {
            axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          }
        ).axe;
        return (await run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      found.push(...violations.map((violation) => `${view} ${violation}`));
    }
    expect(found).toEqual([]);
  });
});

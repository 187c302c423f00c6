/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { describedExecution, describedMachine, printed, recorded as events } from '../imported/recorded.ts';
import { longHistory } from '../imported/long-history.ts';
import { stuckRun } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { openFile, reports } = browserKit();
const directory = mkdtempSync(join(tmpdir(), 'crosswind-import-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const history = printed(events);

function fileOf(name: string, text: string | Buffer): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

/** Pastes into the field, as the clipboard does. */
const paste = (page: Page, text: string): Promise<void> =>
  page.locator('.import-form textarea').evaluate((area, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

const drop = (page: Page, files: readonly (readonly [name: string, text: string])[]): Promise<void> =>
  page.locator('.import-form').evaluate((form, dropped) => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of dropped) dataTransfer.items.add(new File([text], name));
    for (const type of ['dragover', 'drop'])
      form.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, files);

const choose = (page: Page, ...files: readonly string[]): Promise<void> =>
  page.locator('.import-form input[type=file]').setInputFiles([...files]);

const open = (more: Parameters<typeof openFile>[1] = {}) => openFile(stuckRun(), { hash: '#/import', ...more });

const hrefs = (page: Page): Promise<readonly string[]> =>
  page.locator('.sub-views a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

describe('a recorded history, from disk with the network cut', () => {
  test.each([
    ['pasted', (page: Page) => paste(page, history)],
    ['chosen', (page: Page) => choose(page, fileOf('history.json', history))],
    ['dropped', (page: Page) => drop(page, [['history.json', history]])],
    [
      'written by PowerShell',
      (page: Page) => choose(page, fileOf('utf-16.json', Buffer.from(`\ufeff${history}`, 'utf16le'))),
    ],
  ] as const)('is shown when it is %s', async (_how, give) => {
    const shown = await open();
    expect(await shown.locator('h1').textContent()).toContain('nothing leaves this machine');
    await give(shown);
    await shown.locator('.waterfall').waitFor();
    expect(await shown.locator('.badge').textContent()).toBe('Recorded, imported');
    expect(await shown.title()).not.toContain('Simulated');
    expect(await shown.locator('.strip-now').textContent()).toContain('recorded');
    await expect.poll(() => shown.locator('.fall-row .tree .name').allTextContents()).toContain('Again?');
    const links = await hrefs(shown);
    expect(links.every((href) => href.startsWith('#/import/'))).toBe(true);
    for (const [index, selector] of [
      [1, '.frame-box .state'],
      [2, '.history [data-row]'],
      [4, '.data'],
    ] as const) {
      await goTo(shown, links[index] ?? '');
      await shown.locator(selector).first().waitFor();
    }
    await goTo(shown, links[1] ?? '');
    await expect.poll(() => shown.locator('.state').count()).toBe(9);
    expect(await shown.locator('.comparison').textContent()).toContain('does not compare');
    expect(await shown.locator('.run-actions').count()).toBe(0);
    expect(reports()).toEqual([]);
  });

  test('has its account and name from the other outputs, given one after the other', async () => {
    const shown = await open();
    await choose(
      shown,
      fileOf('execution.json', describedExecution(events)),
      fileOf('machine.json', describedMachine()),
    );
    await expect.poll(() => shown.locator('.import-problem').textContent()).toContain('no history is there');
    await choose(shown, fileOf('wrong.json', 'hello'));
    await expect.poll(() => shown.locator('.import-problem').textContent()).toContain('got "hello"');
    expect(await shown.locator('.import-given li').count()).toBe(2);
    await choose(shown, fileOf('history.json', history));
    await shown.locator('.waterfall').waitFor();
    await expect.poll(() => shown.locator('.crumbs').textContent()).toBe('Import / run-7');
    expect(await shown.locator('h1').textContent()).toContain('wind');
    expect(await shown.evaluate(() => location.hash)).toMatch(
      /^#\/import\/[0-9a-f]{16}\/111111111111\/wind\/run-7\/waterfall$/,
    );
    await shown.locator('.crumbs a').click();
    await shown.locator('.table-box').waitFor();
    expect(await shown.locator('tbody tr').allTextContents()).toEqual([expect.stringContaining('111111111111')]);
    await shown.locator('.views a', { hasText: 'Runs' }).click();
    await expect.poll(() => shown.locator('h1').textContent()).toBe('1 run: 1 failed');
    expect(reports()).toEqual([]);
  });

  test('moves with the strip of time, and its links stay in it', async () => {
    const shown = await open();
    await paste(shown, history);
    await shown.locator('.waterfall').waitFor();
    await shown.locator('.strip input').fill('500');
    await expect.poll(() => shown.locator('h1').textContent()).toContain('Running');
    await goTo(shown, (await hrefs(shown))[2] ?? '');
    await shown.locator('.history [data-row]').first().click();
    await shown.locator('.detail').waitFor();
    expect(await shown.evaluate(() => location.hash)).toMatch(/^#\/import\/.*&event=1$/);
    await shown.keyboard.press('Escape');
    await shown.keyboard.press('Escape');
    await shown.locator('.import-form').waitFor();
  });

  test('is gone after the page is loaded again, which says what to do', async () => {
    const shown = await open();
    await paste(shown, history);
    await shown.locator('.waterfall').waitFor();
    await shown.reload();
    await expect.poll(() => shown.locator('h1').textContent()).toContain('This import is gone');
    await paste(shown, history);
    await shown.locator('.waterfall').waitFor();
  });

  test('has hostile names as text', async () => {
    const shown = await open();
    const name = '<img src=x onerror=alert(1)>\u202e__proto__';
    const text = history.replaceAll('"Call"', JSON.stringify(name)).replaceAll('"Pause"', '"__proto__"');
    await drop(shown, [['<b>"onclick=alert(2).json', text]]);
    await shown.locator('.waterfall').waitFor();
    const links = await hrefs(shown);
    for (const link of links) {
      await goTo(shown, link);
      await shown.locator('.comparison').waitFor();
      expect(await shown.locator('main img, main b').count()).toBe(0);
      expect(await shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    await goTo(shown, links[1] ?? '');
    await expect.poll(() => shown.locator('.state .name').allTextContents()).toContain('__proto__');
    expect(await shown.locator('.state .name').allTextContents()).toContain(
      '<img src=x onerror=alert(1)>[U+202E]__proto__',
    );
    expect(reports()).toEqual([]);
  });
});

describe('what is wrong is said in its place', () => {
  test.each([
    ['text', 'hello', 'pasted text, line 1, column 1: got "hello"'],
    ['a cut output', history.slice(0, 500), 'it was cut off, so copy all of it'],
    ['another output', '{"executions": []}', 'got the output of list-executions'],
  ])('of %s', async (_name, text, message) => {
    const shown = await open();
    await paste(shown, text);
    await expect.poll(() => shown.locator('[role=alert]').textContent()).toContain(message);
    expect(await shown.locator('.import-given').count()).toBe(0);
    await paste(shown, history);
    await shown.locator('.waterfall').waitFor();
    expect(reports()).toEqual([]);
  });

  test('until something else is given, which replaces it', async () => {
    const shown = await open();
    await choose(shown, fileOf('execution.json', describedExecution(events)));
    await expect.poll(() => shown.locator('.import-problem').textContent()).toContain('no history is there');
    await paste(shown, history.slice(0, 500));
    await expect.poll(() => shown.locator('.import-problem').textContent()).toContain('it was cut off');
    await paste(shown, history);
    await shown.locator('.waterfall').waitFor();
    // What was only not enough has stayed.
    await expect.poll(() => shown.locator('.crumbs').textContent()).toBe('Import / run-7');
    expect(reports()).toEqual([]);
  });

  test.each([
    ['a gzip file', Buffer.from([0x1f, 0x8b, 0, 0]), 'expected JSON, got a gzip file: unpack it first'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]), 'expected JSON as text in UTF-8, got other bytes'],
  ])('of %s', async (_name, bytes, message) => {
    const shown = await open();
    await choose(shown, fileOf('wrong.bin', bytes));
    await expect.poll(() => shown.locator('[role=alert]').textContent()).toContain(`wrong.bin: ${message}`);
  });

  test('of a page that misses events, below the run', async () => {
    const shown = await open();
    await paste(shown, printed(events.slice(0, 12), { NextToken: 'abc' }));
    await shown.locator('.waterfall').waitFor();
    expect(await shown.locator('.left-out').textContent()).toContain('events after 12 are missing');
  });
});

test('25,000 events of 20 MB are read while the page answers', async () => {
  const shown = await open();
  const file = fileOf('long.json', longHistory(25_000, 330));
  await shown.evaluate(() => {
    const pieces: number[] = [];
    globalThis.TextDecoder = class extends TextDecoder {
      override decode(bytes?: ArrayBufferView, options?: TextDecodeOptions): string {
        pieces.push(bytes?.byteLength ?? 0);
        return super.decode(bytes, options);
      }
    };
    const { subtle } = crypto;
    const digest = subtle.digest.bind(subtle);
    subtle.digest = (algorithm, bytes) => {
      pieces.push(bytes.byteLength);
      return digest(algorithm, bytes);
    };
    Object.assign(globalThis, { pieces });
    let turns = 0;
    setInterval(() => {
      if (document.querySelector('.import-form [role=status]')) turns += 1;
      Object.assign(globalThis, { turns });
    }, 5);
  });
  await choose(shown, file);
  await shown.locator('.waterfall').waitFor();
  // Read at once, nothing else has its turn until all is there.
  expect(await shown.evaluate(() => (globalThis as unknown as { turns: number }).turns)).toBeGreaterThan(10);
  // A digest or a text of 20 MB takes longer than 50 ms at once.
  const pieces = await shown.evaluate(() => (globalThis as unknown as { pieces: number[] }).pieces);
  expect(pieces.length).toBeGreaterThan(20);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(1_000_000);
  const links = await hrefs(shown);
  await goTo(shown, links[2] ?? '');
  await shown.locator('.history .virtual').evaluate((box) => {
    box.scrollTop = box.scrollHeight;
  });
  await expect.poll(() => shown.locator('.history [role=row]').last().getAttribute('aria-rowindex')).toBe('25001');
});

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1_440, 320])('has no barrier that axe-core finds, nor is it wider than %i px', async (width) => {
    const shown = await open({ scheme, width });
    const found = [...(await barriers(shown))];
    await choose(shown, fileOf('execution.json', describedExecution(events)));
    await shown.locator('.import-problem').waitFor();
    await shown.locator('.import-given').waitFor();
    found.push(...(await barriers(shown)));
    await paste(shown, history);
    await shown.locator('.waterfall').waitFor();
    for (const link of await hrefs(shown)) {
      await goTo(shown, link);
      await shown.waitForTimeout(100);
      found.push(...(await barriers(shown)).map((barrier) => `${link} ${barrier}`));
    }
    await goTo(shown, '#/import');
    await shown.locator('.table-box').waitFor();
    expect([...found, ...(await barriers(shown))]).toEqual([]);
  });
});

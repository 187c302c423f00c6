/// <reference lib="dom" />
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { endedAt, harbors, orders, runWithResults } from '../result-fixture.ts';
import { barriers, browserKit } from './kit.ts';

const { openFile: open, reports } = browserKit();

const hash = '#/result/orders';

const ready = async (page: Page): Promise<Page> => {
  await page.locator('.result-table').first().waitFor();
  return page;
};

const opened = async (results = harbors(40), options: Parameters<typeof open>[1] = {}): Promise<Page> =>
  ready(await open(runWithResults(results), { hash, ...options }));

const marked = (page: Page): Promise<string | null> => page.locator('.world .mark').getAttribute('data-place');

describe('the result of a run', () => {
  test('is a map, a chart with its table, and a ranking, with units, counts and the origin of the data', async () => {
    const shown = await opened({ ...harbors(40), finding: '40 harbors had 820 ships' });
    expect(await shown.locator('h1').textContent()).toBe('orders: 40 harbors had 820 ships');
    expect(await shown.locator('.lead').textContent()).toBe('Wave dev, run run-1, ended 27 Nov 2026, 06:45:20 UTC');
    expect(await shown.locator('.provenance').textContent()).toBe('Invented harbors');
    expect(await shown.locator('.world').getAttribute('aria-label')).toContain('Ships at harbors: 40 places');
    expect(await shown.locator('.dots path').count()).toBe(10);
    expect(await shown.getByText('40 places on the map').count()).toBe(1);
    expect(await shown.locator('.series svg').getAttribute('aria-label')).toBe(
      'Ships by month: 12 values, from 10 ships (2026-1) to 21 ships (2026-12)',
    );
    const months = shown.getByRole('table', { name: 'Ships by month' });
    expect(await months.getByRole('row').allTextContents()).toEqual([
      'labelships',
      ...Array.from({ length: 12 }, (_, month) => `2026-${month + 1}${10 + month}`),
    ]);
    expect(await shown.locator('.notes').textContent()).toBe('ships of a day');
    expect(reports()).toEqual([]);
  });

  test('marks on the map the row that has the focus, and the row that is open', async () => {
    const shown = await opened();
    const ranking = shown.getByRole('table', { name: 'Harbors by ships' });
    await ranking.getByRole('link', { name: 'Harbor 0', exact: true }).focus();
    await expect.poll(() => marked(shown)).toBe('0');
    await shown.keyboard.press('j');
    await expect.poll(() => marked(shown)).toBe('1');
    await shown.keyboard.press('Enter');
    await expect.poll(() => shown.locator('.detail h2').textContent()).toBe('Harbor 1');
    expect(await shown.locator('.detail .facts').textContent()).toBe('Number2nameHarbor 1ships39');
    await shown.keyboard.press(']');
    await expect.poll(() => shown.locator('.detail h2').textContent()).toBe('Harbor 2');
    await expect.poll(() => marked(shown)).toBe('2');
    await shown.keyboard.press('Escape');
    await expect.poll(() => shown.locator('.detail').count()).toBe(0);
    await expect.poll(() => shown.evaluate(() => document.activeElement?.textContent)).toBe('Harbor 2');
    await shown.reload();
    expect(reports()).toEqual([]);
  });

  test('opens the point that is clicked, and nothing on the open sea', async () => {
    const source = harbors(1);
    const shown = await opened(source);
    const box = await shown.locator('.world').boundingBox();
    if (!box) throw new Error('the map has a place');
    await shown.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(() => shown.locator('.detail').count()).toBe(0);
    // Longitude -180, latitude -80: at the left of the lower edge.
    const dot = await shown.locator('.world .dots path').boundingBox();
    if (!dot) throw new Error('the point has a place');
    await shown.mouse.click(dot.x + dot.width / 2, dot.y + dot.height / 2);
    await expect.poll(() => shown.locator('.detail h2').textContent()).toBe('Harbor 0');
  });

  test('is searched and sorted', async () => {
    const shown = await opened();
    const ranking = shown.getByRole('table', { name: 'Harbors by ships' });
    const rows = ranking.locator('[data-row]');
    await ranking.getByRole('button', { name: 'ships' }).click();
    await expect
      .poll(() => ranking.getByRole('columnheader', { name: 'ships' }).getAttribute('aria-sort'))
      .toBe('descending');
    await ranking.getByRole('button', { name: 'ships' }).click();
    await expect.poll(() => rows.first().textContent()).toBe('Harbor 39');
    const search = shown.getByRole('searchbox', { name: 'Search in Harbors by ships' });
    await search.fill('harbor 3');
    await expect.poll(() => rows.count()).toBe(11);
    expect(await shown.getByText('11 of 40 rows').count()).toBe(1);
    await search.fill('nowhere');
    await expect.poll(() => shown.locator('.result-table .empty').textContent()).toContain('change the search');
    expect(reports()).toEqual([]);
  });

  test.each([0, 1, 10_000])('has %i rows, and scrolls to the last of them', async (count) => {
    const shown = await opened(harbors(count));
    const ranking = shown.getByRole('table', { name: 'Harbors by ships' });
    if (count === 0) {
      expect(await shown.locator('.result-table .empty').textContent()).toBe('This table has no rows.');
      expect(await shown.getByText('0 places on the map').count()).toBe(1);
      return;
    }
    const rows = ranking.locator('[data-row]');
    expect(await rows.count()).toBeLessThan(60);
    await ranking.locator('.virtual').evaluate((box) => {
      box.scrollTop = box.scrollHeight;
    });
    await expect.poll(() => rows.last().textContent()).toBe(`Harbor ${count - 1}`);
    expect(reports()).toEqual([]);
  });

  test('has hostile names as text', async () => {
    const names = ['<img src=x onerror=alert(1)>', '__proto__', `\u202e${'x'.repeat(78)}`, '</script><script>alert(2)'];
    const hostile = harbors(4, (index) => names[index] ?? '');
    const shown = await opened({
      ...hostile,
      finding: names[0],
      series: [{ title: '__proto__', unit: '<b>', values: names.map((label, value) => ({ label, value })) }],
    });
    expect(await shown.locator('main img, main script, main b').count()).toBe(0);
    const ranking = shown.getByRole('table', { name: 'Harbors by ships' });
    expect(await ranking.locator('[data-row]').allTextContents()).toEqual([
      names[0],
      '__proto__',
      `[U+202E]${'x'.repeat(78)}`,
      names[3],
    ]);
    expect(await shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(reports()).toEqual([]);
  });
});

describe('where there is no result', () => {
  test('a workload that reports none is named', async () => {
    const none = { ...orders, reports: false, runs: [] };
    const shown = await open(runWithResults(undefined, [none]), { hash });
    expect(await shown.locator('h1').textContent()).toBe('orders reports no results');
    expect(await shown.locator('.empty').textContent()).toContain('This workload reports no results: ');
  });

  test('an earlier time of the strip has none yet, and the end of the run has', async () => {
    const shown = await open(runWithResults(harbors(2)), {
      hash: `${hash}?at=${new Date(endedAt - 1_000).toISOString()}`,
    });
    expect(await shown.locator('h1').textContent()).toBe('orders has no results yet');
    expect(await shown.locator('.empty').textContent()).toContain('move the strip to the right');
    await shown.keyboard.press('.');
    await ready(shown);
    await expect.poll(() => shown.locator('h1').textContent()).toBe('orders has results');
  });

  test('a run that wrote nothing says so', async () => {
    const shown = await open(runWithResults({ tables: [] }), { hash });
    await expect.poll(() => shown.locator('h1').textContent()).toBe('orders wrote no results');
    expect(await shown.locator('.empty').textContent()).toContain('This run wrote no results');
  });

  test('a file without the answer says where it is', async () => {
    const shown = await open(runWithResults(undefined), { hash });
    await expect.poll(() => shown.locator('.empty').textContent()).toContain('npx crosswind console');
  });

  test('a tenant that nobody knows is named, and the others can be chosen', async () => {
    const other = { ...orders, tenant: '__proto__', runs: [] };
    const shown = await open(runWithResults(harbors(1), [orders, other]), { hash: '#/result/nobody' });
    expect(await shown.locator('h1').textContent()).toBe('No tenant nobody here');
    await shown.getByRole('link', { name: '__proto__' }).click();
    await expect.poll(() => shown.locator('h1').textContent()).toBe('__proto__ has no results yet');
  });

  test('a table alone is a table', async () => {
    const shown = await opened({ tables: harbors(3).tables });
    expect(await shown.locator('.world, .series').count()).toBe(0);
    expect(await shown.locator('[data-row]').count()).toBe(3);
  });
});

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1_440, 320])('the view has no barrier that axe-core finds, nor is it wider than %i px', async (width) => {
    const shown = await opened(harbors(300), { scheme, width });
    expect(await barriers(shown)).toEqual([]);
    await shown.locator('.result-table [data-row]').first().click();
    await shown.locator('.detail').waitFor();
    expect(await barriers(shown)).toEqual([]);
  });
});

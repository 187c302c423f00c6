/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriers, browserKit, goTo } from '@crosswind/console/testing/browser-kit';
import { type ServedSandbox, servedConsole } from '../cli/served-sandbox.ts';

const { newPage, reports } = browserKit();

let served: ServedSandbox;
beforeAll(async () => {
  served = await servedConsole('--objects', '20');
});
afterAll(() => served.stop());

/** The game day of a served page that takes the least time. */
const game = 'healthy-parent';

/** Time for a synthesis, a deployment and a game day of virtual minutes, on a machine that does other work. */
const minutes = { timeout: 280_000 };
const testMinutes = 300_000;

/** Opens the game day on a page of its own. */
async function open(): Promise<Page> {
  const page = await newPage({ viewport: { width: 1_440, height: 900 } });
  await page.goto(/http:\S+#token=\S+/.exec(served.stdout())?.[0] ?? '');
  await page.locator('#main h1').waitFor();
  await goTo(page, `#/gamedays/${game}`);
  await page.locator('.detail').waitFor();
  return page;
}

const outcome = (page: Page) => () => page.locator('.detail').textContent();
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

test('a game day is ended from the page, which says that it has no outcome', { timeout: testMinutes }, async () => {
  const page = await open();
  await press(page, 'Play it');
  await expect.poll(() => page.locator('.playing').textContent()).toContain('synthesizing the platform of game days');
  await expect.poll(outcome(page)).toContain('It is played now.');
  expect(await page.getByRole('button', { name: 'Play it' }).count()).toBe(0);
  await press(page, 'End it');
  await expect
    .poll(() => page.locator('.games-view, [role=status]').allTextContents(), minutes)
    .toContain(`${game} was ended before its last minute: it has no outcome.`);
  expect(await page.locator('.playing').count()).toBe(0);
  await expect.poll(outcome(page)).toContain('It has not been played.');
  expect(await barriers(page)).toEqual([]);
  expect(reports()).toEqual([]);
});

test(
  'a game day is played from the page, which shows how far it is and what came of it',
  { timeout: testMinutes },
  async () => {
    const page = await open();
    await press(page, 'Play it');
    const playing = page.locator('.playing');
    await expect.poll(() => playing.textContent()).toMatch(/Playing.*healthy-parent/);
    // What was ended before is no longer said.
    expect(await page.locator('main [role=status]').textContent()).toBe('');
    await expect.poll(() => playing.textContent(), minutes).toContain('sandbox of its own');
    await expect.poll(() => playing.textContent(), { ...minutes, interval: 20 }).toMatch(/minute \d+ of \d+/);
    expect(await playing.locator('progress').getAttribute('value')).toMatch(/^\d+$/);
    await expect.poll(() => playing.count(), minutes).toBe(0);
    await expect.poll(outcome(page)).toContain('Passed. played here');
    expect(await page.locator('.games [data-row]').allTextContents()).toContain(game);
    expect(reports()).toEqual([]);
  },
);

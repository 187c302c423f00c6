/// <reference lib="dom" />
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { GameDaysModel } from '../../src/models/game-days.ts';
import { noSections } from '../../src/models/sections.ts';
import { game, outcomeOf } from '../game-days-fixture.ts';
import { stuckRun } from '../stuck-run.ts';
import { barriers, browserKit } from './kit.ts';

const { openFile: open, reports } = browserKit();

const played = {
  ...game('write-denied'),
  outcome: outcomeOf({
    passed: false,
    fired: [{ alarm: 'early', of: [], at: 4, clearedAt: 5 }],
    missing: ['late'],
    unexpected: ['early'],
    wrong: ['`crosswind why` claims nothing'],
  }),
};

const few: GameDaysModel = { games: [game('quiet'), played, game('slow')], playing: null, problems: [] };

const opened = (model: Partial<GameDaysModel>, options: Parameters<typeof open>[1] = {}): Promise<Page> =>
  open(
    { ...stuckRun(), sections: { ...noSections, gameDays: { ...few, ...model } } },
    { hash: '#/gamedays', ...options },
  );

describe('the game days', () => {
  test('have what failed first, with what was due and what fired in words', async () => {
    const shown = await opened({});
    expect(await shown.locator('h1').textContent()).toBe('1 of 3 game days failed');
    expect(await shown.locator('.views a[aria-current]').textContent()).toContain('1');
    expect(await shown.locator('.games [data-row]').allTextContents()).toEqual(['write-denied', 'quiet', 'slow']);
    const outcomes = await shown.locator('.games .alarm .outcome').allTextContents();
    expect(outcomes.slice(0, 2)).toEqual(['never fired, due in minute 5 to 7', 'not expected, fired in minute 4']);
    expect(await shown.locator('.alarm-due').count()).toBe(3);
    expect(await shown.locator('.alarm-fired').count()).toBe(1);
    expect(reports()).toEqual([]);
  });

  test('are opened by the keyboard alone, with the command to copy', async () => {
    const shown = await opened({});
    for (const key of ['g', 'g', 'j', 'Enter']) await shown.keyboard.press(key);
    await expect.poll(() => shown.locator('.detail h2').textContent()).toBe('write-denied');
    expect(await shown.locator('.detail pre').textContent()).toBe('npx crosswind gameday write-denied');
    const text = await shown.locator('.detail').textContent();
    expect(text).toContain('Failed. played here, 27 Nov 2026, 06:00:00.000 UTC in real time');
    expect(text).toContain('early fired and was not expected');
    expect(text).toContain('Fix: allow it again.');
    // A file can start nothing.
    expect(await shown.getByRole('button', { name: 'Play it' }).count()).toBe(0);
    await shown.getByRole('button', { name: 'Copy command' }).click();
    await expect.poll(() => shown.locator('.off-screen[role=status]').textContent()).toBe('command copied');
    await shown.keyboard.press(']');
    await expect.poll(() => shown.locator('.detail h2').textContent()).toBe('quiet');
    expect(await shown.locator('.detail').textContent()).toContain('It has not been played.');
    await shown.keyboard.press('Escape');
    await expect.poll(() => shown.locator('.detail').count()).toBe(0);
    await shown.keyboard.press('/');
    await shown.keyboard.type('slow');
    await expect.poll(() => shown.locator('.games [data-row]').allTextContents()).toEqual(['slow']);
    await shown.keyboard.type(' nothing');
    await expect.poll(() => shown.locator('.games-view .empty').textContent()).toContain('change the search');
  });

  test.each([
    ['the row that was open', [], 'A'],
    ['the search that was asked for in the same frame', ['/'], 'INPUT'],
  ])('give the focus, once closed, to %s', async (_what, more, expected) => {
    const shown = await opened({}, { hash: '#/gamedays/quiet' });
    await shown.locator('.detail h2').waitFor();
    const focused = await shown.evaluate(
      async (keys) => {
        for (const key of keys) {
          document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
          await Promise.resolve();
        }
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return document.activeElement?.tagName;
      },
      ['Escape', ...more],
    );
    expect(focused).toBe(expected);
  });

  test('show the one that is played now, and what could not be read', async () => {
    const playing = { name: 'quiet', doing: 'playing', minute: 12, minutes: 60 };
    const shown = await opened({ playing, problems: ['out/gamedays.json is not a report: write it again'] });
    expect(await shown.locator('.empty').textContent()).toContain('write it again');
    expect(await shown.locator('.games .chip').nth(1).textContent()).toBe('Playing');
  });

  test.each([0, 1, 10_000])('are %i, and scroll to the last of them', async (count) => {
    const games = Array.from({ length: count }, (_, index) => game(`game-${index}`));
    const shown = await opened({ games });
    if (count === 0) {
      expect(await shown.locator('h1').textContent()).toBe('There is no game day');
      expect(await shown.locator('.empty').textContent()).toContain('local.ts');
      return;
    }
    await shown.locator('.games .virtual').evaluate((box) => {
      box.scrollTop = box.scrollHeight;
    });
    await expect.poll(() => shown.locator('.games [data-row]').last().textContent()).toBe(`game-${count - 1}`);
    expect(await shown.locator('.games [role=row]').count()).toBeLessThan(70);
    expect(reports()).toEqual([]);
  });

  test('have hostile names as text', async () => {
    const hostile = ['<img src=x onerror=alert(1)>', '__proto__', `\u202e${'x'.repeat(78)}`];
    const games = hostile.map((name) => ({
      ...game(name),
      title: name,
      expected: [{ alarm: name, of: [name], fires: [1, 2] as const, clears: [3, 4] as const }],
    }));
    const shown = await opened({ games }, { hash: '#/gamedays/__proto__' });
    await expect.poll(() => shown.locator('.detail h2').textContent()).toBe('__proto__');
    expect(await shown.locator('main img').count()).toBe(0);
    expect(await shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(reports()).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1_440, 320])('the view has no barrier that axe-core finds, nor is it wider than %i px', async (width) => {
    const playing = { name: 'slow', doing: 'synthesizing', minute: null, minutes: 60 };
    const shown = await opened({ playing }, { scheme, width });
    expect(await barriers(shown)).toEqual([]);
    await shown.locator('.games [data-row]').first().click();
    await shown.locator('.detail').waitFor();
    expect(await barriers(shown)).toEqual([]);
  });
});

/// <reference lib="dom" />
import type { JsonObject } from '@crosswind/aws/json';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { largeRun } from '../large-run.ts';
import { stuckRun } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { openFile: open, reports } = browserKit();

const parent = '#/runs/333333333333/parent/run-1';

/** Text of the time that the waterfall shows. */
const shownTime = (page: Page) => page.locator('.fall-tools > .quiet').textContent();

/** Names of what is under the pointer, every few pixels of a lane. */
async function pointedAlong(page: Page, lane: number): Promise<readonly string[]> {
  const found: string[] = [];
  const box = await page.locator(`[data-lane="${lane}"]`).boundingBox();
  if (!box) throw new Error(`there is no lane ${lane}`);
  for (let x = 2; x < box.width; x += 25) {
    await page.mouse.move(box.x + x, box.y + 15);
    found.push((await page.locator('.pointed').textContent()) ?? '');
  }
  return found;
}

describe('the waterfall', () => {
  test('is zoomed by keys, and its address has the time that is shown', async () => {
    const shown = await open(stuckRun(), { hash: `${parent}/waterfall` });
    await expect.poll(() => shownTime(shown)).toBe('05:30:20 to 06:45:20 UTC');
    await shown.keyboard.press('+');
    await shown.keyboard.press('+');
    await expect.poll(() => shown.evaluate(() => location.hash)).toMatch(/from=.+&to=.+/);
    const zoomed = await shownTime(shown);
    expect(zoomed).not.toBe('05:30:20 to 06:45:20 UTC');
    // The browser's address follows a quick change a little later.
    await shown.waitForTimeout(200);
    const address = await shown.evaluate(() => location.hash);
    await shown.keyboard.press('0');
    await expect.poll(() => shownTime(shown)).toBe('05:30:20 to 06:45:20 UTC');
    await expect.poll(() => shown.evaluate(() => location.hash)).not.toContain('from=');
    await goTo(shown, address);
    await expect.poll(() => shownTime(shown)).toBe(zoomed);
    await shown.keyboard.press('-');
    await shown.keyboard.press('-');
    await expect.poll(() => shownTime(shown)).toBe('05:30:20 to 06:45:20 UTC');
    expect(reports()).toEqual([]);
  });

  test('is zoomed by the wheel, and what is under the pointer stays there; dragging moves it', async () => {
    const shown = await open(largeRun({ events: 71, states: 10 }), { hash: `${parent}/waterfall` });
    const lane = shown.locator('[data-lane="8"]');
    const box = await lane.boundingBox();
    if (!box) throw new Error('the row of the third state has a lane');
    const [x, y] = [box.x + box.width * 0.3, box.y + 15];
    const spanStart = () =>
      lane
        .locator('path')
        .first()
        .evaluate((path) => path.getBoundingClientRect().left);
    await shown.mouse.move(await spanStart(), y);
    const before = await spanStart();
    await shown.keyboard.down('Control');
    for (let step = 0; step < 8; step += 1) await shown.mouse.wheel(0, -100);
    await shown.keyboard.up('Control');
    await expect.poll(() => shownTime(shown)).not.toBe('05:30:20 to 06:45:20 UTC');
    await shown.waitForTimeout(200);
    expect(Math.abs((await spanStart()) - before)).toBeLessThan(2);
    await shown.mouse.move(x, y);
    await shown.mouse.down();
    await shown.mouse.move(x + 60, y, { steps: 4 });
    await shown.mouse.up();
    await expect.poll(async () => Math.round((await spanStart()) - before)).toBeGreaterThan(50);
    // Dragging is no click: no event is open.
    expect(await shown.evaluate(() => location.hash)).toContain('/waterfall');
    expect(reports()).toEqual([]);
  });

  test('draws the same on a canvas and as elements: pointer and pixels agree', async () => {
    // All states in one row are more than elements are drawn for; the same spans, ten at a time, are elements.
    const shown = await open(largeRun({ events: 351, states: 1 }), { hash: `${parent}/waterfall` });
    await shown.locator('[data-lane="6"] canvas').waitFor();
    await shown.locator('[data-zoom="in"]').click();
    const canvas = await pointedAlong(shown, 6);
    expect(new Set(canvas.map((text) => /: (\w+)/.exec(text)?.[1])).size).toBeGreaterThan(2);
    const pixels = await shown.locator('[data-lane="6"] canvas').evaluate((element) => {
      const context = (element as HTMLCanvasElement).getContext('2d');
      const width = element.clientWidth;
      const row = [...(context?.getImageData(0, 15, width, 1).data ?? [])];
      return Array.from({ length: Math.ceil((width - 2) / 25) }, (_, index) => {
        const [red = 0, green = 0, blue = 0, alpha = 0] = row.slice(4 * (2 + index * 25));
        return alpha === 0
          ? 'none'
          : red > green && red > blue
            ? 'failed'
            : green >= red && green > blue
              ? 'done'
              : 'other';
      });
    });
    const agreed = canvas.filter((text, index) => {
      const pixel = pixels[index];
      if (pixel === 'failed' || pixel === 'done') return text.includes(`: ${pixel}`);
      return true;
    });
    expect(pixels.filter((pixel) => pixel === 'failed' || pixel === 'done').length).toBeGreaterThan(5);
    expect(agreed).toEqual(canvas);
    // Closer, the same spans are elements: the browser finds there the span that the page names.
    const svg = shown.locator('[data-lane="6"] svg');
    for (let press = 0; press < 14 && (await svg.count()) === 0; press += 1) {
      await shown.keyboard.press('+');
      await shown.waitForTimeout(50);
    }
    await svg.waitFor();
    const elements = await pointedAlong(shown, 6);
    const box = await shown.locator('[data-lane="6"]').boundingBox();
    const paints = await shown.evaluate(
      ({ left, top, width }) =>
        Array.from({ length: Math.ceil((width - 2) / 25) }, (_, index) =>
          (document.elementFromPoint(left + 2 + index * 25, top + 15)?.getAttribute('class') ?? '').replace(
            /.*kind-/,
            '',
          ),
        ),
      { left: box?.x ?? 0, top: box?.y ?? 0, width: box?.width ?? 0 },
    );
    const known = paints.flatMap((paint, index) =>
      /^(done|failed|retry|waiting)$/.test(paint) ? [[paint, elements[index]]] : [],
    );
    expect(known.length).toBeGreaterThan(5);
    for (const [paint, text] of known) expect(text).toContain(`: ${paint ?? ''}`);
    expect(reports()).toEqual([]);
  });

  test('is drawn again when the scheme changes or colors are forced', async () => {
    const shown = await open(largeRun({ events: 351, states: 1 }), { hash: `${parent}/waterfall` });
    const canvas = shown.locator('[data-lane="6"] canvas');
    await canvas.waitFor();
    const picture = () => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
    const light = await picture();
    await shown.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(picture).not.toBe(light);
    const dark = await picture();
    await shown.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' });
    await expect.poll(picture).not.toBe(dark);
    await shown.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    await expect.poll(picture).toBe(light);
  });

  test('has 10,000 rows, of which few are drawn, and arrows lead from the first to the last', async () => {
    const shown = await open(largeRun({ events: 70_009, states: 10_000 }), { hash: `${parent}/waterfall` });
    const rows = shown.locator('.fall-row[data-row]');
    await rows.first().waitFor();
    expect(Number(await shown.locator('[role=treegrid]').getAttribute('aria-rowcount'))).toBeGreaterThan(10_000);
    expect(await rows.count()).toBeLessThan(60);
    await rows.first().focus();
    const place = () => shown.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'));
    await shown.keyboard.press('ArrowDown');
    await expect.poll(place).toBe('3');
    await shown.keyboard.press('End');
    const last = await shown.locator('[role=treegrid]').getAttribute('aria-rowcount');
    await expect.poll(place).toBe(last);
    await shown.keyboard.press('Home');
    await expect.poll(place).toBe('2');
    await shown.keyboard.press('ArrowLeft');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().getAttribute('aria-expanded')).toBe('false');
    expect(reports()).toEqual([]);
  });
});

describe('a Map Run', () => {
  test('is chosen where an execution has several, and has an address of its own', async () => {
    const source = stuckRun();
    const executions = source.executions.map((each) => ({
      ...each,
      mapRuns: each.mapRuns.flatMap((mapRun) => [
        mapRun,
        { ...mapRun, state: 'Second', mapRunArn: 'arn:aws:states:us-east-1:444444444444:mapRun:child/second:2' },
      ]),
    }));
    const shown = await open({ ...source, executions }, { hash: `${parent}/batches` });
    const title = () => shown.locator('.map-run h2').textContent();
    expect(await title()).toContain('Analyze objects');
    await shown.locator('nav[aria-label="Map Runs"] a').last().click();
    await expect.poll(title).toContain('Second');
    expect(await shown.evaluate(() => location.hash)).toBe(`${parent}/batches/second`);
    expect(await shown.locator('.sub-views [aria-current]').textContent()).toContain('Batches');
    await goTo(shown, `${parent}/batches/third`);
    await expect.poll(() => shown.locator('.empty').textContent()).toContain('No Map Run of this label');
    expect(reports()).toEqual([]);
  });
});

describe('the graph', () => {
  test('is fitted, zoomed by keys, and listed as the same table', async () => {
    const shown = await open(stuckRun(), { hash: `${parent}/graph` });
    const size = () => shown.locator('.tools .size').textContent();
    expect(await size()).toBe('100 %');
    const wide = await shown.locator('.state').first().boundingBox();
    await shown.keyboard.press('-');
    await shown.keyboard.press('-');
    await expect.poll(size).toBe('64 %');
    expect((await shown.locator('.state').first().boundingBox())?.width).toBeCloseTo((wide?.width ?? 0) * 0.64, 0);
    await shown.keyboard.press('0');
    await expect.poll(size).toBe('100 %');
    const names = () => shown.locator('main [data-row] .name').allTextContents();
    const drawn = await names();
    expect(drawn.slice(0, 3)).toEqual(['Start child', 'Child failed', 'Outcome']);
    await shown.getByText('Same as table').click();
    await shown.locator('.states').first().waitFor();
    expect(await names()).toEqual(drawn);
    await shown.locator('.states a').first().click();
    await shown.locator('.detail').waitFor();
    expect(await shown.locator('.detail h2').first().textContent()).toBe('Start child');
    expect(reports()).toEqual([]);
  });

  test('shows all executions next to an open state, until somebody zooms', async () => {
    const shown = await open(stuckRun(), { hash: `${parent}/graph`, width: 1_200 });
    const size = () => shown.locator('.tools .size').textContent();
    await expect.poll(size).toBe('100 %');
    await shown.locator('.state').first().click();
    await expect.poll(size).not.toBe('100 %');
    const [wide, room] = await shown.locator('.frames').evaluate((box) => [box.scrollWidth, box.clientWidth] as const);
    expect(wide).toBeLessThanOrEqual(room);
    await shown.keyboard.press('+');
    const chosen = await size();
    await shown.keyboard.press('Escape');
    await expect.poll(() => shown.locator('.detail').count()).toBe(0);
    expect(await size()).toBe(chosen);
  });

  test('of 400 states fits the width', async () => {
    const source = stuckRun();
    const names = Array.from({ length: 400 }, (_, index) => `A state with a name that is rather long ${index}`);
    const states: readonly (readonly [string, JsonObject])[] = [
      [
        'Choose',
        {
          Type: 'Choice',
          Choices: names.slice(0, 20).map((Next) => ({ Condition: '{% true %}', Next })),
          Default: names[0] ?? '',
        },
      ],
      ...names.map((name, index): readonly [string, JsonObject] => {
        const next = names[index + 20];
        return [name, next === undefined ? { Type: 'Succeed' } : { Type: 'Pass', Next: next }];
      }),
    ];
    const definition = { StartAt: 'Choose', States: Object.fromEntries(states) };
    const executions = source.executions.map((each, index) => (index === 0 ? { ...each, definition } : each));
    const shown = await open({ ...source, executions }, { hash: `${parent}/graph` });
    await expect.poll(() => shown.locator('.frame-box').first().locator('.state').count()).toBe(401);
    const width = async () => (await shown.locator('.machine-box').first().boundingBox())?.width ?? 0;
    const room = await shown.locator('.frames').evaluate((box) => box.clientWidth);
    expect(await width()).toBeGreaterThan(room);
    await shown.keyboard.press('0');
    await expect.poll(width).toBeLessThan(room - 20);
    expect(await width()).toBeGreaterThan(room - 40);
    expect(reports()).toEqual([]);
  });
});

test.each([
  ['3,000 objects', { batches: 6 }],
  ['20,000 objects', { batches: 40 }],
  ['1,200 batches and 25,000 events', { batches: 1_200, events: 25_001 }],
])('a file with %s opens from disk, in every view of the run', async (_, size) => {
  const shown = await open(largeRun(size), { hash: `${parent}/waterfall` });
  for (const view of ['waterfall', 'graph', 'history', 'batches']) {
    await goTo(shown, `${parent}/${view}`);
    await shown.locator(`.sub-views [aria-current]`, { hasText: new RegExp(view, 'i') }).waitFor();
    await expect.poll(() => shown.locator('main [data-row]').count()).toBeGreaterThan(0);
  }
  expect(reports()).toEqual([]);
});

test('a focused row stays where it is while one scrolls, and the focus goes on from it', async () => {
  const shown = await open(largeRun({ events: 10_001 }), { hash: `${parent}/history` });
  await shown.keyboard.press('j');
  const focused = () =>
    shown.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex'));
  await expect.poll(focused).toBe('2');
  await shown.locator('.history .virtual').evaluate((box) => {
    box.scrollTop = 100_000;
  });
  await expect.poll(() => shown.locator('.history [role=row]').last().getAttribute('aria-rowindex')).not.toBe('38');
  expect(await focused()).toBe('2');
  expect(reports()).toEqual([]);
});

test.each(['light', 'dark'] as const)('large runs have no barrier that axe-core finds, in %s', async (scheme) => {
  const found: string[] = [];
  for (const width of [1_440, 320]) {
    const shown = await open(largeRun({ batches: 1_200, events: 701, states: 2 }), { scheme, width });
    for (const view of ['waterfall', 'graph', 'history', 'batches']) {
      await goTo(shown, `${parent}/${view}`);
      await shown.waitForTimeout(200);
      if (view === 'graph') await shown.getByText('Same as table').click();
      found.push(...(await barriers(shown)).map((barrier) => `${width} ${view} ${barrier}`));
    }
    await shown.close();
  }
  expect(found).toEqual([]);
});

/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { noSections } from '../../src/models/sections.ts';
import { alarmOf, changed } from '../alarm-fixture.ts';
import { largeRun } from '../large-run.ts';
import { organizationOf } from '../org-fixture.ts';
import { browserKit } from './kit.ts';

const { openFile, reports } = browserKit();

const run = largeRun({ events: 500 });
const organization = organizationOf({ tenants: 3 });
const late = alarmOf({ name: 'late', history: [...alarmOf({ name: 'late' }).history, changed(20, 'ALARM')] });
const source = { ...run, sections: { ...noSections, organization, alarms: [late] } };

/** Opens a view as somebody sees it whose system has a few colors only. */
async function open(hash: string, scheme: 'light' | 'dark'): Promise<Page> {
  const page = await openFile(source, { hash, scheme });
  await page.emulateMedia({ forcedColors: 'active', colorScheme: scheme });
  return page;
}

/** Marks that look like the ground: no line, no area and no letter has another color. */
const lost = (page: Page, selector: string): Promise<readonly string[]> =>
  page.locator(selector).evaluateAll((marks) => {
    const probe = document.createElement('p');
    probe.style.color = 'Canvas';
    document.body.append(probe);
    const ground = getComputedStyle(probe).color;
    probe.remove();
    const isSeen = (color: string): boolean => color !== 'none' && color !== ground && !/^rgba\(.*, 0\)$/.test(color);
    return marks
      .filter((mark) => {
        const { fill, stroke, backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(mark);
        if (mark instanceof SVGElement) return !isSeen(fill) && !isSeen(stroke);
        return !isSeen(backgroundColor) && !(borderTopWidth !== '0px' && isSeen(borderTopColor));
      })
      .map((mark) => `${mark.tagName} ${mark.getAttribute('class') ?? ''}`);
  });

const parent = '#/runs/333333333333/parent/run-1';

test.each(
  (['light', 'dark'] as const).flatMap((scheme) =>
    [
      ['states and their spans', `${parent}/waterfall`, '.lane svg .span'],
      ['words of a state', `${parent}/waterfall`, '.chip'],
      ['runs of the strip', `${parent}/waterfall`, '.strip-run'],
      ['states of a graph', `${parent}/graph`, '.frame-box .state'],
      ['lines of a graph', `${parent}/graph`, '.frame-box path:not(.cut)'],
      ['accounts', '#/organization', '.account-box'],
      ['states of an alarm', '#/alarms', '.virtual .chip'],
    ].map(([what = '', hash = '', selector = '']) => ({ scheme, what, hash, selector })),
  ),
)('with forced colors, $what are still seen ($scheme)', async ({ scheme, hash, selector }) => {
  const page = await open(hash, scheme);
  await page.locator(selector).first().waitFor({ state: 'attached' });
  expect(await lost(page, selector)).toEqual([]);
  expect(reports()).toEqual([]);
});

test('with forced colors, letters of the waterfall are not below their own outline', async () => {
  const page = await open(`${parent}/waterfall`, 'light');
  const notes = page.locator('.lane text.note', { hasText: 'wind-child' });
  await notes.first().waitFor();
  const outlines = await page.locator('.lane text').evaluateAll((texts) =>
    texts.map((text) => {
      const { stroke, paintOrder } = getComputedStyle(text);
      return stroke === 'none' || paintOrder.startsWith('stroke');
    }),
  );
  expect(outlines.length).toBeGreaterThan(0);
  expect(outlines).not.toContain(false);
});

test('with forced colors, a row on a canvas has its boxes, and a frame around idle time', async () => {
  const page = await open(`${parent}/waterfall`, 'light');
  const drawn = () =>
    page.locator('.lane-canvas').evaluateAll((canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const { data } = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height) ?? {
          data: [],
        };
        const columns = Array.from({ length: width }, (_, x) => (data[(2 * width + x) * 4 + 3] ?? 0) > 0);
        return { hasFrame: columns.some(Boolean), hasBoxes: data.some((value, index) => index % 4 === 3 && value > 0) };
      }),
    );
  await page.locator('.lane-canvas').first().waitFor();
  await expect.poll(async () => (await drawn()).every(({ hasBoxes }) => hasBoxes)).toBe(true);
  await expect.poll(async () => (await drawn()).every(({ hasFrame }) => hasFrame)).toBe(true);
});

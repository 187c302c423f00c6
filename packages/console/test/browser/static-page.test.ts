/// <reference lib="dom" />
import { describe, expect, test } from 'vitest';
import { runViews } from '../../src/models/address.ts';
import { batchesOf, type Names, plainNames, start, stuckRun } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { openFile: open, reports } = browserKit();

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
    expect(reports()).toEqual([]);
  });

  test.each([
    [900, true],
    [500, false],
  ])(
    'in a window of %i px, the time and the word "simulated" stay in sight of who scrolls: %s',
    async (height, stay) => {
      const shown = await open(stuckRun(), { hash: `${parent}/data` });
      await shown.setViewportSize({ width: 1_440, height });
      await shown.locator('#main').evaluate((main) => {
        main.style.minHeight = '3000px';
        scrollTo(0, 1_000);
      });
      await expect.poll(() => shown.evaluate(() => scrollY)).toBe(1_000);
      const tops = await shown
        .locator('.badge, .strip-now')
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top >= 0));
      expect(tops).toEqual([stay, stay]);
    },
  );

  test.each([1_440, 700, 320])('has whole times or none at the marks of the strip, at %i px', async (width) => {
    const shown = await open(stuckRun(), { width });
    const times = await shown.locator('.strip-mark').evaluateAll((marks) =>
      marks.map((mark) => {
        const range = document.createRange();
        range.selectNodeContents(mark);
        const [box, text] = [mark.getBoundingClientRect(), range.getBoundingClientRect()];
        return text.top >= box.bottom ? 'none' : text.right > box.right ? `cut ${mark.textContent}` : 'whole';
      }),
    );
    expect(times.filter((time) => time.startsWith('cut'))).toEqual([]);
    expect(times.filter((time) => time === 'whole').length).toBeGreaterThan(2);
  });

  test('is stuck at an earlier time of the strip, and all views are at that time', async () => {
    const at = new Date(start + 600_000).toISOString();
    const shown = await open(stuckRun(), { hash: `#/?at=${at}` });
    expect(await shown.locator('h1').textContent()).toBe('1 run is stuck');
    expect(await shown.locator('.strip-now').textContent()).toContain('05:40:20 UTC');
    await shown.keyboard.press('Enter');
    await shown.locator('.waterfall').waitFor();
    expect(await shown.locator('h1').textContent()).toContain('Stuck, started 10 min ago');
    expect(await shown.locator('.fall-row .number').last().textContent()).toBe('120 denied');
    await shown.keyboard.press('.');
    await expect.poll(() => shown.locator('h1').textContent()).toContain('Failed after 1 h 15 min');
    expect(reports()).toEqual([]);
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
    await expect.poll(() => shown.locator('h1').textContent()).toBe('1 run: 1 failed');
    expect(reports()).toEqual([]);
  });

  test('shows hostile names as text in every view', async () => {
    const shown = await open(stuckRun(hostile));
    for (const view of views) {
      await goTo(shown, view.replace('Start%20child', '__proto__'));
      await shown.locator('#main h1').waitFor();
      expect(await shown.locator('main img, main script, main b, main svg[onload]').count()).toBe(0);
      expect(await shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    await goTo(shown, `${parent}/graph`);
    await shown.locator('.state').first().waitFor();
    const names = await shown.locator('.state .name').allTextContents();
    expect(names).toEqual(expect.arrayContaining(['__proto__', hostile.map, `[U+202E]${'x'.repeat(78)}`]));
    expect(reports()).toEqual([]);
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
    await goTo(shown, `${parent}/waterfall`);
    await shown.locator('.waterfall').waitFor();
    expect(reports()).toEqual([]);
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
    expect(await shown.locator('h1').textContent()).toBe('10,000 runs: 10,000 failed');
    for (const [table, hash] of [
      ['runs', '#/runs'],
      ['history', `${parent}-0/history`],
    ] as const) {
      await goTo(shown, hash);
      const rows = shown.locator(`.${table} [role=row]`);
      await shown.locator(`.${table} .virtual`).evaluate((box) => {
        box.scrollTop = box.scrollHeight;
      });
      await expect.poll(() => rows.last().getAttribute('aria-rowindex')).toBe('10001');
      expect(await rows.count()).toBeLessThan(60);
    }
    expect(reports()).toEqual([]);
  });

  test('says that nothing ran where nothing did', async () => {
    const shown = await open({
      ...stuckRun(),
      executions: [],
      decisions: [],
      verdicts: [],
    });
    expect(await shown.locator('h1').textContent()).toBe('Nothing ran yet');
    await goTo(shown, '#/runs/1/2/3/graph');
    await expect.poll(() => shown.locator('h1').textContent()).toBe('No execution 3 is known at this time');
    expect(reports()).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1_440, 320])('no view has a barrier that axe-core finds, nor is it wider than %i px', async (width) => {
    const shown = await open(stuckRun(plainNames), { scheme, width });
    const found: string[] = [];
    for (const view of views) {
      await goTo(shown, view);
      await shown.waitForTimeout(100);
      found.push(...(await barriers(shown)).map((barrier) => `${view} ${barrier}`));
    }
    expect(found).toEqual([]);
  });
});

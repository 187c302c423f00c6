/// <reference lib="dom" />
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runViews } from '../../src/models/address.ts';
import { servedPage } from '../../src/page/served-page.ts';
import { consolePath, liveConsole } from '../../src/server/live/live-console.ts';
import { printed, recorded } from '../imported/recorded.ts';
import { plainNames } from '../stuck-run.ts';
import { ofEach, wholeRun } from '../whole-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { newPage, openFile, reports } = browserKit();

const parent = '#/runs/333333333333/parent/run-1';

/** Every view, and those with something open too. */
const addresses = [
  '#/',
  '#/organization',
  '#/organization/300000000000',
  '#/runs',
  ...runViews.map((view) => `${parent}/${view}`),
  `${parent}/history?event=5`,
  `${parent}/graph?state=Start%20child`,
  '#/dashboards',
  '#/dashboards/dashboards-0',
  '#/alarms',
  '#/alarms/alarms-0',
  '#/permissions',
  '#/result/orders',
  '#/gamedays',
  '#/gamedays/games-0',
  '#/import',
];

const heading = (page: Page) => page.locator('#main h1').first().textContent();

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Opens the next view by its keys, and waits for it. */
async function openView(page: Page, key: string, word: string): Promise<void> {
  await press(page, 'g', key);
  await expect.poll(() => page.locator('.views [aria-current]').textContent()).toContain(word);
  await expect.poll(() => page.locator('main .later').count()).toBe(0);
}

/** Calls `look` in every view, once it is drawn. */
async function inEveryView(page: Page, look: (address: string) => Promise<void>): Promise<void> {
  for (const address of addresses) {
    await goTo(page, address);
    await expect.poll(() => page.evaluate(() => location.hash)).toBe(address);
    await expect.poll(() => page.locator('main .later, main .waiting').count()).toBe(0);
    await page.waitForTimeout(100);
    await look(address);
  }
}

test('moving the strip moves runs, dashboards, alarms and permissions together', async () => {
  const page = await openFile(wholeRun(ofEach(1)));
  const values = () => page.locator('section.widget tbody tr').count();
  const found = async (): Promise<readonly (string | null)[]> => {
    const titles: (string | null)[] = [];
    for (const [key, word] of [
      ['n', 'Now'],
      ['r', 'Runs'],
      ['a', 'Alarms'],
      ['p', 'Permissions'],
      ['d', 'Dashboards'],
    ] as const) {
      await openView(page, key, word);
      titles.push(await heading(page));
    }
    await press(page, 'j', 'Enter');
    await page.locator('section.widget summary').first().click();
    await expect.poll(values).toBeGreaterThan(0);
    return [...titles, await heading(page), `${await values()} values`];
  };
  await page.locator('.strip input').fill('133');
  expect(await page.locator('.strip-now strong').textContent()).toBe('05:40:18 UTC');
  expect(await found()).toEqual([
    '1 run is stuck',
    '1 run: 1 stuck',
    'The one alarm is OK',
    '1 action is denied, 119 times',
    '1 dashboard, no alarm on it is in alarm',
    'The one alarm on this dashboard is OK',
    '2 values',
  ]);
  await press(page, '.');
  expect(await found()).toEqual([
    '1 run ended badly after it was stuck',
    '1 run: 1 failed',
    '1 of 1 alarm is in alarm',
    '1 action is denied, 900 times',
    '1 of 1 dashboard shows alarms that are in alarm',
    '1 of 1 alarm on this dashboard is in alarm',
    '3 values',
  ]);
  expect(reports()).toEqual([]);
});

describe('the keyboard alone', () => {
  test.each([
    ['o', 'Organization', '.detail'],
    ['r', 'Runs', '.waterfall'],
    ['d', 'Dashboards', '.dashboard'],
    ['a', 'Alarms', '.detail'],
    ['p', 'Permissions', '.detail'],
    ['w', 'Result', '.detail'],
    ['g', 'Game days', '.detail'],
  ])('g %s leads to %s, j and Enter open a row, and Esc leads back to it', async (key, word, opened) => {
    const page = await openFile(wholeRun(ofEach(3)));
    await openView(page, key, word);
    await page.locator('main [data-row]').first().waitFor();
    await press(page, 'j');
    const row = await focused(page);
    await press(page, 'Enter');
    await page.locator(opened).waitFor();
    await press(page, 'Escape');
    await expect.poll(() => page.locator(opened).count()).toBe(0);
    if (opened === '.detail') await expect.poll(() => focused(page)).toBe(row);
    // Of a result, its tenant is in the address too.
    await press(page, 'Escape', 'Escape');
    await expect.poll(() => page.locator('.views [aria-current]').textContent()).toBe('Now');
    expect(reports()).toEqual([]);
  });

  test('leads from the front page to the explanation, and through an import', async () => {
    const page = await openFile(wholeRun(ofEach(3)));
    await press(page, 'Enter');
    await page.locator('.verdict').waitFor();
    await openView(page, 'i', 'Import');
    await press(page, 'Tab', 'Tab');
    await page.keyboard.insertText(printed(recorded));
    await press(page, 'Tab', 'Enter');
    await page.locator('.waterfall').waitFor();
    expect(await page.locator('.badge').textContent()).toBe('Recorded, imported');
    await press(page, 'Escape');
    await expect.poll(() => page.locator('.badge').textContent()).toBe('Simulated: nothing ran on AWS');
    expect(reports()).toEqual([]);
  });
});

test.each([
  ['#/', 'npm start'],
  ['#/organization', 'add one to platform.yaml'],
  ['#/runs', 'npm start'],
  ['#/dashboards', 'AWS::CloudWatch::Dashboard'],
  ['#/alarms', 'AWS::CloudWatch::Alarm'],
  ['#/permissions', 'as soon as a workflow runs'],
  ['#/result', 'add one to platform.yaml'],
  ['#/gamedays', 'gamedays.yaml'],
])('without a row, %s says what to do', async (hash, sentence) => {
  const page = await openFile(wholeRun(ofEach(0)), { hash });
  await expect.poll(() => page.locator('main .empty').first().textContent()).toContain(sentence);
  expect(reports()).toEqual([]);
});

describe('10,000 rows', () => {
  test('of runs, alarms and decisions are five of each on the front page', async () => {
    const many = { ...ofEach(1), runs: 10_000, alarms: 10_000, decisions: 10_000 };
    const page = await openFile(wholeRun(many));
    expect(await heading(page)).toBe('10,000 runs ended badly');
    for (const card of ['runs', 'decisions', 'alarms'])
      expect(await page.locator(`section[aria-labelledby=now-${card}] tbody tr`).count(), card).toBeLessThan(7);
    expect(await page.locator('.strip-run').count()).toBeLessThanOrEqual(200);
    expect(reports()).toEqual([]);
  });

  test('of dashboards are drawn as far as they are in sight', async () => {
    const page = await openFile(wholeRun({ ...ofEach(1), dashboards: 10_000 }), { hash: '#/dashboards' });
    expect(await heading(page)).toBe('10,000 of 10,000 dashboards show alarms that are in alarm');
    const rows = page.locator('.dashboard-list [role=row]');
    await page.locator('.dashboard-list .virtual').evaluate((box) => {
      box.scrollTop = box.scrollHeight;
    });
    await expect.poll(() => rows.last().getAttribute('aria-rowindex')).toBe('10001');
    expect(await rows.count()).toBeLessThan(60);
    expect(reports()).toEqual([]);
  });
});

describe('hostile names', () => {
  const endings = ['<img src=x onerror=alert(1)>', '__proto__', `\u202e${'x'.repeat(80)}`];
  const nameOf = (kind: string, index: number): string => `${kind} ${endings[index] ?? index}`;
  const run = {
    ...{ state: '__proto__', map: endings[0] ?? '', task: endings[2] ?? '', account: '"><script>alert(2)</script>' },
    ...{ title: '<b onclick=alert(3)>constructor</b>', error: '</script><svg onload=alert(4)>' },
  };

  test.each([1_440, 320])('are text in every view of %i px, and widen none', async (width) => {
    const page = await openFile(wholeRun(ofEach(3), { run, nameOf }), { width });
    await inEveryView(page, async (address) => {
      expect(await page.locator('main img, main script, main b, main svg[onload]').count(), address).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), address).toBe(0);
    });
    await goTo(page, `#/alarms/${encodeURIComponent(nameOf('alarms', 2))}`);
    await expect.poll(() => page.locator('.detail').textContent()).toContain(`alarms [U+202E]${'x'.repeat(80)}`);
    expect(reports()).toEqual([]);
  });
});

/** A page that a server on loopback serves, with the clock of its sandbox. */
async function openServed(options: Parameters<typeof newPage>[0]): Promise<Page> {
  const { sections, answers = [], ...run } = wholeRun(ofEach(3));
  if (!sections) throw new Error('a whole run has sections');
  const clock = { speed: 0, isStepping: false, nextAt: run.at + 5_000, isWorking: false };
  const answer = (kind: string) => () => Promise.resolve(answers.find((each) => each.kind === kind)?.answer);
  const page = liveConsole({
    source: {
      ...{ start: 'one', read: () => Promise.resolve({ ...run, sections: { ...sections, clock } }), actions: {} },
      answers: { metrics: answer('metrics'), result: answer('result'), map: answer('map') },
    },
    ...{ token: 'secret', files: servedPage, onError: () => undefined },
  });
  const server = createServer((request, response) => {
    if (!page(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const opened = await newPage(options);
  await opened.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${consolePath}#token=secret`);
  await opened.locator('#main h1').waitFor();
  return opened;
}

const barriersOfAll = async (page: Page): Promise<readonly string[]> => {
  const found: string[] = [];
  await inEveryView(page, async (address) => {
    found.push(...(await barriers(page)).map((barrier) => `${address} ${barrier}`));
  });
  return found;
};

describe('no view has a barrier that axe-core finds, nor is it wider than its window', () => {
  test.each([
    ['light', 1_440],
    ['dark', 1_440],
    ['light', 320],
  ] as const)('served, in %s at %i px', async (colorScheme, width) => {
    expect(await barriersOfAll(await openServed({ colorScheme, viewport: { width, height: 900 } }))).toEqual([]);
  });

  // 1,440 pixels at 200 % are 720 of the page.
  test.each([
    ['dark', 720],
    ['light', 2_560],
  ] as const)('in a file, in %s at %i px', async (scheme, width) => {
    expect(await barriersOfAll(await openFile(wholeRun(ofEach(3)), { scheme, width }))).toEqual([]);
  });
});

test('nothing moves by itself in any view, whether motion is to be reduced or not', async () => {
  const page = await openFile(wholeRun(ofEach(3)));
  await inEveryView(page, async (address) => {
    const moving = await page.evaluate(
      () =>
        Array.from(document.querySelectorAll('*')).filter((element) => {
          const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
          return /[1-9]/.test(transitionDuration + animationDuration) || scrollBehavior === 'smooth';
        }).length,
    );
    expect(moving, address).toBe(0);
  });
});

describe('in a narrow window', () => {
  test('the current view is in sight among the links to all of them', async () => {
    const page = await openFile(wholeRun(ofEach(1)), { width: 320 });
    for (const [key, word] of [
      ['g', 'Game days'],
      ['o', 'Organization'],
    ] as const) {
      await openView(page, key, word);
      const box = await page.locator('.views [aria-current]').boundingBox();
      expect(box?.x).toBeGreaterThan(-1);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(321);
      expect(box?.height).toBeLessThan(40);
    }
  });

  test.each([320, 1_440])('no button of the clock covers a time of the strip, at %i px', async (width) => {
    const page = await openServed({ viewport: { width, height: 900 } });
    const bottom = await page
      .locator('.strip-mark')
      .evaluateAll((marks) => Math.max(...marks.map((mark) => mark.getBoundingClientRect().bottom)));
    expect((await page.locator('.clock button').first().boundingBox())?.y).toBeGreaterThanOrEqual(bottom);
  });
});

test('a name that is longer than its box begins next to the sign of its account', async () => {
  const nameOf = (kind: string, index: number): string => `${kind}-of-a-long-name-${index}`;
  const page = await openFile(wholeRun(ofEach(1), { run: plainNames, nameOf }), {
    hash: '#/organization/300000000000',
  });
  await page.locator('.detail').waitFor();
  for (const head of await page.locator('.cell .account-head').all()) {
    const [sign, name] = [await head.locator('.glyph').boundingBox(), await head.locator('.name').boundingBox()];
    expect(Math.abs((sign?.y ?? 0) - (name?.y ?? 0))).toBeLessThan(8);
  }
});

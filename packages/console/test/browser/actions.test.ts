/// <reference lib="dom" />
import { expect, test } from 'vitest';
import { changedRun } from '../actions-fixture.ts';
import { start } from '../stuck-run.ts';
import { barriers, browserKit } from './kit.ts';

const { openFile: open, reports } = browserKit();

const run = '#/runs/333333333333/parent/run-1/waterfall';

test('a file shows changes as marks and rows; one leads to its time, before which it was not there', async () => {
  const page = await open(changedRun(3));
  expect(await page.locator('.change-list a').first().textContent()).toContain('is broken at 05:32:20 UTC');
  expect(await page.locator('.change-list a').last().textContent()).toBe(
    'states:DescribeExecution removed from role target at 05:30:20 UTC',
  );
  expect(await page.locator('.change-mark').first().getAttribute('aria-label')).toContain(
    'states:DescribeExecution removed from role target at 05:30:20 UTC',
  );
  await page.locator('.change-mark').first().click();
  await expect.poll(() => page.url()).toMatch(/at=2026-11-27T05%3A3[0-2]%3A20/);
  await page.keyboard.press('.');
  await page.locator('.change-list a').nth(1).click();
  await expect.poll(() => page.locator('.strip-now').textContent()).toContain('05:31:20 UTC');
  expect(await page.locator('.change-list a').count()).toBe(2);
  expect(reports()).toEqual([]);
});

test('a file has no buttons that act, and no clock: it shows the commands', async () => {
  const page = await open(changedRun(0), { hash: run });
  expect(await page.locator('.change-mark, .clock').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Fix in the sandbox' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Redrive', exact: true }).click();
  await page.getByLabel('Execution that the action is for').waitFor();
  expect(await page.locator('.panel pre').textContent()).toBe(
    'aws stepfunctions redrive-execution --execution-arn arn:aws:states:us-east-1:333333333333:execution:parent:run-1 --region us-east-1',
  );
  expect(await page.locator('.panel').textContent()).toContain('A file cannot do it. This command does:');
  await page.getByLabel('Execution that the action is for').selectOption({ index: 1 });
  await expect.poll(() => page.locator('.panel').textContent()).toContain('It cannot be redriven: it is SUCCEEDED');
  const note = page.getByText('Actions are taken on the run as it is now');
  await expect.poll(() => note.count()).toBe(0);
  await page.evaluate(() => {
    location.hash += '?at=2026-11-27T05:40:20.000Z';
  });
  await note.waitFor();
  expect(await page.locator('.panel').textContent()).toContain('It cannot be redriven: it is SUCCEEDED');
  await page.keyboard.press('.');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.panel').count()).toBe(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Redrive');
  await page.getByRole('button', { name: 'Start again', exact: true }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Start the execution' }).count()).toBe(0);
  await expect.poll(() => page.locator('.panel pre').textContent()).toContain('start-execution');
  expect(reports()).toEqual([]);
});

test('letters in a field of a panel are no keys of the page', async () => {
  const page = await open(changedRun(0), { hash: run });
  await page.getByRole('button', { name: 'Start again', exact: true }).click();
  await page.getByLabel('Name').pressSequentially('gr?.');
  await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('gr?.');
  await page.getByLabel('State machine').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect.poll(() => page.evaluate(() => location.hash)).toBe(run);
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/runs');
});

const hostile = {
  state: '__proto__',
  map: '<img src=x onerror=alert(1)>',
  task: `\u202e${'x'.repeat(78)}`,
  account: '"><script>alert(2)</script>',
  title: '<b onclick=alert(3)>constructor</b>',
  error: '</script><svg onload=alert(4)>',
};

test.each([
  ['light', 1_440],
  ['dark', 1_440],
  ['light', 800],
  ['dark', 320],
  ['light', 2_560],
] as const)('nothing is in the way of anybody, with hostile names, in %s at %d px', async (scheme, width) => {
  const page = await open(changedRun(60, hostile), { scheme, width });
  expect(await barriers(page)).toEqual([]);
  if (width > 700) {
    await page.goto(`${page.url().split('#')[0] ?? ''}${run}`);
    for (const name of ['Start again', 'Stop', 'Redrive', 'Break a permission']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('region', { name: /Start|Stop|Redrive|Break/ }).waitFor();
      expect(await barriers(page), name).toEqual([]);
    }
  }
  expect(reports()).toEqual([]);
});

test.each([
  [1_440, true],
  [320, false],
])('at %d px a run can be acted on: %s', async (width, isShown) => {
  const page = await open(changedRun(0), { hash: run, width });
  expect(await page.getByRole('button', { name: 'Stop', exact: true }).isVisible()).toBe(isShown);
  expect(await barriers(page)).toEqual([]);
});

test('a change before the first run is none of the strip, but one of the list', async () => {
  const source = changedRun(1);
  const [change] = source.sections?.changes ?? [];
  if (!change || !source.sections) throw new Error('the fixture has a change');
  const page = await open({
    ...source,
    sections: { ...source.sections, changes: [{ ...change, at: start - 20_000 }] },
  });
  expect(await page.locator('.change-mark').count()).toBe(0);
  expect(await page.locator('.change-list a').count()).toBe(1);
});

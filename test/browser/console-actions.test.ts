/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { childAccount, childArn, parentAccount, parentArn } from '@crosswind/sandbox/testing/two-accounts';
import { barriers, browserKit, goTo } from '@crosswind/console/testing/browser-kit';
import { servedAccounts } from '../cli/console/served-accounts.ts';

const { newPage, reports } = browserKit();

/** A page of a parent and a child that are served. */
async function open() {
  const served = await servedAccounts();
  const page = await newPage({ viewport: { width: 1_440, height: 900 } });
  await page.goto(served.page());
  await page.locator('#main h1').waitFor();
  return { ...served, page };
}

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click({ timeout: 5_000 });

const title = (page: Page) => () => page.locator('main h1').textContent();

/** Starts a state machine with an input. */
async function start(page: Page, machine: string, input: string): Promise<void> {
  await goTo(page, '#/runs');
  await press(page, 'Start an execution');
  await page.locator(`option[value='${machine}']`).waitFor({ state: 'attached' });
  await page.getByLabel('State machine').selectOption(machine);
  await page.getByLabel('Input, JSON').fill(input);
  await press(page, 'Start the execution');
  await expect.poll(() => page.url()).toContain(`/${machine.split(':').at(-1) ?? ''}/`);
  await page.locator('.waterfall').waitFor();
}

test('an execution is started with an input, the clock is paused, goes event by event, and at 60x', async () => {
  const { page, sandbox } = await open();
  expect(await title(page)()).toBe('Nothing ran yet');
  expect(await page.locator('.clock-words').textContent()).toContain('Real time');
  await press(page, 'Pause');
  await expect.poll(() => page.locator('.clock-words strong').textContent()).toBe('Paused');
  await press(page, 'Next event');
  await expect.poll(() => page.locator('.clock .problem').textContent()).toContain('nothing is going to happen');
  await press(page, 'Start an execution');
  await page.getByLabel('Input, JSON').fill('{\n  "objects": ]');
  await expect
    .poll(() => page.locator('.panel form .problem').allTextContents())
    .toContainEqual(expect.stringMatching(/^line 2, column 14: expected a value, got \]$/));
  expect(await page.getByRole('button', { name: 'Start the execution' }).isDisabled()).toBe(true);
  await page.getByLabel('Input, JSON').fill('{ "objects": 2 }');
  await page.getByLabel('State machine').selectOption(parentArn);
  await page.getByLabel('Input, JSON').fill('{ "objects": 2 }');
  await page.getByLabel('Name').fill('by-page');
  expect((await page.locator('.panel pre').textContent())?.split('\n')).toEqual([
    `eval "$(npx crosswind credentials ${parentAccount} --port ${new URL(sandbox.endpointUrl).port})"`,
    `aws stepfunctions start-execution --state-machine-arn ${parentArn} --name by-page --input '{"objects":2}' --region us-east-1`,
  ]);
  expect(await barriers(page)).toEqual([]);
  await press(page, 'Start the execution');
  await expect.poll(title(page)).toContain('Running');
  expect(page.url()).toContain('/parent/by-page');
  expect(sandbox.executions.of(parentArn)[0]?.input).toEqual({ objects: 2 });
  const time = await page.locator('.strip-now strong').textContent();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await page.locator('.strip-now strong').textContent()).toBe(time);
  for (let step = 0; step < 3; step += 1) {
    const before = sandbox.simulation.now();
    await press(page, 'Next event');
    await expect.poll(() => sandbox.simulation.now()).toBeGreaterThan(before);
    await expect.poll(() => page.locator('.clock-words strong').textContent()).toBe('Paused');
  }
  await press(page, '60x');
  await expect.poll(() => page.locator('.clock-words strong').textContent()).toBe('60x');
  await expect.poll(title(page)).toContain('Succeeded');
  // Chromium notes each refusal: here that nothing was going to happen.
  expect(reports()).toEqual(['Failed to load resource: the server responded with a status of 400 (Bad Request)']);
});

test('an execution is stopped after a question, redriven, and the page says why it cannot be redriven again', async () => {
  const { page, sandbox } = await open();
  await press(page, 'Pause');
  await start(page, childArn, '{}');
  await press(page, 'Redrive');
  await expect.poll(() => page.locator('.panel').textContent()).toContain('It cannot be redriven: it is RUNNING');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.panel').count()).toBe(0);
  await press(page, 'Stop');
  await page.getByLabel('Error').fill('Stopped');
  await page.getByLabel('Cause').fill("somebody's wish");
  await expect
    .poll(() => page.locator('.panel pre').textContent())
    .toContain(`--error Stopped --cause 'somebody'\\''s wish'`);
  await press(page, 'Stop the execution');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('No, let it run');
  await press(page, 'No, let it run');
  expect(sandbox.executions.of(childArn)[0]?.outcome).toBe(undefined);
  await press(page, 'Stop the execution');
  expect(await barriers(page)).toEqual([]);
  await press(page, 'Yes, stop it');
  await expect.poll(title(page)).toContain('Aborted');
  expect(sandbox.executions.of(childArn)[0]?.outcome).toEqual({
    status: 'ABORTED',
    error: 'Stopped',
    cause: "somebody's wish",
  });
  await press(page, 'Redrive');
  await press(page, 'Redrive the execution');
  await expect.poll(title(page)).toContain('Running');
  await press(page, '60x');
  await expect.poll(title(page)).toContain('Succeeded');
  await press(page, 'Redrive');
  await expect.poll(() => page.locator('.panel').textContent()).toContain('It cannot be redriven: it is SUCCEEDED');
  expect(reports()).toEqual([]);
});

test('a permission is broken, the next run is stuck, the fix of its verdict frees it, and the strip shows both', async () => {
  const { page } = await open();
  await press(page, '60x');
  await start(page, parentArn, '{}');
  await expect.poll(title(page)).toContain('Succeeded');
  await press(page, 'Break a permission');
  await page
    .getByLabel('Permission used in the accounts of this run while it ran')
    .selectOption({ label: `states:DescribeExecution of target, ${childAccount}` });
  await press(page, 'Take the permission away');
  await press(page, 'Yes, take it away');
  await page.getByRole('button', { name: 'Put states:DescribeExecution back' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await expect.poll(() => page.locator('.change-mark').count()).toBe(1);
  await start(page, parentArn, '{"again":true}');
  await expect.poll(title(page)).toContain('Stuck');
  await press(page, 'Pause');
  await page.locator('.verdict-fix').waitFor();
  await page.getByText('As a command', { exact: true }).click();
  await expect
    .poll(() => page.locator('.verdict-fix details pre').textContent())
    .toMatch(
      /^eval .* admin --port \d+\)"\naws iam put-role-policy --role-name target --policy-name crosswind-fix .*DescribeExecution/,
    );
  await press(page, 'Fix in the sandbox');
  await page.getByRole('button', { name: 'Fixed in the sandbox' }).waitFor();
  await press(page, '60x');
  await expect.poll(title(page)).toContain('Succeeded');
  await press(page, 'Pause');
  await goTo(page, '#/');
  const rows = page.locator('.change-list a');
  await expect
    .poll(() => rows.allTextContents())
    .toEqual([
      expect.stringMatching(/^states:DescribeExecution added to role target at \d\d:\d\d:\d\d UTC$/),
      expect.stringMatching(/^states:DescribeExecution removed from role target at \d\d:\d\d:\d\d UTC$/),
    ]);
  await rows.last().click();
  await expect.poll(() => page.url()).toContain('at=');
  await expect.poll(() => rows.count()).toBe(1);
  expect(reports()).toEqual([]);
});

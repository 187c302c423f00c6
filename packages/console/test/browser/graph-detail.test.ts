/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { RunSource } from '../../src/server/snapshot.ts';
import { definition, recorded } from '../imported/recorded.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { openFile, reports } = browserKit();

const place = 'arn:aws:states:us-east-1:111111111111';
const run = '#/runs/111111111111/wind/run-7';

/** The recorded run with other texts. */
function source(change: (text: string) => string = (text) => text): RunSource {
  const { events, definition: machine } = JSON.parse(change(JSON.stringify({ events: recorded, definition }))) as {
    events: RunSource['executions'][number]['events'];
    definition: NonNullable<RunSource['executions'][number]['definition']>;
  };
  const timed = events.map((event) => ({ ...event, timestamp: event.timestamp * 1_000 }));
  const [startDate, stopDate] = [timed[0]?.timestamp ?? 0, timed.at(-1)?.timestamp ?? 0];
  return {
    ...{ title: 'wind', simulated: true, at: stopDate + 1, accounts: [], decisions: [], verdicts: [] },
    executions: [
      {
        ...{ executionArn: `${place}:execution:wind:run-7`, stateMachineArn: `${place}:stateMachine:wind` },
        ...{ name: 'run-7', title: 'wind', status: 'SUCCEEDED', startDate, stopDate, mapRuns: [] },
        ...{ events: timed, definition: machine },
      },
    ],
  };
}

const tab = (shown: Page, name: string): Promise<void> => shown.locator('.tabs button', { hasText: name }).click();
const values = (shown: Page): Promise<readonly string[]> => shown.locator('.detail .value-leaf').allTextContents();

describe('a state of the graph', () => {
  test('shows input, arguments, result, output, variables and errors of the entry that is chosen', async () => {
    const shown = await openFile(source(), { hash: `${run}/graph?state=Call` });
    await shown.locator('.detail').waitFor();
    expect(await shown.locator('.tabs button').allTextContents()).toEqual([
      'Input',
      'Arguments',
      'Result',
      'Output',
      'Variables',
      'Error',
    ]);
    await expect.poll(() => values(shown)).toEqual(['place: "Bern"']);
    await tab(shown, 'Arguments');
    await expect.poll(() => values(shown)).toEqual(['FunctionName: "read"', 'round: 0']);
    await tab(shown, 'Error');
    await expect.poll(() => shown.locator('.detail').textContent()).toContain('Lambda.TooManyRequestsException');
    await tab(shown, 'Result');
    await expect.poll(() => values(shown)).toEqual(['windy: true']);
    await shown.locator('.entry-choice select').selectOption({ index: 1 });
    await expect.poll(() => values(shown)).toEqual(['windy: false']);
    expect(await shown.locator('.tabs button').allTextContents()).not.toContain('Error');
    await tab(shown, 'Variables');
    await expect
      .poll(() => shown.locator('.variables > h3').allTextContents())
      .toEqual(['± $round changed', ' $city same']);
    expect(await values(shown)).toEqual(['1', '2', '"Zürich"']);
    await goTo(shown, `${run}/graph?state=Both`);
    await expect.poll(() => shown.locator('.detail h2').textContent()).toBe('Both');
    expect(await shown.locator('.tabs [aria-pressed=true]').textContent()).toBe('Variables');
    expect(reports()).toEqual([]);
  });

  test('is closed with Esc, which gives the focus back, and its parts are reached by keyboard', async () => {
    const shown = await openFile(source(), { hash: `${run}/graph?state=Call` });
    await shown.locator('.tabs').waitFor();
    for (let presses = 0; presses < 4; presses += 1) await shown.keyboard.press('Tab');
    await shown.keyboard.press('Enter');
    await expect.poll(() => shown.locator('.tabs [aria-pressed=true]').textContent()).toBe('Arguments');
    await shown.keyboard.press('Escape');
    await expect.poll(() => shown.locator('.detail').count()).toBe(0);
    await expect.poll(() => shown.evaluate(() => document.activeElement?.textContent)).toContain('Call');
  });

  test('says where data was left out', async () => {
    const shown = await openFile(source(), { hash: `${run}/graph?state=Set%20up`, withData: false });
    await expect.poll(() => shown.locator('.detail .empty').textContent()).toContain('left out of this file');
  });
});

describe('a value', () => {
  const long = 'x'.repeat(5_000);
  const input = {
    '<b>': '\u202e',
    __proto__x: { deep: { deeper: [1, null, 'two'] } },
    long,
    many: Array.from({ length: 250 }, (_, index) => index),
  };
  const withInput = (all: string): string =>
    all.replaceAll('{\\"place\\":\\"Bern\\"}', JSON.stringify(JSON.stringify(input)).slice(1, -1));

  test('is a tree that unfolds, with its size, cut where it is long', async () => {
    const shown = await openFile(source(withInput), { hash: `${run}/graph?state=Call` });
    await tab(shown, 'Input');
    const value = shown.locator('.detail .value').first();
    await expect.poll(() => value.locator('header').textContent()).toContain('6.0 kB');
    expect(await value.locator('.value-leaf').first().textContent()).toBe('<b>: "[U+202E]"');
    expect((await value.textContent())?.length).toBeLessThan(1_500);
    await value.locator('button', { hasText: 'Show all 5000 characters' }).click();
    await expect.poll(async () => (await value.textContent())?.includes(long)).toBe(true);
    await value.locator('summary', { hasText: '250 items' }).click();
    await value.locator('button', { hasText: 'Show 100 more of 250' }).click();
    await value.locator('button', { hasText: 'Show 50 more of 250' }).click();
    await expect.poll(() => value.locator('.value-leaf').last().textContent()).toBe('249: 249');
    await value.locator('summary', { hasText: 'deep:' }).click();
    await value.locator('summary', { hasText: 'deeper:' }).click();
    await expect
      .poll(() => value.locator('.value-leaf').allTextContents())
      .toEqual(expect.arrayContaining(['0: 1', '1: null', '2: "two"']));
    expect(await shown.locator('.detail b').count()).toBe(0);
    expect(reports()).toEqual([]);
  });

  test('of an event of the history is the same tree, and is copied whole', async () => {
    const shown = await openFile(source(withInput), { hash: `${run}/history?event=1` });
    await shown.locator('.value .button', { hasText: 'Copy input' }).click();
    await expect.poll(() => shown.locator('body > div > [role=status]').textContent()).toBe('input copied');
    expect(await shown.locator('.value-leaf').first().textContent()).toBe('<b>: "[U+202E]"');
  });
});

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1_440, 320])(
    'no part of a state has a barrier that axe-core finds, nor is it wider than %i px',
    async (width) => {
      const shown = await openFile(source(), { scheme, width, hash: `${run}/graph?state=Call` });
      await shown.locator('.tabs').waitFor();
      const found: string[] = [];
      for (const name of await shown.locator('.tabs button').allTextContents()) {
        await tab(shown, name);
        found.push(...(await barriers(shown)).map((barrier) => `${name} ${barrier}`));
      }
      await goTo(shown, `${run}/history?event=1`);
      await shown.locator('.value').waitFor();
      expect([...found, ...(await barriers(shown))]).toEqual([]);
    },
  );
});

/// <reference lib="dom" />
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layoutMachine } from '../../src/graph/layout-machine.ts';
import type { ComparisonModel, ComparisonQuestion, ImportGraphQuestion } from '../../src/models/comparison.ts';
import { servedPage } from '../../src/page/served-page.ts';
import { consolePath, liveConsole, Refused } from '../../src/server/live/live-console.ts';
import { describedMachine, printed, recorded } from '../imported/recorded.ts';
import { stuckRun } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { newPage } = browserKit();

/** Answer of the sandbox to the next comparison; a text is a refusal. */
let answer: ComparisonModel | string = '';
let asked: ComparisonQuestion | undefined;
let server: Server | undefined;

beforeAll(async () => {
  const source = stuckRun();
  const live = liveConsole({
    source: {
      start: 'one',
      read: () => Promise.resolve(source),
      answers: {
        'import-graph': (question) => {
          const { stateMachineArn, definition } = question as ImportGraphQuestion;
          return Promise.resolve(layoutMachine(stateMachineArn, definition as Parameters<typeof layoutMachine>[1]));
        },
        'import-comparison': (question) => {
          asked = question as ComparisonQuestion;
          return typeof answer === 'string' ? Promise.reject(new Refused(answer)) : Promise.resolve(answer);
        },
      },
      actions: {},
    },
    token: 'secret',
    files: servedPage,
    onError: () => undefined,
  });
  server = createServer((request, response) => {
    if (!live(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server?.listen(0, '127.0.0.1', resolve);
  });
});

afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

async function imported(text: string): Promise<Page> {
  const { port } = server?.address() as AddressInfo;
  const shown = await newPage({ viewport: { width: 1_440, height: 900 } });
  await shown.goto(`http://127.0.0.1:${port}${consolePath}#token=secret`);
  await shown.locator('#main h1').waitFor();
  await goTo(shown, '#/import');
  await shown.locator('.import-form').evaluate((form, dropped) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([dropped], 'run.json'));
    form.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, text);
  await shown.locator('.waterfall').waitFor();
  return shown;
}

const comparison = (shown: Page) => expect.poll(() => shown.locator('.comparison').textContent());

describe('a served page', () => {
  test('shows the definition laid out, and the first event that differs, with a link to it', async () => {
    answer = {
      same: 12,
      total: recorded.length,
      difference: { event: 13, field: 'output', recorded: '{"a":1}', sandbox: null },
      limits: ['By chance.'],
    };
    const shown = await imported(printed(recorded) + describedMachine());
    await comparison(shown).toContain('The sandbox does otherwise: from event 13 on');
    expect(asked?.events.map(({ id }) => id)).toEqual(recorded.map(({ id }) => id));
    expect(asked?.events[0]?.details).toHaveProperty('input');
    const text = await shown.locator('.comparison').textContent();
    expect(text).toContain('"a": 1');
    expect(text).toContain('By chance.');
    expect(await barriers(shown)).toEqual([]);
    await shown.locator('.comparison a').click();
    await shown.locator('.detail').waitFor();
    expect(await shown.locator('.detail h2').textContent()).toContain('Event 13');
    await shown.locator('.sub-views a', { hasText: 'Graph' }).click();
    // The chain has no state that was not entered, and nothing inside of another.
    await expect.poll(() => shown.locator('.state .name').allTextContents()).toContain('Give up');
    expect(await shown.locator('.state.is-around').count()).toBe(2);
  });

  test.each([
    [
      'says that all events are the same',
      { same: recorded.length, total: recorded.length, difference: null, limits: [] },
      `${recorded.length} of ${recorded.length} events are as the sandbox has them`,
    ],
    [
      'says where the comparison had to end',
      { same: 3, total: recorded.length, difference: null, limits: ['Only 3 events were compared.'] },
      'Same so far',
    ],
    [
      'says why the sandbox cannot replay it',
      'event 1 has no input',
      'The sandbox cannot replay this run: event 1 has no input',
    ],
  ] as const)('%s', async (_name, given, sentence) => {
    answer = given;
    await comparison(await imported(printed(recorded) + describedMachine())).toContain(sentence);
  });

  test('says which output is missing where the definition is not known, and keeps the chain', async () => {
    const shown = await imported(printed(recorded));
    await comparison(shown).toContain('describe-state-machine-for-execution');
    await shown.locator('.sub-views a', { hasText: 'Graph' }).click();
    await expect.poll(() => shown.locator('.state').count()).toBe(9);
    await shown.locator('.state').first().click();
    // Its details come from the import: the server does not have them.
    await expect.poll(() => shown.locator('.detail .value-leaf').textContent()).toBe('place: "Bern"');
  });
});

/* global document, requestAnimationFrame -- functions that run in the page */
import { chromium } from 'playwright-core';

/** Starts the Chromium that the tests of pages use. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });

/** Opens a page, waits for its view, and hands it over. The network is cut. */
export async function withPage(browser, address, use) {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 }, offline: true });
  try {
    await page.addInitScript(() => {
      const look = () => {
        if (document.querySelector('main#main h1') === null) return requestAnimationFrame(look);
        // The frame after it is the first one that shows it.
        requestAnimationFrame(() => {
          globalThis.firstView = performance.now();
        });
        return undefined;
      };
      requestAnimationFrame(look);
    });
    await page.goto(address);
    await page.waitForFunction(() => globalThis.firstView !== undefined);
    return await use(page);
  } finally {
    await page.close();
  }
}

/** Milliseconds from the navigation to the first view. */
export const firstView = (browser, address) =>
  withPage(browser, address, (page) => page.evaluate(() => globalThis.firstView));

/**
 * Longest task of the page's main thread while something is done, in milliseconds: of the clock, and of its own CPU time,
 * which does not count what other processes of the machine take.
 */
export async function longestTask(browser, page, act) {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await act(page);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  // The renderer that runs most tasks is the page's: others are empty.
  const byThread = new Map();
  for (const event of traceEvents) {
    if (!event.name.endsWith('RunTask') || event.dur === undefined) continue;
    const thread = `${event.pid} ${event.tid}`;
    byThread.set(thread, [...(byThread.get(thread) ?? []), event]);
  }
  const mains = traceEvents
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .map(({ pid, tid }) => byThread.get(`${pid} ${tid}`) ?? []);
  const total = (events) => events.reduce((sum, { dur }) => sum + dur, 0);
  const [tasks = []] = mains.toSorted((one, other) => total(other) - total(one));
  const longest = (value) => tasks.reduce((most, event) => Math.max(most, value(event)), 0) / 1_000;
  return {
    milliseconds: longest(({ dur }) => dur),
    cpuMilliseconds: longest(({ tdur }) => tdur ?? 0),
    tasks: tasks.length,
  };
}

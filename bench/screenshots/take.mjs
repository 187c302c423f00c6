import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { pictures, schemes } from './pictures.mjs';
import { playScene } from './scene.mjs';

const help = `Usage: npm run screenshots -- [--out DIR] [--only NAME] [--format webp|png]

Takes a picture of each view of the console in light and dark, from a console that it serves and plays
runs on first (some minutes).
--only may come more than once: ${pictures.map(({ name }) => name).join(', ')}.
It needs Chromium: CHROMIUM_PATH, else /usr/bin/chromium. The pictures in docs/images/console are made like this.
`;

const root = resolve(import.meta.dirname, '../..');

/** Width and height of a window in pixels. */
const viewport = { width: 1_440, height: 900 };

/** Milliseconds in which a view that was just shown asks its server, and draws its charts. */
const settling = 1_500;

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string', default: join(root, 'docs/images/console') },
      only: { type: 'string', multiple: true, default: pictures.map(({ name }) => name) },
      format: { type: 'string', default: 'webp' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const { out, only, format } = values;
  const unknown = only.find((name) => !pictures.some((picture) => picture.name === name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: no such picture. ${help}`);
  if (!['webp', 'png'].includes(format)) throw new Error(`--format ${format}: expected webp or png`);
  const chosen = pictures.filter(({ name }) => only.includes(name));
  mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const { link, stop } = await playScene(browser, (sentence) => process.stderr.write(`${sentence}\n`));
    try {
      for (const scheme of schemes) await take(chosen, { browser, link, scheme, out, format });
    } finally {
      stop();
    }
  } finally {
    await browser.close();
  }
}

async function take(chosen, { browser, link, scheme, out, format }) {
  for (const { name, path, keys = [], into } of chosen) {
    const page = await browser.newPage({ viewport, colorScheme: scheme });
    await page.goto(link);
    await page.locator('#main h1').waitFor();
    const hash = await addressOf(page, path);
    await page.evaluate((next) => {
      globalThis.location.hash = next;
    }, hash);
    await page.waitForTimeout(settling);
    for (const key of keys) await page.keyboard.press(key);
    if (into) await page.evaluate((selector) => globalThis.document.querySelector(selector)?.scrollIntoView(), into);
    await page.waitForTimeout(settling);
    const file = join(out, `${name}-${scheme}.${format}`);
    writeFileSync(file, await pictureOf(page, format));
    process.stdout.write(`${relative(process.cwd(), file)}\n`);
    await page.close();
  }
}

/** Playwright takes no WebP, and the browser does; a picture is a quarter as long then. */
async function pictureOf(page, format) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format,
    ...(format === 'webp' && { quality: 90 }),
  });
  return Buffer.from(data, 'base64');
}

/** A path with the address of the run that comes first in the list of runs, or last. */
async function addressOf(page, path) {
  const wanted = /^\{(run|well)\}/.exec(path)?.[1];
  if (wanted === undefined) return `#${path}`;
  await page.evaluate(() => {
    globalThis.location.hash = '#/runs';
  });
  const links = page.locator('main .runs a[href^="#/runs/"]');
  await links.first().waitFor();
  const href = await (wanted === 'run' ? links.first() : links.last()).getAttribute('href');
  return path.replace(`{${wanted}}`, href.replace(/\/[^/]*$/, ''));
}

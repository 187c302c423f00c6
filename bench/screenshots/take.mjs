import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { pictures, scenes, schemes } from './pictures.mjs';

const help = `Usage: npm run screenshots -- [--out DIR] [--only NAME] [--format webp|png]

Takes a picture of each view of the console in light and dark, from runs that it makes first (a minute each).
--only may come more than once: ${pictures.map(({ name }) => name).join(', ')}.
It needs Chromium: CHROMIUM_PATH, else /usr/bin/chromium. The pictures in docs/images/console are made like this.
`;

const root = resolve(import.meta.dirname, '../..');

/** Width and height of a window in pixels. */
const viewport = { width: 1_440, height: 900 };

const run = promisify(execFile);

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
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-screenshots-'));
  try {
    mkdirSync(out, { recursive: true });
    const files = await runs(directory, new Set(chosen.map(({ scene }) => scene)));
    for (const scheme of schemes) await take(chosen, files, { scheme, out, format });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Makes the runs, one after the other; answers the page of each. */
async function runs(directory, names) {
  const files = new Map();
  for (const name of names) {
    process.stderr.write(`running ${name}: crosswind start ${scenes[name].join(' ')}\n`);
    const out = join(directory, name);
    // A run that fails, as with --break, has a page, too.
    await run('node', [join(root, 'cli/crosswind.mjs'), 'start', '--out', out, ...scenes[name]], {
      cwd: root,
      maxBuffer: 64 * 1_024 * 1_024,
    }).catch((error) => {
      if (error.code !== 2 && error.code !== 1) throw error;
    });
    files.set(name, join(out, 'run.html'));
  }
  return files;
}

async function take(chosen, files, { scheme, out, format }) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const { name, scene, path } of chosen) {
      const page = await browser.newPage({ viewport, colorScheme: scheme, offline: true });
      await page.goto(pathToFileURL(files.get(scene)).href);
      await page.locator('#main h1').waitFor();
      const hash = await addressOf(page, path);
      await page.evaluate((next) => {
        globalThis.location.hash = next;
      }, hash);
      await page.locator('#main h1').waitFor();
      // Charts are drawn in a frame after their view.
      await page.waitForTimeout(500);
      const file = join(out, `${name}-${scheme}.${format}`);
      writeFileSync(file, await pictureOf(page, format));
      process.stdout.write(`${relative(process.cwd(), file)}\n`);
      await page.close();
    }
  } finally {
    await browser.close();
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

/** A path with the address of the run that comes first in the list of runs. */
async function addressOf(page, path) {
  if (!path.includes('{run}')) return `#${path}`;
  await page.evaluate(() => {
    globalThis.location.hash = '#/runs';
  });
  const link = page.locator('main a[href^="#/runs/"]').first();
  const href = await link.getAttribute('href');
  return path.replace('{run}', href.replace(/\/[^/]*$/, ''));
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';
import { describeMachine, machine } from '../machine.mjs';
import { table } from '../table.mjs';
import { acts } from './acts.mjs';
import { firstView, launch, longestTask, withPage } from './browser.mjs';
import { organizationDrawn } from './drawn.mjs';
import { untilReady } from './ready.mjs';

register();
const { largePage, organizationPage, pageBytes, patchablePage } =
  await import('@crosswind/console/testing/measured-pages');

const rounds = 3;
const goals = { bytes: 90_000, taskMilliseconds: 50, organizationMilliseconds: 1_000 };

/** Files that are opened: objects are in batches of 500. */
const views = [
  { name: '3,000 objects', size: { batches: 6 } },
  { name: '20,000 objects', size: { batches: 40 } },
  { name: '10,000 events', size: { events: 10_009 } },
  { name: '10,000 runs', size: { runs: 10_000 } },
];

/** Opens pages in Chromium: bytes, time to the first view and to 200 accounts, longest tasks; then CPU until the page is served. The least of the rounds counts, because others use the machine. */
export async function run({ json }) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  const browser = await launch();
  try {
    const bytes = await pageBytes();
    const opened = [];
    for (const { name, size } of views) {
      const address = fileOf(directory, await largePage(size));
      const times = await repeated(() => firstView(browser, address));
      opened.push({ name, milliseconds: Math.min(...times) });
    }
    const organization = fileOf(directory, await organizationPage());
    const drawn = await repeated(() => withPage(browser, organization, organizationDrawn));
    const tasks = [];
    for (const { name, size, view, act } of acts) {
      const address = fileOf(directory, await patchablePage(size));
      const found = await repeated(() =>
        withPage(browser, `${address}${view}`, (page) => longestTask(browser, page, act)),
      );
      const least = (key) => Math.min(...found.map((each) => each[key]));
      tasks.push({ name, milliseconds: least('milliseconds'), cpuMilliseconds: least('cpuMilliseconds') });
    }
    const measured = {
      ...{ bytes, firstViews: opened, longestTasks: tasks },
      organizationMilliseconds: Math.min(...drawn),
      cpuSecondsUntilReady: await untilReady(directory, rounds),
    };
    return json ? JSON.stringify({ machine: machine(), goals, rounds, ...measured }, null, 2) : present(measured);
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Address of a page on disk. */
function fileOf(directory, html) {
  const file = `${directory}/page.html`;
  writeFileSync(file, html);
  return pathToFileURL(file).href;
}

async function repeated(measure) {
  const values = [];
  for (let round = 0; round < rounds; round += 1) values.push(await measure());
  return values;
}

const bytesText = (count) => count.toLocaleString('en');

const mostBytes = `at most ${bytesText(goals.bytes)}`;

const present = ({ bytes, firstViews, longestTasks, organizationMilliseconds, cpuSecondsUntilReady: ready }) =>
  [
    `${describeMachine(machine())}; Chromium without a graphics card; the least of ${rounds} rounds`,
    '',
    table(
      ['gzipped', 'bytes', 'goal'],
      [
        ['program of a file', bytesText(bytes.file), mostBytes],
        ['programs of a served page until its first view', bytesText(bytes.servedFirst), mostBytes],
        ['programs of a served page with all views', bytesText(bytes.servedAll), ''],
        ['style sheet of both', bytesText(bytes.style), ''],
      ],
    ),
    '',
    table(
      ['first view of a file with', 'ms'],
      firstViews.map(({ name, milliseconds }) => [name, milliseconds.toFixed(0)]),
    ),
    '',
    table(
      ['drawn, from the front page', 'ms', 'goal'],
      [['200 accounts', organizationMilliseconds.toFixed(0), `at most ${goals.organizationMilliseconds}`]],
    ),
    '',
    table(
      ['longest task while', 'ms', 'CPU ms', 'goal'],
      longestTasks.map(({ name, milliseconds, cpuMilliseconds }) => [
        name,
        milliseconds.toFixed(0),
        cpuMilliseconds.toFixed(0),
        `at most ${goals.taskMilliseconds}`,
      ]),
    ),
    '',
    table(
      ['until ready', 'CPU s', 'x sandbox'],
      [
        ['sandbox', ready.sandbox.toFixed(2), '1.00'],
        ['console', ready.console.toFixed(2), ready.ratio.toFixed(2)],
      ],
    ),
  ].join('\n');

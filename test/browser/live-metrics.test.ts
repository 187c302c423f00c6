/// <reference lib="dom" />
import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { stacksInOrder } from '@crosswind/assembly/stacks-in-order';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { type Execution, openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { serveConsole } from '../../cli/console/serve-console.ts';
import { widgetRequests } from '../../cli/console/answers/widget-queries.ts';
import { deployBaseline } from '../../cli/local/deploy-baseline.ts';
import { shippedPlatform as platform } from '../synthesized.ts';

const monitoring = '222222222222';
const parent = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent';

let browser: Browser;
let sandbox: Sandbox;
let link: string;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  sandbox = await openSandbox({ organizationId: platform.organization.id, strict: true });
  const assembly = inject('assembly');
  await deployBaseline({ sandbox, platform, assembly });
  const stacks = stacksInOrder(readAssembly(assembly)).flatMap((wave) => (wave.name === '' ? [] : wave.stacks));
  for (const stack of stacks) await sandbox.deploy(stack);
  const results = () => Promise.resolve(new Map<string, never>());
  link = serveConsole({
    context: { sandbox, root: process.cwd(), platform, accounts: platform.accounts, stacks, results },
    key: Buffer.from('key of a test'),
    note: (line) => {
      throw new Error(line);
    },
  });
  await sandbox.settle(12);
});

afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

/** Starts the parent. */
function started(name: string): Execution {
  const start = sandbox.executions.start({ stateMachineArn: parent, name, input: {} });
  if (!start.ok) throw new Error(start.message);
  return start.execution;
}

async function openPage(view: string): Promise<{ readonly page: Page; readonly reports: readonly string[] }> {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  onTestFinished(() => page.close());
  const reports: string[] = [];
  page.on('console', (message) => reports.push(message.text()));
  page.on('pageerror', (error) => reports.push(error.message));
  await page.goto(link);
  await page.locator('#main h1').waitFor();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, view);
  return { page, reports };
}

/** The client that an operator of the monitoring account has. */
function operator(): CloudWatchClient {
  const arn = `arn:aws:iam::${monitoring}:role/looking`;
  const role = sandbox.identities.addRole({ arn, name: 'looking', account: monitoring, trust: { Statement: [] } });
  const statement = { Effect: 'Allow', Action: 'cloudwatch:GetMetricData', Resource: '*' } as const;
  role.policies.push({ name: 'looking', document: { Statement: [statement] } });
  const sessionArn = `arn:aws:sts::${monitoring}:assumed-role/looking/test`;
  const credentials = sandbox.sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account: monitoring });
  return new CloudWatchClient({ region: 'us-east-1', endpoint: sandbox.endpointUrl, credentials });
}

/** Values of a widget by label and time, as the SDK gets them over HTTP. */
async function valuesOf(client: CloudWatchClient, properties: JsonObject, from: number, to: number) {
  const { requests } = widgetRequests({ properties, region: 'us-east-1', keepsPeriods: false, from, to });
  const found: string[] = [];
  for (const { request } of requests) {
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: listOf(request['MetricDataQueries']) as unknown as MetricDataQuery[],
        StartTime: new Date(Number(request['StartTime']) * 1_000),
        EndTime: new Date(Number(request['EndTime']) * 1_000),
      }),
    );
    for (const { Label, Timestamps = [], Values = [] } of MetricDataResults)
      for (const [index, time] of Timestamps.entries())
        found.push(`${Label ?? ''} ${time.toISOString()} ${Values[index] ?? ''}`);
  }
  return found.sort();
}

/** The same as a reader of the page finds it in the table of the widget. */
async function valuesShown(page: Page, index: number): Promise<readonly string[]> {
  const widget = page.locator('.widget').nth(index);
  await widget.scrollIntoViewIfNeeded();
  await expect.poll(() => widget.locator('.later').count()).toBe(0);
  if ((await widget.locator('summary').count()) === 0) {
    expect(await widget.textContent()).toContain('No data: ');
    return [];
  }
  await widget.locator('summary').click();
  await widget.locator('tbody').waitFor();
  const rows = await widget.locator('table').evaluate((table) => {
    const labels = Array.from(table.querySelectorAll('thead bdi'), (label) => label.textContent);
    return Array.from(table.querySelectorAll('tbody tr')).flatMap((row) =>
      Array.from(row.querySelectorAll('td'))
        .slice(1)
        .map((cell, column) => `${labels[column] ?? ''} ${row.getAttribute('data-time') ?? ''} ${cell.textContent}`),
    );
  });
  return rows.filter((row) => !row.endsWith(' none')).sort();
}

test('every deployed dashboard is drawn whole, and its values equal those that GetMetricData answers the SDK', async () => {
  const run = started('first');
  await sandbox.simulation.run(() => run.outcome !== undefined);
  await sandbox.settle(7);
  const client = operator();
  let compared = 0;
  const { page, reports } = await openPage('/dashboards');
  for (const dashboard of sandbox.observability.dashboards) {
    await page.evaluate((name) => {
      location.hash = `/dashboards/${name}`;
    }, dashboard.name);
    await expect.poll(() => page.locator('.lead').first().textContent()).toContain(dashboard.name);
    const given = listOf(dashboard.properties['widgets']).map(objectOf);
    // The page lists widgets as they are read; bodies of the platform are in that order.
    expect(await page.locator('.widget').count()).toBe(given.length);
    const to = Math.ceil(sandbox.simulation.now() / 60_000) * 60_000;
    const from = to - 3_600_000 - ((to - 3_600_000) % 300_000);
    for (const [index, { type, properties }] of given.entries()) {
      if (textOf(type) !== 'metric') continue;
      const shown = await valuesShown(page, index);
      expect(shown, textOf(objectOf(properties)['title'])).toEqual(
        await valuesOf(client, objectOf(properties), from, to),
      );
      compared += shown.length;
    }
    const text = (await page.locator('.dashboard').textContent()) ?? '';
    expect(text).not.toMatch(/is not drawn|refuses the metrics|do not share/);
  }
  expect(compared).toBeGreaterThan(100);
  expect(reports).toEqual([]);
});

test('an alarm fires while somebody looks at it: the row, the count, the sentence and the dashboard change', async () => {
  await sandbox.settle(15);
  const { page, reports } = await openPage('/alarms');
  const row = page.locator('.alarms .virtual-row', { hasText: 'word-count parent (dev): somebody stopped' });
  await expect.poll(() => row.locator('.chip').textContent()).toBe('OK');
  const before = await page.locator('h1').textContent();
  sandbox.executions.stop(started('second').arn);
  await sandbox.settle(6);
  await expect.poll(() => row.locator('.chip').textContent()).toBe('In alarm');
  await expect
    .poll(() => page.locator('[role=status]').first().textContent())
    .toMatch(/alarm.*somebody stopped an execution/);
  expect(await page.locator('h1').textContent()).not.toBe(before);
  await row.locator('a').click();
  await expect
    .poll(() => page.locator('.detail .deciding').getAttribute('aria-label'))
    .toMatch(/^1 at \d\d:\d\d:\d\d UTC/);
  await page.evaluate(() => {
    location.hash = '/dashboards/crosswind-word-count';
  });
  await expect
    .poll(() => page.locator('h1').textContent())
    .toMatch(/^\d+ of \d+ alarms on this dashboard (is|are) in alarm$/);
  expect(reports).toEqual([]);
});

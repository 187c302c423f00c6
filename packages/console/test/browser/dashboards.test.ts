/// <reference lib="dom" />
import { describe, expect, test } from 'vitest';
import { alarmOf, changed } from '../alarm-fixture.ts';
import { account, type GivenWidget, lineOf, metricsRun } from '../metrics-fixture.ts';
import { start } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { openFile: open, reports } = browserKit();

const name = 'crosswind-wind-speed';
const hash = `#/dashboards/${name}`;
const metric = (properties: GivenWidget['widget']['properties']): GivenWidget['widget'] => ({
  ...{ type: 'metric', width: 12, height: 6 },
  properties: { title: 'executions', metrics: [['AWS/States', 'ExecutionsStarted']], ...properties },
});
const fired = alarmOf({ name: 'late', history: [...alarmOf({ name: 'late' }).history, changed(20, 'ALARM')] });
const alarmWidget = (...alarms: readonly { readonly arn: string }[]): GivenWidget => ({
  widget: {
    type: 'alarm',
    width: 24,
    height: 3,
    properties: { title: 'Alarms', alarms: alarms.map(({ arn }) => arn) },
  },
});

const all: readonly GivenWidget[] = [
  {
    widget: {
      type: 'text',
      width: 24,
      height: 4,
      properties: { markdown: '# Look\n1. **first** [here](https://example.com/)' },
    },
  },
  alarmWidget(fired, alarmOf({ name: 'ok' }), { arn: 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:gone' }),
  {
    widget: metric({
      annotations: {
        horizontal: [{ value: 2, label: 'page' }],
        vertical: [{ value: '2026-11-27T05:40:00Z', fill: 'after' }],
      },
      yAxis: { left: { min: 0, label: 'Runs' } },
      metrics: [
        ['AWS/States', 'ExecutionsStarted'],
        ['AWS/States', 'ExecutionTime', { yAxis: 'right', color: '#0a7' }],
      ],
    }),
    lines: [lineOf('started'), lineOf('time', { row: 1, unit: 'Milliseconds', values: [5_000, 60_000, 4_500_000] })],
  },
  { widget: metric({ title: 'stacked', stacked: true }), lines: [lineOf('a'), lineOf('b')] },
  { widget: metric({ title: 'one value', view: 'singleValue', sparkline: true }), lines: [lineOf('last')] },
  { widget: metric({ title: 'bars', view: 'bar' }), lines: [lineOf('a'), lineOf('b')] },
  { widget: metric({ title: 'parts', view: 'pie' }), lines: [lineOf('a'), lineOf('b')] },
  { widget: metric({ title: 'gauge', view: 'gauge', yAxis: { left: { min: 0, max: 4 } } }), lines: [lineOf('a')] },
  { widget: metric({ title: 'table', view: 'table' }), lines: [lineOf('a')] },
  { widget: metric({ title: 'one point' }), lines: [lineOf('a', { places: [3], values: [0] })] },
  { widget: metric({ title: 'nothing' }), lines: [lineOf('a', { places: [], values: [] })] },
  { widget: metric({ title: 'refused' }), problem: 'the sandbox does not know the function SEARCH' },
  { widget: metric({ title: 'not shared' }), lines: [lineOf('a', { places: [], values: [], status: 'Forbidden' })] },
  { widget: metric({ title: 'new view', view: 'sphere' }) },
  { widget: { type: 'log', properties: { title: 'logs' } } },
  { widget: { type: 'explorer', properties: { title: 'tags' } } },
  { widget: { type: 'custom', properties: { title: 'own' } } },
  { widget: { type: 'hologram', properties: { title: 'future' } } },
];

describe('dashboards', () => {
  test('are listed with the state of their alarms, and one is opened with the keyboard', async () => {
    const shown = await open(metricsRun(all, [fired, alarmOf({ name: 'ok' })]), { hash: '#/dashboards' });
    expect(await shown.locator('h1').textContent()).toBe('1 of 1 dashboard shows alarms that are in alarm');
    expect(await shown.locator('.dashboard-list .chip').textContent()).toBe('1 of 3 in alarm');
    await shown.keyboard.press('j');
    await shown.keyboard.press('Enter');
    await expect.poll(() => shown.locator('h1').textContent()).toBe('1 of 3 alarms on this dashboard is in alarm');
    expect(await shown.locator('.widget').count()).toBe(all.length);
    await shown.keyboard.press('Escape');
    await shown.locator('.dashboard-list').waitFor();
    expect(reports()).toEqual([]);
  });

  test('draw every view of a metric, and say in its place what they do not draw', async () => {
    const shown = await open(metricsRun(all, [fired]), { hash });
    const widget = (title: string) => shown.locator(`section.widget[aria-label="${title}"]`);
    for (const title of ['executions', 'stacked', 'one point']) {
      await widget(title).scrollIntoViewIfNeeded();
      await widget(title).locator('svg.plot').waitFor();
    }
    for (const [title, sentence] of [
      ['nothing', 'No data: 27 Nov 2026, 05:25 to 06:46 UTC.'],
      ['refused', 'CloudWatch refuses the metrics of this widget: the sandbox does not know the function SEARCH'],
      ['not shared', 'do not share them with the account of this dashboard'],
      ['new view', 'A metric widget with the view sphere is not drawn'],
      ['logs', 'A widget of type log is not drawn: its query runs in CloudWatch Logs Insights'],
      ['tags', 'A widget of type explorer is not drawn'],
      ['own', 'A widget of type custom is not drawn'],
      ['future', 'A widget of type hologram is not drawn'],
    ] as const) {
      await widget(title).scrollIntoViewIfNeeded();
      await expect.poll(() => widget(title).textContent()).toContain(sentence);
    }
    expect(await widget('one value').locator('strong').textContent()).toBe('2');
    expect(await widget('bars').locator('li').count()).toBe(2);
    expect(await widget('parts').locator('path.ring').count()).toBe(2);
    expect(await widget('gauge').textContent()).toContain('from 0 to 4');
    expect(await widget('table').locator('tbody tr').count()).toBe(3);
    expect(await shown.locator('.widget').first().locator('a').getAttribute('href')).toBe('https://example.com/');
    expect(reports()).toEqual([]);
  });

  test('show the values of a chart as a table, of which a time moves the strip and all views', async () => {
    const shown = await open(metricsRun(all), { hash });
    const widget = shown.locator('section.widget[aria-label="executions"]');
    await widget.locator('summary').click();
    const cells = () =>
      widget
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => Array.from(row.children, (cell) => cell.textContent)));
    await expect
      .poll(() => cells())
      .toEqual([
        ['27 Nov 2026, 05:45:00', '2', '4500000'],
        ['27 Nov 2026, 05:35:00', '3', '60000'],
        ['27 Nov 2026, 05:30:00', '1', '5000'],
      ]);
    await widget.getByRole('button', { name: '27 Nov 2026, 05:45:00' }).click();
    await expect.poll(() => shown.locator('.strip-now').textContent()).toContain('05:45:00 UTC');
    await expect
      .poll(async () => (await cells()).map(([time]) => time))
      .toEqual(['27 Nov 2026, 05:35:00', '27 Nov 2026, 05:30:00']);
    expect(reports()).toEqual([]);
  });

  test('move the strip to the time that is pressed in a chart', async () => {
    const shown = await open(metricsRun(all), { hash });
    const over = shown.locator('section.widget[aria-label="executions"] .plot-over');
    const { width = 0 } = (await over.boundingBox()) ?? {};
    // The middle of 05:25 to 06:46.
    await over.click({ position: { x: width / 2, y: 40 } });
    await expect.poll(() => shown.evaluate(() => location.hash)).toMatch(/at=2026-11-27T06%3A05%3A[23]/);
    expect(reports()).toEqual([]);
  });

  test('say the time under the pointer, and the values next to it, in every chart', async () => {
    const shown = await open(metricsRun(all), { hash });
    const [one, other] = ['executions', 'stacked'].map((title) =>
      shown.locator(`section.widget[aria-label="${title}"]`),
    );
    if (!one || !other) throw new Error('two charts');
    await other.scrollIntoViewIfNeeded();
    await other.locator('svg.plot').waitFor();
    expect(await shown.locator('.plot-time').count()).toBe(0);
    const over = one.locator('.plot-over');
    await over.scrollIntoViewIfNeeded();
    // 05:30 is 5 minutes of 81 after the begin.
    const { width = 0 } = (await over.boundingBox()) ?? {};
    await over.hover({ position: { x: (5 / 81) * width, y: 40 } });
    for (const chart of [one, other]) {
      await expect.poll(() => chart.locator('.plot-time').textContent()).toMatch(/05:(29:5|30:0)\d UTC/);
      await expect.poll(() => chart.locator('.plot-cursor circle').count()).toBe(2);
    }
    await shown.locator('h1').hover();
    await expect.poll(() => shown.locator('.plot-time').count()).toBe(0);
  });

  test('draw lines with dashes and points, both axes, annotations, areas, and the time of the strip', async () => {
    const shown = await open(metricsRun(all), { hash: `${hash}?at=2026-11-27T06:00:00.000Z` });
    const widget = shown.locator('section.widget[aria-label="executions"]');
    await widget.locator('svg.plot').waitFor();
    const texts = (side: string) => widget.locator(`.plot-axis.${side} text`).allTextContents();
    expect(await texts('left')).toEqual(['0', '1', '2', '3']);
    expect(await texts('right')).toEqual(['0 ms', '30 min', '1 h']);
    expect((await texts('times')).slice(0, 3)).toEqual(['05:25', '05:30', '05:35']);
    expect(await widget.locator('.axis-heads').textContent()).toBe('Runs');
    const dashes = widget.locator('.plot-line > path:first-child');
    expect(await dashes.evaluateAll((paths) => paths.map((path) => path.getAttribute('stroke-dasharray')))).toEqual([
      '',
      '7 3',
    ]);
    expect(await widget.locator('.plot-note text').allTextContents()).toEqual(['page']);
    expect(await widget.locator('.plot-note').count()).toBe(2);
    expect(await widget.locator('.plot-band').count()).toBe(1);
    expect(await widget.locator('.plot-end').allTextContents()).toEqual(['started', 'time']);
    expect(await widget.locator('.plot-area').count()).toBe(0);
    expect(await widget.locator('.plot-now').count()).toBe(1);
    const stacked = shown.locator('section.widget[aria-label="stacked"]');
    await stacked.scrollIntoViewIfNeeded();
    await expect.poll(() => stacked.locator('.plot-area').count()).toBe(2);
    await shown.keyboard.press('.');
    await expect.poll(() => widget.locator('.plot-now').count()).toBe(0);
    expect(reports()).toEqual([]);
  });

  test('are as large as their boxes, with texts of one size', async () => {
    const shown = await open(metricsRun(all), { hash });
    const plot = shown.locator('section.widget[aria-label="executions"] svg.plot');
    await plot.waitFor();
    for (const width of [1_440, 700, 320]) {
      await shown.setViewportSize({ width, height: 900 });
      const gap = () =>
        plot.evaluate(
          (svg) => (svg.parentElement?.getBoundingClientRect().width ?? 0) - svg.getBoundingClientRect().width,
        );
      await expect.poll(gap).toBeLessThan(1);
      expect(await gap()).toBeGreaterThanOrEqual(0);
      const height = () =>
        plot
          .locator('.times text')
          .first()
          .evaluate((text) => Math.round(text.getBoundingClientRect().height));
      await expect.poll(height).toBeLessThan(24);
    }
  });

  test('are drawn again only while they are in sight', async () => {
    const shown = await open(metricsRun(all), { hash });
    await shown.setViewportSize({ width: 1_440, height: 300 });
    const [near, far] = ['executions', 'one point'].map((title) =>
      shown.locator(`section.widget[aria-label="${title}"]`),
    );
    if (!near || !far) throw new Error('two charts');
    const last = (widget: typeof far) => widget.locator('.plot-axis.times text').last().textContent();
    await far.scrollIntoViewIfNeeded();
    await expect.poll(() => last(far)).toBe('06:40');
    await shown.locator('h1').scrollIntoViewIfNeeded();
    await near.scrollIntoViewIfNeeded();
    await goTo(shown, `${hash}?at=2026-11-27T06:00:00.000Z`);
    await expect.poll(() => last(near)).toBe('06:00');
    expect(await last(far)).toBe('06:40');
    await far.scrollIntoViewIfNeeded();
    await expect.poll(() => last(far)).toBe('06:00');
    expect(reports()).toEqual([]);
  });

  test('show a shorter range up to the time of the strip', async () => {
    const shown = await open(metricsRun(all), { hash });
    await shown.getByRole('link', { name: '1 h', exact: true }).click();
    await expect.poll(() => shown.locator('.lead').first().textContent()).toContain('05:46 to 06:46 UTC');
    const widget = shown.locator('section.widget[aria-label="executions"]');
    await widget.locator('summary').click();
    const rows = widget.locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(1);
    await goTo(shown, `${hash}?filter=PT1H&at=2026-11-27T06:00:00.000Z`);
    await expect.poll(() => shown.locator('.lead').first().textContent()).toContain('05:00 to 06:00 UTC');
    await expect.poll(() => rows.count()).toBe(3);
  });

  test('have the colors of the body, of a scheme that changes, and of a person that forces them', async () => {
    const shown = await open(metricsRun(all), { hash });
    const strokes = () =>
      shown
        .locator('section.widget[aria-label="executions"] .plot-line > path:first-child')
        .evaluateAll((paths) => paths.map((path) => getComputedStyle(path).stroke));
    const given = 'rgb(0, 170, 119)';
    await expect.poll(strokes).toEqual(['rgb(26, 98, 196)', given]);
    await shown.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(strokes).toEqual(['rgb(106, 171, 255)', given]);
    await shown.emulateMedia({ forcedColors: 'active' });
    await expect.poll(strokes).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
    expect(reports()).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('have no barrier in %s, and fit every window', async (scheme) => {
    for (const width of [320, 1_440, 2_560]) {
      const shown = await open(metricsRun(all, [fired, alarmOf({ name: 'ok' })]), { scheme, width, hash });
      await shown.locator('section.widget[aria-label="executions"] summary').click();
      await shown.locator('section.widget[aria-label="future"]').scrollIntoViewIfNeeded();
      expect(await barriers(shown)).toEqual([]);
      await goTo(shown, '#/dashboards');
      await shown.locator('.dashboard-list').waitFor();
      expect(await barriers(shown)).toEqual([]);
    }
    expect(reports()).toEqual([]);
  });

  test('say what to do where there is none', async () => {
    const shown = await open(metricsRun([]), { hash });
    expect(await shown.locator('main').textContent()).toContain(`No dashboard ${name} is there at this time`);
    expect(await shown.locator('h1').textContent()).toBe('There is no dashboard');
    expect(await shown.locator('.empty').last().textContent()).toContain('AWS::CloudWatch::Dashboard');
    expect(await barriers(shown)).toEqual([]);
  });

  test('are not there before they are deployed', async () => {
    const shown = await open(metricsRun(all), { hash: '#/dashboards?at=2026-11-27T05:00:00.000Z' });
    expect(await shown.locator('h1').textContent()).toBe('There is no dashboard');
    await goTo(shown, `#/dashboards?at=${new Date(start).toISOString()}`);
    await expect.poll(() => shown.locator('h1').textContent()).toContain('1 dashboard');
  });

  test('show hostile titles, labels, texts and alarms as text', async () => {
    const evil = '"><img src=x onerror=alert(1)>';
    const named = alarmOf({ name: `\u202e${evil}`, description: evil });
    const widgets: readonly GivenWidget[] = [
      {
        widget: metric({ title: evil, annotations: { horizontal: [{ value: 1, label: evil, color: evil }] } }),
        lines: [lineOf(evil), lineOf('__proto__', { values: [1, 2, 3] })],
      },
      {
        widget: {
          type: 'text',
          properties: { markdown: `# ${evil}\n[${evil}](javascript:alert(2))\n<svg onload=alert(3)>` },
        },
      },
      alarmWidget(named),
      { widget: { type: '__proto__', properties: { title: 'x'.repeat(200) } } },
      { widget: metric({ title: 'many', view: 'constructor' }) },
    ];
    const shown = await open(metricsRun(widgets, [named], '__proto__'), {
      hash: `#/dashboards/${account}%2F__proto__`,
    });
    await shown.locator('svg.plot').first().waitFor();
    expect(await shown.locator('main img, main svg[onload]').count()).toBe(0);
    expect(await shown.locator('.markdown').textContent()).toContain('<svg onload=alert(3)>');
    expect(await shown.locator('.markdown a').count()).toBe(0);
    expect(await barriers(shown)).toEqual([]);
    expect(reports()).toEqual([]);
  });
});

/// <reference lib="dom" />
import { describe, expect, test } from 'vitest';
import { alarmOf, changed } from '../alarm-fixture.ts';
import { metricsRun } from '../metrics-fixture.ts';
import { start } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { openFile: open, reports } = browserKit();

const at = (minutes: number): string => encodeURIComponent(new Date(start + minutes * 60_000).toISOString());
const points = [[start + 15 * 60_000, 1]] as const;
const late = alarmOf({
  name: 'late',
  history: [
    ...alarmOf({ name: 'late' }).history,
    changed(20, 'ALARM', points),
    {
      kind: 'action',
      at: start + 20 * 60_000,
      action: 'arn:aws:sns:us-east-1:222222222222:page',
      refused: null,
      contributor: null,
    },
  ],
});
const fleet = alarmOf({
  name: 'fleet',
  description: '[ticket] an account waits. Runbook: https://github.com/o/p/blob/main/docs/runbooks/waits.md',
  watches: [],
  history: [
    ...alarmOf({ name: 'fleet' }).history,
    { kind: 'contributor', at: start + 30 * 60_000, name: '333333333333 wind-speed', to: 'ALARM', reason: 'crossed' },
    changed(30, 'ALARM'),
  ],
});
const never = alarmOf({ name: 'never', description: '', history: [] });
const both = alarmOf({
  name: 'both',
  rule: { kind: 'composite', rule: 'ALARM(late) OR ALARM(fleet)' },
  description: '',
});
const run = metricsRun([], [alarmOf({ name: 'ok' }), never, late, both, fleet]);

describe('alarms', () => {
  test('are listed in alarm first, and counted in the navigation', async () => {
    const shown = await open(run, { hash: '#/alarms' });
    expect(await shown.locator('h1').textContent()).toBe('2 of 5 alarms are in alarm');
    expect(await shown.locator('.alarms .virtual .chip').allTextContents()).toEqual([
      'In alarm',
      'In alarm',
      'No data',
      'OK',
      'OK',
    ]);
    expect(await shown.locator('.alarms .virtual .cell-name a').allTextContents()).toEqual([
      'an account waits.',
      'an execution failed, so its results are missing.',
      'never',
      'an execution failed, so its results are missing.',
      'both',
    ]);
    expect(await shown.locator('.virtual-row').nth(2).textContent()).toContain('never');
    expect(await shown.getByRole('link', { name: 'Alarms' }).textContent()).toContain('2');
    await shown.getByRole('link', { name: 'ticket 1' }).click();
    await expect.poll(() => shown.locator('.virtual-row').count()).toBe(1);
    expect(reports()).toEqual([]);
  });

  test('open with the data that decided them, the time after the cause, history and runbook', async () => {
    const shown = await open(run, { hash: '#/alarms' });
    for (const key of ['j', 'j', 'Enter']) await shown.keyboard.press(key);
    const detail = shown.locator('.detail');
    await detail.waitFor();
    const text = await detail.textContent();
    expect(text).toContain('It fired 20 min after this: ');
    expect(text).toContain(
      'It is in alarm if the last period of 5 min was greater than or equal to the threshold of 1.',
    );
    expect(text).toContain('A period without data counts as not breaching.');
    expect(text).toContain('notified page');
    expect(text).toContain('docs/runbooks/executions-failed.md');
    expect(await detail.locator('.deciding').getAttribute('aria-label')).toBe('1 at 05:45:20 UTC, threshold 1');
    await shown.keyboard.press('[');
    await expect.poll(() => detail.textContent()).toContain('333333333333 wind-speed');
    expect(await detail.textContent()).toContain('CloudWatch names no data point as the reason of this state.');
    await shown.keyboard.press('Escape');
    await expect.poll(() => detail.count()).toBe(0);
    await expect.poll(() => shown.evaluate(() => document.activeElement?.textContent)).toBe('an account waits.');
    expect(reports()).toEqual([]);
  });

  test('are in the state of the time of the strip', async () => {
    const shown = await open(run, { hash: `#/alarms/late?at=${at(25)}` });
    expect(await shown.locator('h1').textContent()).toBe('1 of 5 alarms is in alarm');
    expect(await shown.locator('.detail .chip').textContent()).toBe('In alarm');
    await goTo(shown, `#/alarms/late?at=${at(19)}`);
    await expect.poll(() => shown.locator('.detail .chip').textContent()).toBe('OK');
    expect(await shown.locator('.detail').textContent()).not.toContain('notified');
    await goTo(shown, `#/alarms/late?at=${at(-20)}`);
    await expect.poll(() => shown.locator('h1').textContent()).toBe('There is no alarm');
    await goTo(shown, `#/alarms/late?at=${at(19)}`);
    await shown.keyboard.press('.');
    await expect.poll(() => shown.locator('h1').textContent()).toBe('2 of 5 alarms are in alarm');
  });

  test('stand on the front page if they are in alarm', async () => {
    const shown = await open(run);
    expect(await shown.locator('.alarms-card li').count()).toBe(2);
    await shown.locator('.alarms-card li a').first().click();
    await expect.poll(() => shown.locator('.detail h2').textContent()).toBe('an account waits.');
  });

  test.each(['light', 'dark'] as const)('have no barrier in %s, and fit every window', async (scheme) => {
    for (const width of [320, 1_440, 2_560]) {
      const shown = await open(run, { scheme, width, hash: '#/alarms' });
      expect(await barriers(shown)).toEqual([]);
      for (const name of ['late', 'fleet', 'never', 'both']) {
        await goTo(shown, `#/alarms/${name}`);
        await shown.locator('.detail').waitFor();
        expect(await barriers(shown)).toEqual([]);
      }
    }
    expect(reports()).toEqual([]);
  });

  test('say what to do where there is none', async () => {
    const shown = await open(metricsRun([]), { hash: '#/alarms' });
    expect(await shown.locator('h1').textContent()).toBe('There is no alarm');
    expect(await shown.locator('.empty').textContent()).toContain('AWS::CloudWatch::Alarm');
    expect(await barriers(shown)).toEqual([]);
  });

  test('are drawn as far as they are in sight, however many there are', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      alarmOf({ name: `alarm-${index}`, description: `number ${index}` }),
    );
    const shown = await open(metricsRun([], [...many, late]), { hash: '#/alarms' });
    expect(await shown.locator('h1').textContent()).toBe('1 of 10,001 alarms is in alarm');
    expect(await shown.locator('.virtual-row').count()).toBeLessThan(60);
    expect(await shown.locator('.alarms').getAttribute('aria-rowcount')).toBe('10002');
    await goTo(shown, '#/alarms/alarm-7000');
    await expect.poll(() => shown.locator('.grid-row.is-open').textContent()).toContain('number 7000');
    expect(await barriers(shown)).toEqual([]);
    expect(reports()).toEqual([]);
  });

  test('show hostile names and reasons as text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const named = alarmOf({
      ...{ name: `__proto__\u202e${evil}${'x'.repeat(80)}`, description: `[${evil}] ${evil} Runbook: ${evil}` },
      history: [{ kind: 'state', at: start, to: 'ALARM', reason: evil, points: [] }],
    });
    const shown = await open(metricsRun([], [named]), { hash: '#/alarms' });
    await shown.keyboard.press('j');
    await shown.keyboard.press('Enter');
    await shown.locator('.detail').waitFor();
    expect(await shown.locator('main img').count()).toBe(0);
    expect(await shown.locator('.detail').textContent()).toContain('__proto__[U+202E]<img');
    expect(await barriers(shown)).toEqual([]);
    expect(reports()).toEqual([]);
  });
});

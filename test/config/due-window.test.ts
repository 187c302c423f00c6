import { expect, test } from 'vitest';
import { dueWindow } from '../../config/due-window.ts';

test.each([
  ['cron(0 6 * * ? *)', 'Europe/Berlin', 'day in Europe/Berlin'],
  ['cron(0 0/6 * * ? *)', 'UTC', 'day in UTC'],
  ['cron(0 6 ? * MON-FRI *)', 'America/New_York', 'week in America/New_York'],
  ['cron(0 6 ? * MON *)', 'UTC', 'week in UTC'],
  ['cron(0 6 */2 * ? *)', 'UTC', 'week in UTC'],
  ['cron(0 6 1 * ? *)', 'UTC', undefined],
  ['cron(0 6 ? * MON#1 *)', 'UTC', undefined],
  ['cron(0 6 * * ? 2026)', 'UTC', undefined],
  ['rate(1 hour)', 'Europe/Berlin', 'day in UTC'],
  ['rate(1 day)', 'Europe/Berlin', 'day in UTC'],
  ['rate(2 days)', 'UTC', 'week in UTC'],
  ['rate(7 days)', 'UTC', 'week in UTC'],
  ['rate(8 days)', 'UTC', undefined],
])('a run of %s in %s is due in every %s', (expression, timezone, expected) => {
  const window = dueWindow({ expression, timezone });
  expect(window && `${window.unit} in ${window.timeZone}`).toBe(expected);
});

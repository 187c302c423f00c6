import { expect, test } from 'vitest';
import { dashboardFinding, dashboardsFinding } from '../../../src/chart/dashboards/dashboard-finding.ts';
import { inOrder } from '../../../src/chart/dashboards/alarm-order.ts';
import { alarmOf, changed } from '../../alarm-fixture.ts';

const alarm = (name: string, minutes: number, to: 'ALARM' | 'OK') => alarmOf({ name, history: [changed(minutes, to)] });

const alarms = [alarm('b', 1, 'ALARM'), alarm('d', 3, 'OK'), alarm('a', 2, 'OK'), alarm('c', 0, 'ALARM')];

test.each([
  ['by name', undefined, 'abcd'],
  ['by name', 'default', 'abcd'],
  ['with those in alarm first, each state by its last change', 'stateUpdatedTimestamp', 'bcda'],
  ['by their last change, whatever their state', 'timestamp', 'dabc'],
])('alarms of a widget are sorted %s with %s', (_how, sortBy, expected) => {
  expect(
    inOrder(alarms, sortBy)
      .map(({ name }) => name)
      .join(''),
  ).toBe(expected);
});

test('thousands in the findings of dashboards have their comma', () => {
  const counts = { shown: 2_000, inAlarm: 1_000, withoutData: 0 };
  expect(dashboardFinding(counts)).toBe('1,000 of 2,000 alarms on this dashboard are in alarm');
  expect(dashboardsFinding(Array.from({ length: 1_200 }, () => counts))).toBe(
    '1,200 of 1,200 dashboards show alarms that are in alarm',
  );
});

import { expect, test } from 'vitest';
import { commonStart } from '../../../src/chart/dashboards/common-start.ts';

test.each([
  [[], ''],
  [['crosswind-dev-failed'], ''],
  [['crosswind-dev-failed', 'crosswind-dev-silent'], 'crosswind-dev-'],
  [['crosswind-dev-failed', 'crosswind-dev-fatal', 'crosswind-prod-failed'], 'crosswind-'],
  [['crosswind-dev', 'crosswind-dev-failed'], 'crosswind-'],
  [['dev', 'prod'], ''],
  [['same-name', 'same-name'], 'same-'],
])('%j begin with "%s"', (names, start) => {
  expect(commonStart(names)).toBe(start);
});

import { expect, test } from 'vitest';
import { platformWith } from '../../../bench/synth/platform.mjs';
import { monitoringCosts } from '../../../cli/costs/monitoring-costs.ts';
import { costRow, documentedRow } from './cost-row.ts';
import { platformOf, synthesize } from './platform.ts';

test.each([40, 200])('docs/operations.md says what watching %i accounts costs', (count) => {
  const costs = monitoringCosts(synthesize(platformOf(platformWith(count))).stacks);
  expect(documentedRow(count)).toEqual(costRow(count, costs));
});

import { describe, expect, inject, test } from 'vitest';
import type { MonitoringCosts } from '../../cli/costs/monitoring-costs.ts';
import { platformFile } from '../platform-file.ts';
import { crosswind } from './crosswind.ts';

const costs = (...args: readonly string[]) =>
  crosswind('costs', '--file', platformFile, '--assembly', inject('assembly'), ...args);

describe('crosswind costs', () => {
  test('prints each item with its quantity and price, the sum, the sum for an account, and the free tier apart', async () => {
    const { code, stdout } = await costs();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +\$2\.80 +28 +CloudWatch, metrics of alarms +\$0\.1 for each metric and month$/m);
    expect(stdout).toMatch(/^ +\$6\.00 +2 +CloudWatch, dashboards +\$3 for each dashboard and month$/m);
    expect(stdout).toMatch(/^ +\$0\.01 +34,560 +Lambda, requests +\$0\.0000002 for each request$/m);
    expect(stdout).toMatch(/^\$[\d.]+ to \$[\d.]+ a month, \$[\d.]+ to \$[\d.]+ for each of 4 accounts with a probe$/m);
    expect(stdout).toMatch(/^The free tier of the organization takes off up to \$/m);
  });

  test('prints the same as JSON, and nothing else', async () => {
    const { code, stdout } = await costs('--json');
    expect(code).toBe(0);
    const { total, lines, currency } = (JSON.parse(stdout) as { readonly costs: MonitoringCosts }).costs;
    expect(currency).toBe('USD');
    const sum = (of: 'least' | 'most'): number => lines.reduce((all, { cost }) => all + cost[of], 0);
    expect([total.least, total.most]).toEqual([expect.closeTo(sum('least'), 3), expect.closeTo(sum('most'), 3)]);
  });

  test('says that a directory is no assembly', async () => {
    const { code, stderr } = await crosswind('costs', '--file', platformFile, '--assembly', 'docs');
    expect(code).toBe(1);
    expect(stderr).toContain('docs');
  });
});

import { expect, test } from 'vitest';
import { allDeployed } from '../../config/deployments.ts';
import { platformOf, platformText } from '../synthesized.ts';

test.each<[what: string, from: string, to: string, all: boolean]>([
  ['the file as it is shipped', '', '', true],
  ['a frozen wave', '  - name: prod\n', '  - name: prod\n    frozen: true\n', false],
  ['a frozen account', '  - name: word-child-prod\n', '  - name: word-child-prod\n    frozen: true\n', false],
  ['a pending account', "    id: '666666666666'\n", "    id: '666666666666'\n    state: pending\n", false],
  ['a frozen account that no tenant uses', '\ntenants:\n', frozenSpare(), true],
])('everything is deployed with $0: $3', (_, from, to, all) => {
  expect(platformText).toContain(from);
  expect(allDeployed(platformOf(platformText.replace(from, to)))).toBe(all);
});

test('a tenant without waves is not deployed, so that the waivers of its workload wait', () => {
  const { tenants, ...platform } = platformOf(platformText);
  const idle = tenants.map((tenant) => ({ ...tenant, name: 'idle', waves: {} }));
  expect(allDeployed({ ...platform, tenants: [...tenants, ...idle] })).toBe(false);
});

test('nothing is deployed of a platform without tenants, so that its waivers wait for them', () => {
  expect(allDeployed({ ...platformOf(platformText), waves: [], tenants: [] })).toBe(false);
});

function frozenSpare(): string {
  const account = ['name: spare', "id: '777777777777'", 'email: spare@example.com', 'organizationalUnit: Spare'];
  return `  - ${[...account, 'frozen: true'].join('\n    ')}\n\ntenants:\n`;
}

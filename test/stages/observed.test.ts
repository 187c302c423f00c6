import { describe, expect, test } from 'vitest';
import { observedTenants } from '../../stages/observed.ts';
import { platformOf, platformText, shippedPlatform } from '../synthesized.ts';

const names = (items: readonly { readonly name: string }[]): readonly string[] => items.map(({ name }) => name);
const all = ['word-parent-dev', 'word-child-dev', 'word-parent-prod', 'word-child-prod'];
const withSecond = platformOf(
  `${platformText}
  - name: second
    workload: word-count
    owner: letters-team
    waves:
      dev: { parent: word-child-dev, child: word-parent-dev }
`,
);
const pending = platformOf(platformText.replace(/(name: word-parent-(?:dev|prod)\n)/g, '$1    state: pending\n'));

describe('a tenant that is observed', () => {
  test('has both workflows of every wave', () => {
    const [tenant, ...others] = observedTenants(shippedPlatform);
    expect(others).toEqual([]);
    expect(tenant?.machines.map(({ id, accountName }) => [id, accountName])).toEqual([
      ['word-count-dev-parent', 'word-parent-dev'],
      ['word-count-dev-child', 'word-child-dev'],
      ['word-count-prod-parent', 'word-parent-prod'],
      ['word-count-prod-child', 'word-child-prod'],
    ]);
  });

  test('watches the accounts that no tenant before it watches', () => {
    expect(
      observedTenants(withSecond).map(({ accounts, watchedAccounts }) => [names(accounts), names(watchedAccounts)]),
    ).toEqual([
      [all, all],
      [['word-parent-dev', 'word-child-dev'], []],
    ]);
  });

  test('is deployed somewhere', () => {
    expect(observedTenants(pending)).toEqual([]);
  });
});

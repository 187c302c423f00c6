import { describe, expect, test } from 'vitest';
import { leavingTenants, observedTenants } from '../../stages/observed.ts';
import { platformOf, platformText, shippedPlatform } from '../synthesized.ts';

const names = (items: readonly { readonly name: string }[]): readonly string[] => items.map(({ name }) => name);
const watchers = (accounts: readonly { readonly name: string; readonly watchedBy: string }[]) =>
  accounts.map(({ name, watchedBy }) => `${name} by ${watchedBy}`);
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
const withState = (state: string) =>
  platformOf(`${platformText.replace(/(\n {4}workload: word-count\n)/, `$1    state: ${state}\n`)}
  - name: second
    workload: word-count
    owner: letters-team
    waves:
      dev: { parent: word-child-dev, child: word-parent-dev }
`);
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
    expect(observedTenants(withSecond).map(({ accounts }) => watchers(accounts))).toEqual([
      all.map((name) => `${name} by word-count`),
      ['word-parent-dev by word-count', 'word-child-dev by word-count'],
    ]);
  });

  test('is deployed somewhere', () => {
    expect(observedTenants(pending)).toEqual([]);
  });

  test('does not leave: accounts that only a leaving one watched go to the next', () => {
    const leaving = withState('removed');
    expect(names(observedTenants(leaving))).toEqual(['second']);
    expect(observedTenants(leaving).map(({ accounts }) => watchers(accounts))).toEqual([
      ['word-parent-dev by second', 'word-child-dev by second'],
    ]);
    expect(names(leavingTenants(leaving))).toEqual(['word-count']);
    expect(names(observedTenants(withState('active')))).toEqual(['word-count', 'second']);
    expect(leavingTenants(withState('active'))).toEqual([]);
  });
});

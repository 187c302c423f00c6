import { describe, expect, test } from 'vitest';
import { regionsInUse, workloadAccounts } from '../../config/regions-in-use.ts';
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

describe('workload accounts', () => {
  test('are those that run a tenant, in the order of the file', () => {
    expect(names(workloadAccounts(shippedPlatform))).toEqual(all);
  });

  test('are named once, however many tenants run in them', () => {
    expect(names(workloadAccounts(withSecond))).toEqual(all);
  });

  test('are only those in which something is deployed', () => {
    expect(workloadAccounts(pending)).toEqual([]);
  });
});

describe('regions in use', () => {
  test('are the one of the platform and those of workload accounts', () => {
    expect(regionsInUse(shippedPlatform)).toEqual(['us-east-1']);
    const moved = platformText.replace(/(name: word-(?:parent|child)-prod\n)/g, '$1    region: eu-west-1\n');
    expect(regionsInUse(platformOf(moved))).toEqual(['us-east-1', 'eu-west-1']);
  });

  test('are not those of accounts that run nothing', () => {
    const idle = platformText.replace('name: tooling\n', 'name: tooling\n    region: eu-west-1\n');
    expect(regionsInUse(platformOf(idle))).toEqual(['us-east-1']);
  });
});

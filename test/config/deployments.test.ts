import { describe, expect, test } from 'vitest';
import { accountNamed, fromEntry, plannedWaves } from '../../config/deployments.ts';
import { platformOf, shippedPlatform } from '../synthesized.ts';
import { changed, platformText } from './platform-text.ts';

const plan = (platform: typeof shippedPlatform) =>
  plannedWaves(platform).map(({ wave, deployments }) => ({
    wave: wave.name,
    approval: wave.approval,
    deploys: deployments.map(
      (placed) =>
        `${placed.tenant.name}: ${fromEntry(placed)
          .map(({ account }) => account.name)
          .join(' -> ')}`,
    ),
  }));

describe('the waves', () => {
  test('of the platform that is shipped are dev, and prod after an approval', () => {
    expect(plan(shippedPlatform)).toEqual([
      { wave: 'dev', approval: false, deploys: ['word-count: word-parent-dev -> word-child-dev'] },
      { wave: 'prod', approval: true, deploys: ['word-count: word-parent-prod -> word-child-prod'] },
    ]);
  });

  test('come in the order of the file', () => {
    const turned = changed('  - name: dev\n  - name: prod\n    approval: true\n', '  - name: prod\n  - name: dev\n');
    expect(plan(platformOf(turned)).map(({ wave }) => wave)).toEqual(['prod', 'dev']);
  });

  test('have the accounts of their deployments and the settings of each', () => {
    const [dev, prod] = plannedWaves(shippedPlatform).map(({ deployments }) => deployments[0]);
    expect(dev?.stages.map(({ name, account }) => [name, account.id])).toEqual([
      ['child', '444444444444'],
      ['parent', '333333333333'],
    ]);
    expect([dev?.settings['years'], prod?.settings['years']]).toEqual([[2022], [2022, 2023, 2024]]);
  });
});

/** The plan of the prod wave when its child account has these lines as well. */
function prodWith(lines: string) {
  const planned = plannedWaves(platformOf(changed("id: '055555555555'\n", `id: '055555555555'\n${lines}`)))[1];
  return {
    deployed: planned?.deployments.map(({ freezes }) => freezes),
    withheld: planned?.withheld.map(({ reasons }) => reasons),
  };
}

describe('a placement', () => {
  test.each([
    ['active', '    state: active\n', { deployed: [[]], withheld: [] }],
    ['active by default', '', { deployed: [[]], withheld: [] }],
    ['pending', '    state: pending\n', { deployed: [], withheld: [['account child-prod is pending']] }],
    ['detached', '    state: detached\n', { deployed: [], withheld: [['account child-prod is detached']] }],
    ['draining', '    state: draining\n', { deployed: [['account child-prod is draining']], withheld: [] }],
    ['frozen', '    frozen: true\n', { deployed: [['account child-prod is frozen']], withheld: [] }],
  ])('in an account that is %s is planned accordingly', (_, lines, expected) => {
    expect(prodWith(lines)).toEqual(expected);
  });

  test('in a frozen wave stays as it is, and those of other waves are deployed', () => {
    const waves = plannedWaves(platformOf(changed('approval: true\n', 'frozen: true\n')));
    expect(waves.map(({ deployments }) => deployments[0]?.freezes)).toEqual([[], ['wave prod is frozen']]);
  });

  test('runs in the region of the platform, or of its accounts', () => {
    const elsewhere = (account: string): [string, string] => [account, `${account}\n    region: us-west-2`];
    const text = platformText.replace(...elsewhere("id: '044444444444'")).replace(...elsewhere("id: '055555555555'"));
    const regions = plannedWaves(platformOf(text)).map(({ deployments }) => deployments[0]?.region);
    expect(regions).toEqual(['eu-west-1', 'us-west-2']);
  });
});

test('an account that is not in the platform is a mistake of the caller', () => {
  const { pipeline, accounts } = shippedPlatform;
  expect(accountNamed(shippedPlatform, pipeline.account).id).toBe('111111111111');
  expect(() => accountNamed({ ...shippedPlatform, accounts: accounts.slice(1) }, pipeline.account)).toThrow(
    'account "tooling" is not in the platform',
  );
});

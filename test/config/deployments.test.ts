import { describe, expect, test } from 'vitest';
import { accountNamed, plannedWaves } from '../../config/deployments.ts';
import { parsePlatform } from '../../config/parse.ts';
import { shippedPlatform } from '../synthesized.ts';
import { changed } from './platform-text.ts';

const plan = (platform: typeof shippedPlatform) =>
  plannedWaves(platform).map(({ wave, deployments }) => ({
    wave: wave.name,
    approval: wave.approval,
    deploys: deployments.map(({ tenant, parent, child }) => `${tenant.name}: ${parent.name} -> ${child.name}`),
  }));

describe('the waves', () => {
  test('of the platform that is shipped are dev, and prod after an approval', () => {
    expect(plan(shippedPlatform)).toEqual([
      { wave: 'dev', approval: false, deploys: ['wind-speed: wind-parent-dev -> wind-child-dev'] },
      { wave: 'prod', approval: true, deploys: ['wind-speed: wind-parent-prod -> wind-child-prod'] },
    ]);
  });

  test('come in the order of the file, and one that no tenant uses is there without deployments', () => {
    const parsed = parsePlatform(changed('  - name: dev\n', '  - name: canary\n  - name: dev\n'));
    expect(parsed.ok && plan(parsed.platform).map(({ wave, deploys }) => [wave, deploys.length])).toEqual([
      ['canary', 0],
      ['dev', 1],
      ['prod', 1],
    ]);
  });

  test('have the accounts of their deployments and the settings of each', () => {
    const [dev, prod] = plannedWaves(shippedPlatform).map(({ deployments }) => deployments[0]);
    expect([dev?.parent.id, dev?.child.id]).toEqual(['333333333333', '444444444444']);
    expect([dev?.settings.years, prod?.settings.years]).toEqual([[2022], [2022, 2023, 2024]]);
  });
});

test('an account that is not in the platform is a mistake of the caller', () => {
  const { pipeline, accounts } = shippedPlatform;
  expect(accountNamed(shippedPlatform, pipeline.account).id).toBe('111111111111');
  expect(() => accountNamed({ ...shippedPlatform, accounts: accounts.slice(1) }, pipeline.account)).toThrow(
    'account "tooling" is not in the platform',
  );
});

import { describe, expect, test } from 'vitest';
import { deploymentToRun } from '../../cli/run/chosen-deployment.ts';
import { platformOf, platformText } from '../synthesized.ts';

/** The example platform with a second tenant after the first, in wave prod alone. */
const [, first = ''] = /(\n {2}- name: [^]*)$/.exec(platformText.slice(platformText.indexOf('\ntenants:'))) ?? [];
const workload = /workload: (\S+)/.exec(first)?.[1] ?? '';
const accounts = /prod:\n((?: {8}\w+: \S+\n)+)/.exec(first)?.[1] ?? '';
const withSecond = `${platformText.trimEnd()}\n  - name: second\n    workload: ${workload}\n    owner: team\n    waves:\n      prod:\n${accounts}`;
const frozen = (wave: string): string =>
  withSecond.replace(new RegExp(`- name: ${wave}\n`), `- name: ${wave}\n    frozen: true\n`);
const firstTenant = /- name: (\S+)/.exec(first)?.[1] ?? '';

const chosen = (text: string, said: { readonly tenant?: string; readonly wave?: string } = {}) => {
  const found = deploymentToRun(platformOf(text), said);
  return found && [found.deployment.tenant.name, found.wave];
};

describe('the deployment to run', () => {
  test.each([
    ['the first tenant in its first wave', {}, [firstTenant, 'dev']],
    ['that of the wave', { wave: 'prod' }, [firstTenant, 'prod']],
    ['the tenant in its first wave', { tenant: 'second' }, ['second', 'prod']],
    ['the tenant in the wave', { tenant: firstTenant, wave: 'prod' }, [firstTenant, 'prod']],
  ])('is %s', (_, said, expected) => {
    expect(chosen(withSecond, said)).toEqual(expected);
  });

  test('passes over what is frozen', () => {
    expect(chosen(frozen('dev'))).toEqual([firstTenant, 'prod']);
    expect(chosen(frozen('dev').replace('- name: prod\n', '- name: prod\n    frozen: true\n'))).toBeUndefined();
    expect(chosen(frozen('prod'), { wave: 'prod' })).toBeUndefined();
  });

  test('is the frozen one, if that is asked for', () => {
    expect(chosen(frozen('prod'), { tenant: 'second' })).toEqual(['second', 'prod']);
  });

  test.each([
    [{ tenant: 'third' }, 'there is no tenant "third"'],
    [{ wave: 'test' }, '--wave names no wave, got "test"'],
    [{ tenant: 'second', wave: 'dev' }, '"second" is not deployed in wave "dev"'],
  ])('is none for %j', (said, message) => {
    expect(() => chosen(withSecond, said)).toThrow(message);
  });
});

import { describe, expect, test } from 'vitest';
import { withAccount, withoutAccount } from '../../onboarding/account-edits.ts';
import { type NewPlacement, withPlacement, withoutTenant } from '../../onboarding/tenant-edits.ts';
import type { Edited } from '../../onboarding/text-edits.ts';
import { platformOf, platformText } from '../synthesized.ts';

const placement: NewPlacement = {
  tenant: 'other',
  workload: 'word-count',
  owner: 'other-team',
  wave: 'dev',
  accounts: new Map([
    ['parent', 'word-parent-dev'],
    ['child', 'word-child-dev'],
  ]),
};
const elsewhere: NewPlacement = {
  ...placement,
  tenant: 'word-count',
  wave: 'test',
  accounts: new Map([
    ['parent', 'a'],
    ['child', 'b'],
  ]),
};

function textOf(edited: Edited): string {
  if (!edited.ok) throw new Error(edited.reason);
  return edited.text;
}

const added = (text: string, change: Partial<NewPlacement> = {}): string =>
  textOf(withPlacement(text, platformOf(text), { ...placement, ...change }));
const removed = (text: string, name: string, wave?: string): string =>
  textOf(withoutTenant(text, platformOf(text), name, wave));

const nobody = removed(platformText, 'word-count');

describe('a tenant is added', () => {
  test('after the last one, and every other byte stays', () => {
    const lines = [
      '  - name: other',
      '    workload: word-count',
      '    owner: other-team',
      '    waves:',
      '      dev:',
      '        parent: word-parent-dev',
      '        child: word-child-dev',
    ];
    expect(added(platformText)).toBe(`${platformText}${lines.join('\n')}\n`);
  });

  test('in one wave more, after those that it is in', () => {
    const text = textOf(withPlacement(platformText, platformOf(platformText), elsewhere));
    expect(text).toBe(
      `${platformText.replace('    approval: true\n', '    approval: true\n  - name: test\n')}      test:\n        parent: a\n        child: b\n`,
    );
  });

  test('to a list that is empty, with a comment behind it', () => {
    const text = nobody.replace('tenants: []', 'tenants: [] # nobody yet');
    expect(text).not.toBe(nobody);
    const more = added(text);
    expect(more).toContain('tenants: # nobody yet\n  - name: other\n');
    expect(more).toMatch(/waves:\n {2}- name: dev\n/);
    expect(platformOf(more).tenants.map(({ name }) => name)).toEqual(['other']);
  });

  test.each([
    ['lines that end as on Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['no last line break', (text: string) => text.trimEnd()],
  ])('in a file with %s, and taken out again it is as before', (_, change) => {
    const text = change(platformText);
    expect(removed(added(text), 'other').trimEnd()).toBe(text.trimEnd());
    const none = change(nobody);
    expect(removed(added(none), 'other').trimEnd()).toBe(none.trimEnd());
  });

  test('not to a list in brackets, which the reason says', () => {
    const platform = platformOf(platformText);
    const [tenant] = /^tenants:\n[^]*/m.exec(platformText) ?? [''];
    const text = platformText.replace(tenant, 'tenants: [{ name: word-count }]\n');
    expect(withPlacement(text, platform, placement)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('edit it by hand') as string,
    });
    const inBraces = platformText.replace(/^ {4}waves:\n[^]*/m, '    waves: { dev: {}, prod: {} }\n');
    expect(withPlacement(inBraces, platform, elsewhere)).toMatchObject({ ok: false });
  });
});

describe('a tenant is removed', () => {
  test('with the waves that nothing uses any more; the last one leaves empty lists', () => {
    expect(nobody).toContain('\nwaves: []\n');
    expect(nobody).toMatch(/\n\ntenants: \[\]\n$/);
    expect(platformOf(nobody)).toMatchObject({ waves: [], tenants: [] });
    expect(platformOf(nobody).accounts).toHaveLength(6);
    const kept = nobody.split('\n').filter((line) => !line.endsWith(': []'));
    expect(platformText.split('\n')).toEqual(expect.arrayContaining(kept));
  });

  test('from one wave alone, where it is in others', () => {
    const text = removed(platformText, 'word-count', 'prod');
    expect(platformOf(text).waves.map(({ name }) => name)).toEqual(['dev']);
    expect(Object.keys(platformOf(text).tenants[0]?.waves ?? {})).toEqual(['dev']);
    expect(text).toContain('          years: [2022]\n');
  });

  test('and the waves of another stay', () => {
    const text = removed(added(platformText), 'word-count');
    expect(platformOf(text).waves.map(({ name }) => name)).toEqual(['dev']);
    expect(platformOf(text).tenants.map(({ name }) => name)).toEqual(['other']);
  });

  test('with its last account, which leaves the same', () => {
    const oneWave = removed(platformText, 'word-count', 'prod');
    const without = textOf(withoutAccount(oneWave, platformOf(oneWave), 'word-child-dev'));
    expect(platformOf(without)).toMatchObject({ waves: [], tenants: [] });
  });
});

test('an account that is added to a platform without tenants changes nothing else', () => {
  const account = { name: 'x', id: '077777777777', email: 'x@example.com', organizationalUnit: 'Workloads' };
  const text = textOf(withAccount(nobody, account));
  expect(platformOf(text)).toMatchObject({ waves: [], tenants: [] });
  expect(textOf(withoutAccount(text, platformOf(text), 'x'))).toBe(nobody);
});
